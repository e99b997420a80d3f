"""Whether every page of the file, and what the pages say together, is as it was written."""

from __future__ import annotations

from uitknop.core.errors import Damaged
from uitknop.store import driver
from uitknop.store.border import damaged


def check_file(db: driver.Connection, name: str) -> None:
    """Check the seal of every page, the structure of the tables and that they refer to each other rightly.

    Raises:
        Damaged: something does not pass.
    """
    if db.execute("pragma cipher_integrity_check").fetchone() is not None:
        raise Damaged(damaged(name))
    if db.execute("pragma integrity_check(1)").fetchone() != ("ok",):
        raise Damaged(damaged(name))
    if db.execute("pragma foreign_key_check").fetchone() is not None:
        raise Damaged(damaged(name))
