"""A Health Connect database with its oddities: two spellings of names, tables left out, two apps for one thing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime

import numpy as np

WATCH_APP, PHONE_APP = "com.example.watch", "com.example.phone"
START_MS = round(datetime(2026, 3, 2, 21, 0, tzinfo=UTC).timestamp() * 1000)
OFFSET_S = 3600
_HOUR_MS, _MINUTE_MS, _DAY_MS = 3_600_000, 60_000, 86_400_000
_INTERVAL = "start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER, end_zone_offset INTEGER"
_COMMON = "row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER, local_date INTEGER"
_TABLES = {
    "application_info_table": "row_id INTEGER PRIMARY KEY, package_name TEXT, app_name TEXT",
    "heart_rate_record_table": f"{_COMMON}, {_INTERVAL}",
    "heart_rate_record_series_table": "parent_key INTEGER, beats_per_minute INTEGER, epoch_millis INTEGER",
    "heart_rate_variability_rmssd_record_table": (
        f"{_COMMON}, time INTEGER, zone_offset INTEGER, heart_rate_variability_millis REAL, "
        "local_date_time INTEGER AS (time + 1000 * zone_offset)"
    ),
    "resting_heart_rate_record_table": f"{_COMMON}, time INTEGER, zone_offset INTEGER, beats_per_minute INTEGER",
    "RespiratoryRateRecordTable": f"{_COMMON}, time INTEGER, zone_offset INTEGER, rate REAL",
    "steps_record_table": f"{_COMMON}, {_INTERVAL}, count INTEGER",
    "sleep_session_record_table": f"{_COMMON}, {_INTERVAL}, title TEXT, notes TEXT",
    "sleep_stages_table": ("parent_key INTEGER, stage_start_time INTEGER, stage_end_time INTEGER, stage_type INTEGER"),
    "exercise_session_record_table": f"{_COMMON}, {_INTERVAL}, exercise_type INTEGER",
    "SpeedRecordTable": f"{_COMMON}, {_INTERVAL}",
    "speed_record_table": "parent_key INTEGER, speed REAL, epoch_millis INTEGER",
}
_STAGES = ((1, 5), (4, 50), (5, 40), (4, 60), (6, 30), (7, 3), (4, 70))


def health_connect_db(*, nights: int, seed: int, without: Sequence[str] = (), extra: Sequence[str] = ()) -> bytes:
    """The bytes of a database: a watch with everything, and a phone that counted the same steps and some heart beats.

    Args:
        nights: how many.
        seed: of the values.
        without: tables that this phone does not have.
        extra: SQL that is run at the end, for a database that someone tampered with.
    """
    chance = np.random.default_rng(seed)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        for name, columns in _TABLES.items():
            database.execute(f"CREATE TABLE {name} ({columns})")
        database.execute(f"INSERT INTO application_info_table VALUES (1, '{WATCH_APP}', 'W'), (2, '{PHONE_APP}', 'P')")
        for night in range(nights):
            _night(database, START_MS + night * _DAY_MS, chance)
        for name in without:
            database.execute(f"DROP TABLE {name}")
        for statement in extra:
            database.execute(statement)
        database.execute("VACUUM")
        return database.serialize()


def _night(database: sqlite3.Connection, start_ms: int, chance: np.random.Generator) -> None:
    for app, n_minutes in ((1, 8 * 60), (2, 30)):
        span = (start_ms, OFFSET_S, start_ms + n_minutes * _MINUTE_MS, OFFSET_S)
        parent = _insert(database, "heart_rate_record_table", [(None, b"", app, 0, *span)])
        rates = chance.integers(50, 66, n_minutes).tolist()
        _insert(
            database,
            "heart_rate_record_series_table",
            ((parent, rate, start_ms + i * _MINUTE_MS) for i, rate in enumerate(rates)),
        )
        _insert(  # the same walk, counted by both
            database,
            "steps_record_table",
            (
                (None, b"", app, 0, at, OFFSET_S, at + 10 * _MINUTE_MS, OFFSET_S, 100 + 5 * app)
                for at in range(start_ms - 10 * _HOUR_MS, start_ms - (4 + app) * _HOUR_MS, 30 * _MINUTE_MS)
            ),
        )
    _insert(
        database,
        "heart_rate_variability_rmssd_record_table",
        (
            (None, b"", 1, 0, start_ms + i * 5 * _MINUTE_MS, OFFSET_S, float(v))
            for i, v in enumerate(chance.uniform(20, 60, 90))
        ),
    )
    wake_ms = start_ms + 8 * _HOUR_MS
    _insert(database, "resting_heart_rate_record_table", [(None, b"", 1, 0, wake_ms, OFFSET_S, 54)])
    _insert(database, "RespiratoryRateRecordTable", [(None, b"", 1, 0, wake_ms, OFFSET_S, 14.5)])
    _sleep(database, start_ms)
    walk = (start_ms - 6 * _HOUR_MS, OFFSET_S, start_ms - 5 * _HOUR_MS, OFFSET_S)
    _insert(database, "exercise_session_record_table", [(None, b"", 1, 0, *walk, 53)])


def _sleep(database: sqlite3.Connection, start_ms: int) -> None:
    minutes = sum(length for _, length in _STAGES)
    span = (start_ms, OFFSET_S, start_ms + minutes * _MINUTE_MS, OFFSET_S)
    parent = _insert(database, "sleep_session_record_table", [(None, b"", 1, 0, *span, None, None)])
    at_ms = start_ms
    for stage, length in _STAGES:
        _insert(database, "sleep_stages_table", [(parent, at_ms, at_ms + length * _MINUTE_MS, stage)])
        at_ms += length * _MINUTE_MS


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> int:
    """Add rows; the key of the last."""
    for row in rows:
        database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
    return int(database.execute("SELECT last_insert_rowid()").fetchone()[0])
