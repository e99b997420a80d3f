"""The columns of WHOOP's four tables, in their order, and what they are called in English, German and Spanish."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Literal

Table = Literal["cycles", "sleeps", "workouts", "journal"]

_CYCLE = ("cycle_start", "cycle_end", "zone")
_NIGHT = (
    *("sleep_onset", "wake_onset", "performance", "breathing", "asleep_min", "in_bed_min", "light_min", "deep_min"),
    *("rem_min", "awake_min", "need_min", "debt_min", "efficiency", "consistency"),
)
_DAY = ("recovery", "resting", "hrv", "skin_temp", "oxygen", "strain", "energy", "max_hr", "average_hr")

COLUMNS: MappingProxyType[Table, tuple[str, ...]] = MappingProxyType(
    {
        "cycles": (*_CYCLE, *_DAY, *_NIGHT),
        "sleeps": (*_CYCLE, *_NIGHT, "nap"),
        "workouts": (
            *(*_CYCLE, "workout_start", "workout_end", "duration_min", "activity", "activity_strain", "energy"),
            *("max_hr", "average_hr", "zone_1", "zone_2", "zone_3", "zone_4", "zone_5", "gps"),
        ),
        "journal": (*_CYCLE, "question", "answered", "notes"),
    }
)
"""Our names of the columns, in the order in which the tables have them in every language."""

_WORDS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "cycle_start": ("cycle start time", "startzeit des zyklus", "hora de inicio del ciclo"),
        "cycle_end": ("cycle end time", "endzeit des zyklus", "hora de finalizacion del ciclo"),
        "zone": ("cycle timezone", "timezone of cycle", "zeitzone des zyklus", "zona horaria del ciclo"),
        "recovery": ("recovery score", "erholungswert", "puntuacion de recuperacion"),
        "resting": ("resting heart rate", "ruheherzfrequenz", "frecuencia cardiaca en reposo"),
        "hrv": ("heart rate variability", "herzfrequenzvariabilitat", "variabilidad de la frecuencia cardiaca"),
        "skin_temp": ("skin temp", "hauttemperatur", "temp cutanea"),
        "oxygen": ("blood oxygen", "blutsauerstoff", "oxigeno en sangre"),
        "sleep_onset": ("sleep onset", "beginn des schlafs", "inicio del sueno"),
        "wake_onset": ("wake onset", "beginn des aufwachens", "inicio de la vigilia"),
        "breathing": ("respiratory rate", "atemfrequenz", "frecuencia respiratoria"),
        "nap": ("nap", "nickerchen", "siesta"),
        "workout_start": ("workout start time", "startzeit des trainings", "hora de inicio del entrenamiento"),
        "workout_end": ("workout end time", "endzeit des trainings", "hora de finalizacion del entrenamiento"),
        "activity": ("activity name", "name der aktivitat", "nombre de la actividad"),
        "question": ("question text", "texto de la pregunta"),
        "answered": ("answered yes", "respondio si"),
        "notes": ("notes", "notas"),
    }
)
"""Headers as `_plain` leaves them; each of the three languages where a public reader shows it."""

_OURS = MappingProxyType({word: name for name, words in _WORDS.items() for word in words})

_SURE: tuple[tuple[Table, frozenset[str]], ...] = (
    ("journal", frozenset({"cycle_start", "question", "answered"})),
    ("workouts", frozenset({"workout_start", "workout_end", "activity"})),
    ("cycles", frozenset({"cycle_start", "recovery", "hrv"})),
    ("sleeps", frozenset({"cycle_start", "sleep_onset", "wake_onset", "breathing"})),
)
"""Columns without which a table is not of a kind, the narrowest first."""


def columns_of(header: tuple[str, ...]) -> tuple[Table, dict[str, str]] | None:
    """Which table a header begins, and the header's name for each column we know; None when it is none of them.

    >>> columns_of(("Cycle start time", "Cycle timezone", "Question text", "Answered yes"))[0]
    'journal'
    """
    found = {_OURS[plain]: name for name in reversed(header) if (plain := _plain(name)) in _OURS}
    return next(((table, found) for table, needed in _SURE if needed <= found.keys()), None)


def _plain(name: str) -> str:
    """A header without capitals, accents, units and marks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = re.sub(r"\([^()]*\)", " ", bare.casefold())
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
