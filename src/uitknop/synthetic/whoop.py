"""A WHOOP export with its oddities: translated headers, drifted capitals, every spelling of a zone, the open cycle."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal

import numpy as np

Files = dict[str, bytes]
Language = Literal["en", "es", "other"]

_EN = "Cycle start time,Cycle end time,Cycle timezone"
_ES = "Hora de inicio del ciclo,Hora de finalización del ciclo,Zona horaria del ciclo"
_EN_NIGHT = (
    "Sleep onset,Wake onset,Sleep performance %,Respiratory rate (rpm),Asleep duration (min),In bed duration (min),"
    "Light sleep duration (min),Deep (SWS) duration (min),REM duration (min),Awake duration (min),Sleep need (min),"
    "Sleep debt (min),Sleep efficiency %,Sleep consistency %"
)
_ES_NIGHT = (
    "Inicio del sueño,Inicio de la vigilia,Calificación del sueño (%),Frecuencia respiratoria (rpm),"
    "Duración del sueño (min),Tiempo en la cama (min),Duración de sueño ligero (min),"
    "Duración de sueño profundo (SWS) (min),Duración de sueño REM (min),Tempo despierto/a (min),"
    "Sueño necesario (min),Deuda de sueño (min),Eficiencia del sueño %,Regularidad del sueño %"
)
_HEADERS: MappingProxyType[Language, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "en": (
            (
                "physiological_cycles.csv",
                f"{_EN},Recovery score %,Resting heart rate (bpm),Heart rate variability (ms),Skin temp (celsius),"
                f"Blood oxygen %,Day strain,Energy burned (cal),Max HR (bpm),Average HR (bpm),{_EN_NIGHT}",
            ),
            ("sleeps.csv", f"{_EN},{_EN_NIGHT},Nap"),
            (
                "workouts.csv",
                f"{_EN},Workout start time,Workout end time,Duration (min),Activity name,Activity Strain,"
                "Energy burned (cal),Max HR (bpm),Average HR (bpm),HR Zone 1 %,HR Zone 2 %,HR Zone 3 %,HR Zone 4 %,"
                "HR Zone 5 %,GPS enabled",
            ),
            ("journal_entries.csv", f"{_EN},Question text,Answered yes,Notes"),
        ),
        "es": (
            (
                "physiological_cycles.csv",
                f"{_ES},Puntuación de recuperación (%),Frecuencia cardíaca en reposo (lpm),"
                "Variabilidad de la frecuencia cardíaca (ms),Temp. cutánea (grados centígrados),Oxígeno en sangre %,"
                f"Esfuerzo del día,Energía quemada (cal),FC máx. (lpm),FC promedio (lpm),{_ES_NIGHT}",
            ),
            ("sueño.csv", f"{_ES},{_ES_NIGHT},Siesta"),
            (
                "entrenamientos.csv",
                f"{_ES},Hora de inicio del entrenamiento,Hora de finalización del entrenamiento,Duración (min),"
                "Nombre de la actividad,Esfuerzo de actividad,Energía quemada (cal),FC máx. (lpm),FC promedio (lpm),"
                "Zona FC 1%,Zona FC 2%,Zona FC 3%,Zona FC 4%,Zona FC 5%,GPS habilitado",
            ),
            ("journal_entries.csv", f'{_ES},Texto de la pregunta,"Respondió ""Sí""",Notas'),
        ),
        # No reader of ours knows these words: only the shape of the table is left.
        "other": tuple((f"{name}.csv", ",".join(f"mot {i}" for i in range(n))) for name, n in
                       (("cycles", 26), ("sommeils", 18), ("seances", 17), ("journal", 6))),
    }
)  # fmt: skip
ZONES = ("UTC+01:00", "-05:00", "UTC-07:00", "UTCZ", "UTC")
"""Every spelling of a zone that public readers show."""


def whoop_export(*, days: int, seed: int, language: Language = "en", first: date = date(2026, 3, 1)) -> Files:
    """The four tables, newest row first; the newest cycle is still open; RMSSD is 0 on every seventh day."""
    rng = np.random.default_rng(seed)
    cycles, sleeps, workouts, journal = [], [], [], []
    for i in reversed(range(days)):
        wake_day = first + timedelta(days=i)
        onset = datetime.combine(wake_day, time(0)) + timedelta(minutes=int(rng.integers(-90, 60)))
        wake = onset + timedelta(minutes=int(rng.integers(400, 520)))
        end = "" if i == days - 1 else str(onset + timedelta(hours=24))
        cycle = [str(onset), end, ZONES[i % len(ZONES)]]
        night = [
            str(onset),
            str(wake),
            "86",
            f"{rng.normal(15, 0.5):.1f}",
            *("400", "440", "230", "100", "70", "40"),
        ]
        night += ["500", "60", "91", "80"]
        rmssd = 0 if i % 7 == 6 else int(rng.integers(20, 60))
        recovery, resting = int(rng.integers(10, 90)), int(rng.integers(52, 70))
        day = [str(recovery), str(resting), str(rmssd), "33.92", "96.4", "8.1", "1800", "150", "70"]
        cycles.append([*cycle, *day, *night])
        sleeps.append([*cycle, *night, "false"])
        nap = [str(wake + timedelta(hours=6)), str(wake + timedelta(hours=6, minutes=40)), *night[2:]]
        if i % 3 == 0:
            sleeps.append([*cycle, *nap, "true"])
        walk = [str(wake + timedelta(hours=3)), str(wake + timedelta(hours=3, minutes=25)), "25", "Walking"]
        workouts.append([*cycle, *walk, "4.1", "90", "120", "98", "80", "20", "0", "0", "0", "false"])
        journal.append([*cycle, "Rested in the dark, without a screen?", "true" if i % 2 else "false", ""])
        journal.append([*cycle, "Felt worse?", "true", 'Crashed after "just" a shower, in bed by 2'])
    tables = (cycles, sleeps, workouts, journal)
    return {name: _table(header, rows) for (name, header), rows in zip(_HEADERS[language], tables, strict=True)}


def _table(header: str, rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return f"{header}\n{text.getvalue()}".encode()
