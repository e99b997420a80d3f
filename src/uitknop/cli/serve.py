"""`uitknop serve`: the app on this computer, in a browser; nothing outside can reach it."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.own_file import File, PassphraseFile, path_of, secret_of
from uitknop.cli.said import Lang, Quiet, _, remark, speak
from uitknop.core.errors import Malformed

if TYPE_CHECKING:
    from uitknop.report.words import Catalogue

HELP = _("Run the app without opening a browser; it prints the address that opens it once.")
DOOR = ".door"
"""What the name of the person's file gets for the file that holds the address."""


def run(
    port: Annotated[
        int | None, typer.Option("--port", help=_("Port of this computer; without it, 8425 or any free one."), min=1)
    ] = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Listen, print the address, stay until Ctrl-C."""

    def tell(address: str, words: Catalogue) -> None:
        print(address, flush=True)  # noqa: T201
        remark(words, "This address opens the app once. Ctrl-C stops it.", quiet=quiet)

    start(tell, port=port, file=file, passphrase_file=passphrase_file, lang=lang)


def open_app(*, file: Path | None = None, lang: str | None = None) -> None:
    """What `uitknop` alone does: the app in the browser; one that runs already is opened again."""
    door = path_of(file).with_name(path_of(file).name + DOOR)
    if (address := _running(door)) is not None:
        webbrowser.open(address)
        return

    def tell(address: str, words: Catalogue) -> None:
        remark(words, "Uitknop is open in your browser. Leave this window open; Ctrl-C stops it.", quiet=False)
        if not webbrowser.open(address):
            print(address, flush=True)  # noqa: T201

    start(tell, port=None, file=file, passphrase_file=None, lang=lang)


def start(
    tell: Callable[[str, Catalogue], None],
    *,
    port: int | None,
    file: Path | None,
    passphrase_file: Path | None,
    lang: str | None,
) -> None:
    """Run the app until it is stopped.

    Args:
        tell: told the address that opens it, once a browser may come.
        port, file, passphrase_file, lang: as the options say.
    Raises:
        Malformed: the port is none.
        UitknopError: the port is taken.
    """
    from uitknop.cli.own_file import zone_here
    from uitknop.web import Circumstances
    from uitknop.web.server import listen, serve

    check_port(port)
    words, path = speak(lang), path_of(file)
    here = Circumstances(
        path=path,
        secret=secret_of(passphrase_file),
        zone=zone_here() or "UTC",
        lang=words.lang,
        door=path.with_name(path.name + DOOR),
    )
    with suppress(KeyboardInterrupt):
        serve(here, listen(port), lambda address: tell(address, words))


def check_port(port: int | None) -> None:
    """Refuse what is no port.

    Raises:
        Malformed: above 65535.
    """
    if port is not None and port > 65_535:
        raise Malformed("A port is a number from 1 to 65535. Choose another with --port, or leave it out.")


def _running(door: Path) -> str | None:
    """The address that opens an app that runs already on this file; None when none does."""
    import http.client
    from urllib.parse import urlsplit

    try:
        address = door.read_text(encoding="utf-8").strip()
        asked = urlsplit(address)
        if asked.hostname not in ("127.0.0.1", "localhost"):
            return None
        with closing(http.client.HTTPConnection(asked.hostname, asked.port, timeout=2)) as line:
            line.request("GET", "/locked")
            runs = line.getresponse().status == 200
    except (OSError, ValueError, http.client.HTTPException):
        return None
    return address if runs else None
