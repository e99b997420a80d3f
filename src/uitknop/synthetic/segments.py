"""What a person does, one stretch after another: the plan from which drives and truth are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uitknop.core import Posture
from uitknop.synthetic.shapes import Shape, minutes_until
from uitknop.synthetic.truth import TrueBout

Activity = Literal["asleep", "still", "desk", "upright", "walking", "exercise"]


@dataclass(frozen=True, slots=True)
class Easing:
    """How the drives ease within a stretch.

    Args:
        shape, onset_min, pace_min: the course; `onset_min` counts from the start of the stretch.
        hr_bpm: change of heart rate when it is complete (minus = calmer).
        ln_rmssd: change of ln RMSSD when it is complete.
        outlast_min: how long the eased state outlasts the stretch before arousal returns.
    """

    shape: Shape
    onset_min: float
    pace_min: float
    hr_bpm: float
    ln_rmssd: float
    outlast_min: float = 0.0

    @property
    def half_min(self) -> float:
        """Minute at which half of the easing is done."""
        return self.onset_min + minutes_until(self.shape, self.pace_min, 0.5)


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a day; seconds count from the start of the recording.

    Args:
        arousal_bpm: drive during the stretch, before any easing.
        breathing_hz: paced breathing; None when spontaneous.
        breathing_ln: what paced breathing adds to ln RMSSD while it lasts.
        truth: the bout as the truth will tell it, None when nothing is asked about this stretch. Its span is filled
            in when the recording's start is known.
    """

    start_s: float
    end_s: float
    activity: Activity
    posture: Posture
    arousal_bpm: float
    easing: Easing | None = None
    breathing_hz: float | None = None
    breathing_ln: float = 0.0
    truth: TrueBout | None = None

    @property
    def minutes(self) -> float:
        """Length, min."""
        return (self.end_s - self.start_s) / 60.0
