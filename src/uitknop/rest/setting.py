"""What stands around one bout: the minutes before it, the posture, and which epochs count."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uitknop.core import Bout, Posture, Span, Value
from uitknop.rest.course import Course
from uitknop.rest.movement import Series
from uitknop.rest.parameters import (
    BEFORE_FEWEST_EPOCHS,
    BEFORE_MIN,
    HEART_RATE,
    HYDROSTATIC_MIN,
    LN_COVER_LEAST,
    LN_RMSSD,
    LN_RMSSD_LIGHT,
    Channel,
)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Setting(Value):
    """One bout in its surroundings, on the epochs from before it to its end.

    Args:
        t_min: start of each epoch, min from the start of the bout, shape (n,).
        hr_bpm, ln_rmssd: NaN where not measured, and ln RMSSD where it may not speak, shape (n,).
        counts: epochs the shift is looked for in: not on the feet, breathing not slow, not within the hydrostatic
            adjustment after a change of posture, shape (n,).
        slow: breathing known and slow, shape (n,).
        breathing_brpm: NaN unknown, shape (n,).
        beats_cover: share of each epoch covered by accepted beats, shape (n,).
        posture: of the bout.
        posture_changed: the person came to this posture within the minutes before: told, or to be reckoned with.
        movement_known: steps or acceleration were recorded around the bout.
        has_before: enough quiet minutes before the bout to compare with.
        ln_usable: ln RMSSD may speak.
        hr_channel: noise of heart rate in this person.
        ln_channel: noise of ln RMSSD, by kind of beats.
        epoch_min: length of an epoch, min.
    """

    t_min: Floats
    hr_bpm: Floats
    ln_rmssd: Floats
    counts: Flags
    slow: Flags
    breathing_brpm: Floats
    beats_cover: Floats
    posture: Posture
    posture_changed: bool
    movement_known: bool
    has_before: bool
    ln_usable: bool
    hr_channel: Channel
    ln_channel: Channel
    epoch_min: float

    @property
    def inside(self) -> Flags:
        """Epochs of the bout itself."""
        return np.asarray(self.t_min >= 0.0)

    def heart_rate(self) -> Series:
        """Heart rate, turned round."""
        return self._series(-self.hr_bpm, self.hr_channel)

    def variation(self) -> Series | None:
        """ln RMSSD, or None when it may not speak."""
        return self._series(self.ln_rmssd, self.ln_channel) if self.ln_usable else None

    def _series(self, y: Floats, channel: Channel) -> Series:
        use = self.counts & np.isfinite(y)
        t_min = self.t_min[use]
        step = (t_min >= 0.0).astype(np.float64) if self.posture_changed and self.has_before else None
        return Series(t_min, y[use], channel, step=step)


def setting_of(
    course: Course,
    bout: Bout,
    *,
    before: Span | None = None,
    posture_before: Posture = "unknown",
    after_exercise: bool = False,
    noise: float = 1.0,
) -> Setting:
    """The setting of a bout.

    Args:
        course: of the recording, on epochs that start with the bout.
        bout: what is judged.
        before: the minutes it is compared with; the ten minutes before it when None.
        posture_before: of those minutes.
        noise: the person's own noise of heart rate, 1 as usual.
        after_exercise: the bout is the time after a breathing exercise; the posture did not change within it.
    """
    window = before or Span(bout.span.start_ms - round(BEFORE_MIN * 60_000), bout.span.start_ms)
    epochs = _both(course, window, bout.span)
    t_min = (course.start_ms[epochs] - bout.span.start_ms) / 60_000.0
    hr, ln = course.hr_bpm[epochs], course.ln_rmssd[epochs]
    active, slow = course.active[epochs], course.slow_breathing[epochs]
    inside = t_min >= 0.0
    known = course.movement_known[epochs]
    changed = not after_exercise and _posture_changed(bout, posture_before, t_min, active, known)
    counts = ~active & ~slow
    if changed:
        counts &= ~(inside & (t_min < HYDROSTATIC_MIN))
    has_before = int((counts & ~inside & np.isfinite(hr)).sum()) >= BEFORE_FEWEST_EPOCHS
    if not has_before:
        counts &= inside
    cover = course.beats_cover[epochs][inside]
    usable = course.kind is not None and bool(cover.size) and float(np.nan_to_num(cover).mean()) >= LN_COVER_LEAST
    usable = usable and int((counts & inside & np.isfinite(ln)).sum()) >= BEFORE_FEWEST_EPOCHS
    return Setting(
        t_min=t_min,
        hr_bpm=hr,
        ln_rmssd=ln if usable else np.full(ln.shape, np.nan),
        counts=counts,
        slow=slow,
        breathing_brpm=course.breathing_brpm[epochs],
        beats_cover=course.beats_cover[epochs],
        posture=bout.posture,
        posture_changed=changed,
        movement_known=bool(known.any()),
        has_before=has_before,
        ln_usable=usable,
        hr_channel=HEART_RATE.noisier(noise),
        ln_channel=LN_RMSSD_LIGHT if course.kind == "ppg" else LN_RMSSD,
        epoch_min=course.epoch_s / 60.0,
    )


def _both(course: Course, window: Span, span: Span) -> npt.NDArray[np.int64]:
    """Indices of the epochs of the minutes before and of the bout."""
    parts = [course.within(part) for part in (window, span)]
    return np.concatenate([np.arange(part.start, part.stop) for part in parts])


def _posture_changed(bout: Bout, posture_before: Posture, t_min: Floats, active: Flags, known: Flags) -> bool:
    """Whether the person came to this posture just before: told by the diary, or to be reckoned with because of
    movement at the start, or because movement was not recorded at all."""
    if bout.posture != "unknown" and posture_before != "unknown":
        return bout.posture != posture_before
    if bout.posture == "supine" and posture_before == "unknown":
        return True
    at_start = (t_min >= -3.0) & (t_min < 2.0)
    return bool(active[at_start].any()) or not bool(known[at_start].any())


def with_slow_breathing(setting: Setting) -> Setting:
    """The same setting with slow breathing counted in: to see whether only the breathing shows."""
    return replace(setting, counts=setting.counts | (setting.slow & setting.inside))
