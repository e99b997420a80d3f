"""A made-up year in a person's file, judged, for the benchmark of the app; made once and kept."""

from __future__ import annotations

import getpass
import tempfile
from dataclasses import replace
from pathlib import Path

from uitknop.core import Entry, Recording
from uitknop.person import Secret, judge_touched, make_file
from uitknop.store import Origin
from uitknop.synthetic.fortnight import long_person
from uitknop.web.lines import Lines
from uitknop.web.visit import STARTED

ZONE, SECRET = "Europe/Amsterdam", Secret(passphrase="correct horse battery")
DAY_MS, HOUR_MS, MINUTE_MS = 86_400_000, 3_600_000, 60_000
LAST_MS = 1_798_704_000_000
"""31 December 2026, 9:00 in Amsterdam: the app is asked then, with the year behind it."""

SCRIPT = 14
"""Different days that are made; a year repeats them, so that making it takes a minute and not ten."""

SHAPE = 1
"""Changed when the year is made otherwise, so that no old one is taken for it."""


def kept_year(days: int) -> Path:
    """The file with so many days in it; made when it is not there."""
    folder = Path(tempfile.gettempdir()) / f"uitknop-bench-{getpass.getuser()}" / f"app-{SHAPE}-{days}"
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.iterdir():
            left.unlink()
        make_year(folder / "person.uitknop", days)
        done.touch()
    return folder


def make_year(path: Path, days: int) -> None:
    """Nights, rests and quiet time with beats, the diary beside them, and three taps a day; then judged."""
    recordings = long_person("ordinary", 1, min(days, SCRIPT)).recordings
    start_ms = LAST_MS - days * DAY_MS
    ahead_ms = (start_ms // DAY_MS - recordings[0].entries[0].at_ms // DAY_MS) * DAY_MS
    store, _ = make_file(path, SECRET, now_ms=LAST_MS)
    lines = Lines()
    with store:
        store.keep_setting("zone", ZONE)
        store.keep_setting(STARTED, str(start_ms))
        for day in range(days):
            name = f"strap-{day}.csv"
            with store.batch(Origin(name, f"{day:064x}", "rr_list", "1", "", LAST_MS)) as batch:
                batch.add(moved(recordings[day % SCRIPT], ahead_ms + day // SCRIPT * SCRIPT * DAY_MS, name))
        for day in range(days):
            for said in taps_of(start_ms + day * DAY_MS):
                lines.write(store, said, LAST_MS)
        print(f"{days} days are in the file; judging them", flush=True)
        judge_touched(store)


def moved(recording: Recording, by_ms: int, name: str) -> Recording:
    """The same at another time."""
    beats = recording.beats
    return replace(
        recording,
        name=name,
        beats=None if beats is None else replace(beats, t_ms=beats.t_ms + by_ms),
        samples=tuple(replace(each, t_ms=each.t_ms + by_ms) for each in recording.samples),
        entries=tuple(
            replace(each, at_ms=each.at_ms + by_ms, end_ms=None if each.end_ms is None else each.end_ms + by_ms)
            for each in recording.entries
        ),
    )


def taps_of(start_ms: int) -> list[list[Entry]]:
    """What a person taps on a day, batch by batch."""
    said = ((1, "now", "fine"), (2, "refreshed", "yes"), (6, "now", "heavy"), (12, "now", "fine"))
    return [
        [Entry(start_ms + hour * HOUR_MS + MINUTE_MS, ZONE, "answer", value, label=label)]
        for hour, label, value in said
    ]
