"""The person's file as the command line meets it: where it is, what unlocks it, and making it the first time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.said import _, now_ms, remark
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.person import Secret
    from uitknop.report.words import Catalogue
    from uitknop.store import Store

PASSPHRASE_VARIABLE = "UITKNOP_PASSPHRASE"
RECOVERY_VARIABLE = "UITKNOP_RECOVERY_KEY"
SECRET_BYTES = 4096

File = Annotated[
    Path | None,
    typer.Option("--file", readable=False, help=_("Your file; without it, the one in your user data folder.")),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        readable=False,
        help=_("A file with the passphrase on its first line; or set UITKNOP_PASSPHRASE."),
    ),
]


def path_of(file: Path | None) -> Path:
    """The person's file that is meant."""
    from uitknop.person import default_path

    return default_path() if file is None else file


def secret_of(passphrase_file: Path | None) -> Secret:
    """What it is unlocked with: a passphrase file, the environment, or the key ring.

    Raises:
        Malformed: the passphrase file can't be read, or is empty.
    """
    from uitknop.person import Secret

    if passphrase_file is not None:
        return Secret(passphrase=first_line(passphrase_file))
    recovery = os.environ.get(RECOVERY_VARIABLE)
    passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    return Secret(passphrase=passphrase or None, recovery=recovery or None)


def first_line(path: Path) -> str:
    """The passphrase that a file holds.

    Raises:
        Malformed: it can't be read, is no text, or is empty.
    """
    name = {"name": path.name}
    try:
        with path.open("rb") as stream:
            text = stream.read(SECRET_BYTES).decode("utf-8-sig")
    except OSError as fault:
        raise Malformed(Phrase("{name} can't be opened. Check that you may read it.", name)) from fault
    except UnicodeDecodeError as fault:
        raise Malformed(Phrase("{name} is no text. Write the passphrase on its first line.", name)) from fault
    line = text.partition("\n")[0].removesuffix("\r")
    if not line.strip():
        raise Malformed(Phrase("{name} is empty. Write the passphrase on its first line.", name))
    return line


@contextmanager
def opened(file: Path | None, passphrase_file: Path | None) -> Iterator[Store]:
    """The person's file, open.

    Raises:
        StoreError, WrongKey: it is not there, or does not open.
    """
    from uitknop.person import open_file

    with open_file(path_of(file), secret_of(passphrase_file), now_ms=now_ms()) as store:
        yield store


@contextmanager
def opened_or_made(
    file: Path | None, passphrase_file: Path | None, words: Catalogue, *, zone: str | None
) -> Iterator[Store]:
    """The same; made when it is not there yet, and then the recovery key is shown once.

    Args:
        zone: kept as the person's own when the file is new; then the zone of this computer when None.
    """
    from uitknop.core.timeline import zone_of
    from uitknop.person import make_file, open_file

    path, secret = path_of(file), secret_of(passphrase_file)
    if zone is not None:
        zone_of(zone)
    if path.exists():
        store = open_file(path, secret, now_ms=now_ms())
    else:
        store, printed = make_file(path, secret, now_ms=now_ms())
        remark(words, Phrase("Your file is made: {name}", {"name": str(path)}), quiet=False)
        show_recovery(words, printed)
        if (own := zone or zone_here()) is not None:
            store.keep_setting("zone", own)
    with store:
        yield store


def show_recovery(words: Catalogue, printed: str) -> None:
    """Said even when it should be quiet: it is shown only this once."""
    remark(
        words,
        "This is your recovery key. Write it down on paper: with it you can always open your file, also when this "
        "computer is gone.",
        quiet=False,
    )
    print(f"\n    {printed}\n", file=sys.stderr)  # noqa: T201


def zone_here() -> str | None:
    """The zone this computer is set to; None when it does not say."""
    from tzlocal import get_localzone_name

    try:
        return str(get_localzone_name()) or None
    except Exception:  # whatever a strange configuration raises: then no zone is known
        return None
