"""Whether every page of the file, and what the pages say together, is as it was written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from uitknop.core.errors import Damaged
from uitknop.store import driver
from uitknop.store.border import damaged


def check_file(db: driver.Connection, path: Path, name: str) -> None:
    """Check the seal of every page, the structure of the tables and that they refer to each other rightly.

    Args:
        db: the open file, in no transaction.
        path: where it is.
        name: what to call it.
    Raises:
        Damaged: something does not pass.
    """
    sound = (
        _seals_hold(db, path)
        and db.execute("pragma integrity_check(1)").fetchone() == ("ok",)
        and db.execute("pragma foreign_key_check").fetchone() is None
    )
    if not sound:
        raise Damaged(damaged(name))


def _seals_hold(db: driver.Connection, path: Path) -> bool:
    """The seal of each page as it lies in the file.

    A page of which a newer version stands in the log may rightly be half written, so this is looked at only while the
    log is empty and stays so; reading the tables checks the pages in use anyway, those in the log too.
    """
    with suppress(driver.Error):  # read-only, or busy: then the log is not empty
        db.execute("pragma wal_checkpoint(truncate)").fetchone()
    with suppress(driver.Error):
        db.execute("begin immediate")
    try:
        if _log_holds_pages(path):
            return True
        return db.execute("pragma cipher_integrity_check").fetchone() is None or _log_holds_pages(path)
    finally:
        if db.in_transaction:
            db.execute("rollback")


def _log_holds_pages(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
