"""The zones a person lived in, as the files that count tell it."""

from __future__ import annotations

from uitknop.core.timeline import ZoneLine
from uitknop.store import driver, sql


def read_zones(db: driver.Connection) -> ZoneLine | None:
    """One line of zones; None when no file with a clock counts.

    Where files tell two zones for one moment, the name of a place says more than an offset; else the first by
    alphabet, so that the order of importing changes nothing.
    """
    found: dict[int, str] = {}
    for at_ms, zone in db.execute(sql.ZONES):
        held = found.get(at_ms)
        if held is None or ("/" in zone and "/" not in held):
            found[int(at_ms)] = str(zone)
    if not found:
        return None
    moments = sorted(found)
    kept = [at_ms for i, at_ms in enumerate(moments) if i == 0 or found[moments[i - 1]] != found[at_ms]]
    return ZoneLine(tuple(kept), tuple(found[at_ms] for at_ms in kept))
