"""The zones a person lived in, as the files that count tell it."""

from __future__ import annotations

from uitknop.core.timeline import ZoneLine
from uitknop.store import driver, sql


def read_zones(db: driver.Connection) -> ZoneLine | None:
    """One line of zones; None when no file with a clock counts.

    Where files tell two zones for one moment, the name of a place says more than an offset; else the first by
    alphabet, so that the order of importing changes nothing.
    """
    found = db.execute(sql.ZONES).fetchall()
    if not found:
        return None
    moments, zones = zip(*found, strict=True)
    return ZoneLine(tuple(map(int, moments)), tuple(map(str, zones)))
