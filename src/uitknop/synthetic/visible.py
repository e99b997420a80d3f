"""A Visible export with its oddities: a blank after the last column and after values, notes, days left out."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

_HEADER = "observation_date,tracker_name,tracker_category,observation_value "
_ITEMS = ("Washing your body", "Walking between rooms")


def visible_csv(*, days: int, seed: int, first: date = date(2026, 3, 1)) -> bytes:
    """A table of `days` days: measurements, answers, a note with a comma and a quote, and two questions of a month."""
    chance = np.random.default_rng(seed)
    rows = [_HEADER]
    for i in range(days):
        day = first + timedelta(days=i)
        if i % 7 != 3:  # a morning without a measurement
            rows.append(f"{day},HR Variability,Measurement,{chance.integers(18, 60)} ")
            rows.append(f"{day},Resting HR,Measurement,{chance.integers(52, 75)} ")
            rows.append(f"{day},Stability Score,Measurement,{chance.integers(1, 6)} ")
        rows.append(f"{day},Sleep,Sleep,{chance.integers(0, 4)} ")
        rows.append(f"{day},Fatigue,General,{chance.integers(0, 4)} ")
        rows.append(f"{day},Crash,General,{int(chance.random() < 0.1)} ")
        if i % 5 == 0:
            rows.append(f'{day},Note,Note,"Long day, said ""enough"" at noon" ')
        if day.day == 1:
            rows.extend(f"{day},{item},Funcap_hygiene,{chance.integers(0, 7)} " for item in _ITEMS)
    return ("\r\n".join(rows) + "\r\n").encode()
