"""Whatever SQLite or the disk raises becomes a sentence that says what to do and names the file alone."""

from __future__ import annotations

import errno

import pytest

from uitknop.core.errors import Busy, Damaged, NotWritable, StoreError
from uitknop.store import driver
from uitknop.store.border import border


def fault(code: int | None) -> driver.Error:
    """An error of SQLite with a result code, as the driver raises it."""
    raised = driver.Error("secret detail of somebody")
    if code is not None:
        raised.sqlite_errorcode = code
        raised.sqlite_errorname = "SQLITE_SOMETHING"
    return raised


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (5, Busy, "Another window or program is writing"),
        (261, Busy, "Another window or program is writing"),  # an extended code: its low byte is 5
        (8, NotWritable, "can't be written to"),
        (10, StoreError, "The disk gave an error"),
        (11, Damaged, "restore a backup"),
        (13, NotWritable, "is full"),
        (14, StoreError, "could not be opened"),
        (26, Damaged, "restore a backup"),
        (1, StoreError, "SQLITE_SOMETHING"),
        (None, StoreError, "could not be used"),
    ],
)
def test_every_code_of_sqlite_has_its_sentence(code: int | None, kind: type[StoreError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught, border("mine.uitknop"):
        raise fault(code)
    assert type(caught.value) is kind
    assert "mine.uitknop" in str(caught.value)
    assert "somebody" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "can't be written to"),
        (errno.EACCES, "can't be written to"),
        (errno.ENOENT, "does not exist"),
        (errno.EIO, "The disk gave an error"),
    ],
)
def test_every_error_of_the_system_has_its_sentence(number: int, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught, border("mine.uitknop"):
        raise OSError(number, "somebody", "somebody/mine.uitknop")
    assert "somebody" not in str(caught.value)


def test_too_little_memory_has_its_sentence() -> None:
    with pytest.raises(StoreError, match="not enough memory"), border("mine.uitknop"):
        raise MemoryError


def test_our_own_errors_pass() -> None:
    with pytest.raises(Damaged, match="ours"), border("mine.uitknop"):
        raise Damaged("ours")
