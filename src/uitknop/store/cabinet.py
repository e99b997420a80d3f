"""Results that can be computed again, and settings: the part of the file that is no fact."""

from __future__ import annotations

from uitknop.store import driver, sql


def derived(db: driver.Connection, room: str, key: str) -> tuple[str, bytes] | None:
    """Stamp and bytes of a kept result, or None."""
    line = db.execute(sql.DERIVED, (room, key)).fetchone()
    return None if line is None else (str(line[0]), bytes(line[1]))


def keep_derived(db: driver.Connection, room: str, key: str, stamp: str, payload: bytes) -> None:
    """Keep a result in place of the one before."""
    db.execute(sql.KEEP_DERIVED, (room, key, stamp, payload))


def forget_derived(db: driver.Connection, room: str | None) -> None:
    """Drop the results of one room, or all."""
    db.execute(sql.FORGET_DERIVED, (room,))


def setting(db: driver.Connection, name: str) -> str | None:
    """A setting, or None."""
    line = db.execute(sql.SETTING, (name,)).fetchone()
    return None if line is None else str(line[0])


def keep_setting(db: driver.Connection, name: str, value: str) -> None:
    """Keep a setting in place of the one before."""
    db.execute(sql.KEEP_SETTING, (name, value))
