"""Every number this room leans on. All are choices of this project after the clinical reference, none is validated."""

from __future__ import annotations

DAY_MS = 86_400_000
WEEK_DAYS = 7

# --- Load ---------------------------------------------------------------------------------------------------------

LOAD_DAYS = 42
"""An estimate of now looks back three times the period the list asks about."""

FEWEST_LOAD_DAYS = 3
"""Days with an answer or a note before a domain is spoken of."""

FEWEST_DOMAINS = 3
"""Domains that must be known before one can stand out among them."""

ROUNDING_SD = 0.5
"""SD a whole number from 0 to 10 has at the least, in points: equal answers do not make an interval of no width."""

# --- Crashes ------------------------------------------------------------------------------------------------------

LOOK_BACK_H = 72
"""What is looked back on before a crash (clinical reference, section 3: within 72 h of load)."""

SILENT_DAYS = 2
"""Days without a tap that may lie inside one crash: who is ill does not tap."""

FEWEST_USUAL = 14
"""Windows of the own other days before a fact has something usual to stand beside."""

ENERGY_DROP = 2.0
"""Points of energy, 0-10, whose loss leads to the question whether that was a crash; it never makes one."""

# --- Envelope -----------------------------------------------------------------------------------------------------

WINDOW_DAYS = 3
"""What a body has to carry is counted over so many days, and what follows is looked for in the next so many."""

HISTORY_DAYS = 182
"""Own history that counts for the envelope."""

FEWEST_WINDOWS = 28
"""Windows carried without a crash before the envelope is spoken of."""

FEWEST_EXERTION_DAYS = 14
"""Days with noted exertion before minutes, and not taps, describe the envelope."""

LIMIT_SHARE = 0.8
"""The edge of the envelope: the amount below which this share of the carried windows lies."""

LEAST_MARGIN = 0.1
"""Half the unsure band is at least this share of the edge, so that a small change never flips the answer."""

LEAST_MARGIN_MIN = 5.0
"""And at least this for minutes of exertion a day."""

LEAST_MARGIN_HEAVY = 0.1
"""And at least this for the share of heavy days."""

MEMORY_DAYS = 14
"""Days over which the answer is followed, so that it remembers which side it comes from."""

# --- Track and phase (clinical reference, section 3) --------------------------------------------------------------

CHECK_WEEKS = 12
"""The red flags are asked again after this time."""

PEM_WEEKS = 12
"""A negative PEM screen counts as unknown from this age on, like the page of red flags; a choice of this project."""

CRASHES_APART_DAYS = 56
"""Two crashes that begin within so many days of each other make a negative PEM screen unknown; a choice of this
project."""

EFFORT_LONG = 2
"""So does a worsening in the effort diary from this answer on: 14 hours, the limit of the screen, or longer, or still
there; a choice of this project."""

GATE_DAYS = 21
GATE_KNOWN_DAYS = 14
"""The gate out of phase 1 looks at 21 days, and needs a tap on 14 of them."""

FINE_DAYS = 14
"""Days called fine, of those 21, on track B."""

HEAVY_DAYS = 7
"""Days called heavy, of those 21, at most, on track P where energy was not answered."""

ENERGY_UP = 1.0
"""Points by which weekly energy has risen, on track B."""

ENERGY_SD = 1.5
"""SD of weekly energy at most, on track P; over 28 days, from three answers on."""

FEWEST_ENERGY_MEAN = 2
FEWEST_ENERGY_SD = 3
CONTROL_YES = 2

LONG_DAYS = 28
LONG_KNOWN_DAYS = 20
"""The gate out of phase 2-B, and the one before any widening of the envelope."""

MOOD_TOTAL = 10
"""Total of PHQ-9 from which the gate out of phase 2-B stays shut, where that list was filled in."""

MOOD_DAYS = 28
"""The gate out of phase 2-B looks at our own questions about mood that far back; older answers are unknown."""

MOOD_TOTAL_DAYS = 84
"""And at the total of PHQ-9 that far: a high one holds the gate longer than our own two questions open it."""

STABLE_DAYS = 84
STABLE_KNOWN_DAYS = 12
"""The gate out of phase 3: three months, in which one tap a week is enough."""

REST_AFTER_CRASH_DAYS = 7
"""Nothing is widened in so many days after a crash."""

STUCK_WEEKS = {1: 6, 2: 12}
"""Weeks in a phase after which a doctor or occupational physician should look along; phase 2 on track B only."""

REVIEW_WEEKS = 12
"""Phase 2 on track P has no exit; it is looked at again after this time."""
