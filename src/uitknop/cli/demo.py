"""`uitknop demo`: the app on a made-up person of several months, in a copy that is thrown away at the end."""

from __future__ import annotations

import signal
import sys
import webbrowser
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from uitknop.cli.said import Lang, Quiet, _, progress, remark, speak
from uitknop.core.errors import Malformed

if TYPE_CHECKING:
    from uitknop.report.words import Catalogue

HELP = _("The app on a made-up person of several months: look around, nothing is asked and nothing is kept.")
PAGE_SEED, PAGE_DAYS = 7, 14


def run(
    port: Annotated[
        int | None, typer.Option("--port", help=_("Port of this computer; without it, 8425 or any free one."), min=1)
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=_("Open it in the browser."))] = True,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page",
            "--report",
            readable=False,
            help=_("Instead of the app: two weeks beside the truth, as one page in this file."),
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", help=_("With --page: how many days, 1 to 30."), min=1, max=30)
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help=_("With --page: another person; the same number gives the same."))
    ] = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """The app, or the page."""
    words = speak(lang)
    if page is not None:
        if port is not None:
            raise Malformed("--port belongs to the app, and --page is a page without it. Leave one of them out.")
        from uitknop.cli.demo_page import show

        show(
            page, words, days=days or PAGE_DAYS, seed=PAGE_SEED if seed is None else seed, browser=browser, quiet=quiet
        )
        return
    if (days, seed) != (None, None):
        raise Malformed("--days and --seed belong to the page. Give --page FILE with them, or leave them out.")
    _open(words, port=port, browser=browser, quiet=quiet)


def _open(words: Catalogue, *, port: int | None, browser: bool, quiet: bool) -> None:
    """Make the person if need be, and run the app on a copy until it is stopped."""
    from uitknop.cli.demo_person import (
        DAYS,
        NAME,
        SEED,
        behind_ms,
        cache_folder,
        get_ready,
        is_ready,
        last_day_before,
        place_of,
        secret_in,
        thrown_away,
    )
    from uitknop.cli.own_file import zone_here
    from uitknop.cli.serve import check_port
    from uitknop.web import Circumstances
    from uitknop.web.circumstances import clock_ms
    from uitknop.web.server import listen, serve

    check_port(port)
    listening = listen(port)  # a port that is taken is told before the work, not after it

    def tell_address(address: str) -> None:
        remark(words, "This person does not exist, and nothing of what you do is kept. Ctrl-C stops it.", quiet=quiet)
        if not browser or not webbrowser.open(address):
            print(address, flush=True)  # noqa: T201

    signal.signal(signal.SIGTERM, _stop)
    with closing(listening):
        now = datetime.now()
        zone = zone_here() or "Europe/Amsterdam"
        kept = place_of(cache_folder(), zone)
        if not is_ready(kept):
            from uitknop.synthetic import life_of

            with progress(words, "Making a person of several months, once", quiet=quiet) as tell:
                get_ready(kept, life_of(SEED, DAYS, zone=zone, last=last_day_before(now)), tell)
        with suppress(KeyboardInterrupt), thrown_away(kept) as folder:
            behind = behind_ms(folder, now)
            here = Circumstances(
                path=folder / NAME,
                secret=secret_in(folder),
                now_ms=lambda: clock_ms() - behind,
                zone=zone,
                lang=words.lang,
                made_up=True,
                behind_ms=behind,
            )
            serve(here, listening, tell_address)


def _stop(number: int, frame: object) -> NoReturn:
    """A program that is asked to stop takes its copy away too."""
    sys.exit(0)
