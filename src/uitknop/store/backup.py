"""A copy of the file: compact, encrypted with the same key, checked before it gets its name."""

from __future__ import annotations

from pathlib import Path

from uitknop.core.errors import Damaged
from uitknop.core.phrase import Phrase
from uitknop.store import driver
from uitknop.store.border import border, damaged, is_damage
from uitknop.store.checking import check_file
from uitknop.store.connection import connect
from uitknop.store.dump import dump_sha256
from uitknop.store.ledger import revision
from uitknop.store.new_file import new_file


def back_up(db: driver.Connection, data_key: bytes, target: Path, name: str) -> None:
    """Copy the open file `db`, called `name`, to `target`.

    Raises:
        StoreError: something is at `target` already, or its disk refuses.
        Damaged: the file does not pass its check, or the copy does not hold what the file holds.
    """
    with new_file(target) as part, border(target.name, target.parent):
        _copy(db, part, name)
        _verify(db, data_key, part, name)


def _copy(db: driver.Connection, part: Path, name: str) -> None:
    try:
        db.execute("vacuum into ?", (str(part),))
    except driver.Error as fault:
        if is_damage(fault):  # what is read is the file; every other fault is of the disk that is written to
            raise Damaged(damaged(name)) from fault
        raise


def _verify(db: driver.Connection, data_key: bytes, part: Path, name: str) -> None:
    copy = connect(part, data_key, wait_s=0.0, read_only=True)
    try:
        check_file(copy, part, part.name)
        db.execute("begin")  # what is compared is of one moment
        same_moment = revision(copy) == revision(db)  # else another program has added facts since
        if same_moment and dump_sha256(copy, part.name) != dump_sha256(db, name):
            raise Damaged(
                Phrase("The copy of {name} does not hold what the file holds. Try another disk.", {"name": name})
            )
    finally:
        copy.close()
        if db.in_transaction:
            db.execute("rollback")
