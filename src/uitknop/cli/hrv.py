"""`uitknop hrv`: heart-rate variability per window."""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from uitknop.cli.from_file import Since
from uitknop.cli.own_file import File, PassphraseFile
from uitknop.cli.said import AsJson, Lang, MapFile, Quiet, Start, Zone, _, print_json, progress, speak

if TYPE_CHECKING:
    from uitknop.core import Recording
    from uitknop.report.words import Catalogue
    from uitknop.signals import HrvWindows

HELP = _("Heart-rate variability of a recording, per window, from cleaned beats.")
NOTHING_TO_JUDGE = 3
SHORTEST_WINDOW_S, LONGEST_WINDOW_S = 30.0, 86_400.0
COLUMNS = (
    "n",
    "n_pairs",
    "artefact_pct",
    "coverage",
    "hr_bpm",
    "rmssd_ms",
    "ln_rmssd",
    "sdnn_ms",
    "pnn50_pct",
    "sd1_ms",
    "sd2_ms",
    "vlf_ms2",
    "lf_ms2",
    "hf_ms2",
    "sample_entropy",
    "dfa_alpha1",
)
SHOWN_TIME = len("2026-03-29 14:00")
SHOWN = ("n", "artefact_pct", "hr_bpm", "rmssd_ms", "sdnn_ms", "lf_ms2", "hf_ms2")


def run(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            readable=False,
            help=_("A file with beats; the last day of your own file without it."),
        ),
    ] = None,
    window_s: Annotated[
        float,
        typer.Option("--window-s", help=_("Length of a window, s."), min=SHORTEST_WINDOW_S, max=LONGEST_WINDOW_S),
    ] = 300.0,
    step_s: Annotated[
        float, typer.Option("--step-s", help=_("From one window to the next, s."), min=1.0, max=LONGEST_WINDOW_S)
    ] = 60.0,
    as_csv: Annotated[bool, typer.Option("--csv", help=_("Print a table for a spreadsheet."))] = False,
    zone: Zone = None,
    start: Start = None,
    columns: MapFile = None,
    since: Since = None,
    file: File = None,
    passphrase_file: PassphraseFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read, clean, print."""
    from uitknop.cli.from_file import refuse_mixed, request_from_file
    from uitknop.cli.input import read_all, zone_to_show

    words = speak(lang)
    quiet = quiet or as_json or as_csv
    refuse_mixed(path, {"--start": start, "--map": columns}, {"--since": since})
    if path is None:
        request, own = request_from_file(file, passphrase_file, since=since, days=1, of_beats=True)
        recordings, zone = request.recordings, zone or own
    else:
        recordings = read_all([path], words, zone=zone, start=start, columns=columns, quiet=quiet).recordings
    series = _windows(recordings, words, window_s, step_s, quiet=quiet)
    if as_json:
        shown = zone_to_show(zone, recordings)
        print_json({"recordings": [{"name": r.name, "windows": _rows(r, w, shown)} for r, w in series]})
    elif as_csv:
        _print_csv(series, zone)
    else:
        _print_tables(series, zone, words)
    if not any(len(windows) for _recording, windows in series):
        sys.exit(NOTHING_TO_JUDGE)


def _windows(
    recordings: Sequence[Recording], words: Catalogue, window_s: float, step_s: float, *, quiet: bool
) -> list[tuple[Recording, HrvWindows]]:
    """The windows of every recording with beats.

    Raises:
        TooFewBeats: there is none.
    """
    from uitknop.core import Phrase
    from uitknop.core.errors import TooFewBeats
    from uitknop.signals import clean, sliding_hrv

    series = []
    for recording in recordings:
        if recording.beats is None or not len(recording.beats):
            continue
        with progress(words, "Computing", quiet=quiet):
            series.append((recording, sliding_hrv(clean(recording.beats), window_s=window_s, step_s=step_s)))
    if not series:
        raise TooFewBeats(
            Phrase(
                "There are no beats here, only heart rate; variability can be made from beats alone. "
                "A chest strap gives them."
            )
        )
    return series


def _rows(recording: Recording, windows: HrvWindows, zone: str | None) -> list[dict[str, Any]]:
    """One dictionary per window: when, and every measure, None where it can't be told."""
    from uitknop.core.timeline import iso

    rows = []
    for i in range(len(windows)):
        start_ms = int(windows.start_ms[i])
        clock = recording.clock and (zone or recording.clock)
        row: dict[str, Any] = {"start": iso(start_ms, clock) if clock else None, "start_s": start_ms / 1000}
        for name in COLUMNS:
            value = float(getattr(windows, name)[i])
            row[name] = round(value, 4) if math.isfinite(value) else None
        if clock:
            row["start_s"] = None
        rows.append(row)
    return rows


def _print_csv(series: list[tuple[Recording, HrvWindows]], zone: str | None) -> None:
    writer = csv.DictWriter(sys.stdout, ["recording", "start", "start_s", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    for recording, windows in series:
        for row in _rows(recording, windows, zone):
            writer.writerow({"recording": recording.name, **row})


def _print_tables(series: list[tuple[Recording, HrvWindows]], zone: str | None, words: Catalogue) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for recording, windows in series:
        table = Table(title=Text(recording.name), box=None, pad_edge=False, title_justify="left")
        table.add_column(words.say("start"), no_wrap=True, min_width=SHOWN_TIME)
        for name in SHOWN:
            table.add_column(name, justify="right")
        for row in _rows(recording, windows, zone):
            when = row["start"][:SHOWN_TIME].replace("T", " ") if row["start"] else f"{row['start_s']:.0f} s"
            table.add_row(when, *("-" if row[name] is None else f"{row[name]:.1f}" for name in SHOWN))
        console.print(table)
