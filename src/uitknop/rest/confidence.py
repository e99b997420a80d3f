"""How far a verdict can be trusted, A to D, from what was measured and what was known."""

from __future__ import annotations

import numpy as np

from uitknop.core import Bout, Grade
from uitknop.rest.case import Case
from uitknop.rest.level import Place
from uitknop.rest.parameters import BREATHING_KNOWN_LEAST, GRADE_A_COVER
from uitknop.rest.setting import Setting


def breathing_known(setting: Setting) -> bool:
    """Whether the breathing rate was known in at least half of the bout's epochs."""
    rates = setting.breathing_brpm[setting.inside]
    return bool(rates.size) and float(np.isfinite(rates).mean()) >= BREATHING_KNOWN_LEAST


def confidence_of(case: Case, bout: Bout, setting: Setting, where: Place, *, short: bool) -> Grade:
    """The grade.

    A: strap, posture and breathing known, nine tenths of the bout covered. B: one of these missing, posture known.
    C: light, or posture unknown, or a short span, or no own scale yet. D: heart rate only.
    """
    if not setting.ln_usable:
        return "D"
    if case.recording.grade in {"C", "D"} or bout.posture == "unknown" or short or not where.known:
        return "C"
    cover = float(np.nan_to_num(setting.beats_cover[setting.inside]).mean())
    return "A" if breathing_known(setting) and cover >= GRADE_A_COVER else "B"
