"""`uitknop record`: live from a Bluetooth strap, into the person's file or into a table."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uitknop.cli.output import check_writable
from uitknop.cli.own_file import File, PassphraseFile, opened_or_made, path_of, secret_of
from uitknop.cli.said import AsJson, Lang, Quiet, Zone, _, now_ms, print_json, remark, speak
from uitknop.core.errors import Malformed
from uitknop.core.phrase import Phrase

if TYPE_CHECKING:
    from uitknop.live import Event, Pace, Radio, Recorded
    from uitknop.live.recorder import Sink
    from uitknop.report.words import Catalogue

HELP = _("Record live from a Bluetooth heart rate strap, until Ctrl-C or for a number of minutes.")
NOTHING_CAME = 3
TOLD_EVERY = 10
"""Of the pieces that were kept, one in so many is told: about every eight minutes."""

RADIO: Radio | None = None
PACE: Pace | None = None
"""The Bluetooth and the patience of this computer; tests swap their own in."""


def run(
    minutes: Annotated[
        float | None, typer.Option("--minutes", help=_("Stop after so many minutes."), min=0.01, max=10_080.0)
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help=_("Part of the strap's name, or its address, where several are near."))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", readable=False, help=_("Write a table of RR intervals here, and not into your own file.")
        ),
    ] = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    zone: Zone = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find the strap, record, tell."""
    import asyncio

    words = speak(lang)
    quiet = quiet or as_json
    with ExitStack() as open_files:
        kept = _kept(out, file, passphrase_file, words, zone=zone)
        place = None if _is_to_be_made(out, file, passphrase_file, zone) else open_files.enter_context(kept)
        remark(words, "Recording stops with Ctrl-C; what came until then is kept.", quiet=quiet)

        def places() -> tuple[Sink, str]:
            """A file that is still to be made is made once there is something to record."""
            return open_files.enter_context(kept) if place is None else place

        done, where = asyncio.run(_until_stopped(places, words, name=name, minutes=minutes, quiet=quiet))
    if as_json:
        _print_json(done, where)
    if not done.n_beats:
        remark(words, "The strap sent no beats. Variability needs them: a chest strap gives them.", quiet=quiet)
        sys.exit(NOTHING_CAME)


def _is_to_be_made(out: Path | None, file: Path | None, passphrase_file: Path | None, zone: str | None) -> bool:
    """Whether the person's file is meant and not there yet; what was said of it is looked at before any search.

    Raises:
        Malformed: no such zone, or the passphrase file can't be read.
    """
    from uitknop.core.timeline import zone_of

    if out is not None or path_of(file).exists():
        return False
    zone_of(zone or "UTC")
    secret_of(passphrase_file)
    return True


@contextmanager
def _kept(
    out: Path | None, file: Path | None, passphrase_file: Path | None, words: Catalogue, *, zone: str | None
) -> Iterator[tuple[Sink, str]]:
    """What keeps the pieces, and the zone the person is in."""
    from uitknop.core.timeline import zone_of
    from uitknop.live.keep import into_store, into_table

    if out is None:
        with opened_or_made(file, passphrase_file, words, zone=zone) as store:
            yield into_store(store, now_ms), zone or store.setting("zone") or "UTC"
        return
    if out.exists():
        raise Malformed(Phrase("{name} is there already. Choose another name.", {"name": out.name}))
    check_writable(out)
    zone_of(zone or "UTC")
    yield into_table(out), zone or "UTC"


async def _until_stopped(
    places: Callable[[], tuple[Sink, str]],
    words: Catalogue,
    *,
    name: str | None,
    minutes: float | None,
    quiet: bool,
) -> tuple[Recorded, str]:
    import asyncio

    from uitknop.live import look_for, record

    n_written = 0

    def tell(event: Event) -> None:
        nonlocal n_written
        n_written += event.kind == "written"
        if event.kind != "written" or n_written % TOLD_EVERY == 1:
            remark(words, event.phrase, quiet=quiet)

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for asked in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: there Ctrl-C cancels the task, which ends as well
            loop.add_signal_handler(asked, stop.set)
    near = await look_for(name, tell=tell, radio=RADIO, pace=PACE)
    sink, zone = places()
    done = await record(
        sink,
        zone=zone,
        now_ms=now_ms,
        steady_ms=lambda: time.monotonic() * 1000,
        tell=tell,
        near=near,
        minutes=minutes,
        stop=stop,
        radio=RADIO,
        pace=PACE,
    )
    return done, zone


def _print_json(done: Recorded, zone: str) -> None:
    from uitknop.core.timeline import iso

    told = {"n_beats": done.n_beats, "n_lost": done.n_lost, "n_malformed": done.n_malformed}
    when = {"start": iso(done.start_ms, zone), "end": iso(done.end_ms, zone)}
    print_json({"strap": done.strap.name, **when, **told})
