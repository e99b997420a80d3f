"""The app with a year in the file: how long each page takes, what it weighs, whether it moves, and the memory it needs.

    python benchmarks/app.py [--days 365] [--times 60] [--mode everything] [--processor] [--no-browser]

The year holds beats at nights and rests, a diary and three taps a day; it is made once and kept in the temporary
folder. Every page that an address leads to is asked for, in the shape with most on it. One time in ten something was
said just before, as it is in use; the rest of the time nothing changed. Bars: 100 ms at the median and 250 ms at the
99th percentile for the HTML, 150 kB a page with all it loads, no layout shift (Chromium), 2 s from a server that is up
to the first page, 400 MB. Ends with 1 when one is not held. --processor counts the time of the processor instead of the
clock on the wall, for a machine that has other work to do.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import copy2

import numpy as np
from app_pages import SAID, Weight, first_start, pages_of, weigh
from app_year import LAST_MS, MINUTE_MS, SECRET, ZONE, kept_year
from httpx import Response
from starlette.testclient import TestClient

from uitknop.report.drawing_engine import ENGINE
from uitknop.web import Circumstances, create_app
from uitknop.web.server import listen, server_of
from uitknop.web.view import View

HOST = "127.0.0.1:8425"
OWN = {"origin": f"http://{HOST}"}
MEDIAN_MS, MOST_MS, MOST_KB, FIRST_S, MOST_MB = 100.0, 250.0, 150.0, 2.0, 400.0
"""The bars."""

SAYS_EVERY = 10
"""Something is said before one request in so many."""

Clock = Callable[[], float]


class Table:
    """Rows as they are printed, and whether all bars were held."""

    held = True

    def row(self, name: str, *figures: tuple[float, str, float | None]) -> None:
        """One row of figures, each with its unit and its bar (None: it has none)."""
        broken = [figure > bar for figure, _, bar in figures if bar is not None]
        self.held &= not any(broken)
        told = "  ".join(f"{figure:8.{0 if figure >= 10 else 2}f} {unit:9}" for figure, unit, _ in figures)
        print(f"{name:34}{told}{'NOT HELD' if any(broken) else 'held' if broken else ''}", flush=True)


def main() -> int:
    """Make the year, ask for every page, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--times", type=int, default=60)
    asked.add_argument("--mode", default="everything", choices=("quiet", "ordinary", "everything"))
    asked.add_argument("--processor", action="store_true", help="processor time instead of wall time")
    asked.add_argument("--no-browser", action="store_true", help="no layout shift, no weight, no first start")
    options = asked.parse_args()
    table, view = Table(), View("nl").having("mode", options.mode)
    kept = kept_year(options.days)
    with tempfile.TemporaryDirectory() as name:
        for each in kept.glob("person.uitknop*"):
            copy2(each, name)
        path = Path(name) / "person.uitknop"
        print(f"{options.days} days, {path.stat().st_size / 1e6:.0f} MB, {options.mode}", flush=True)
        clock = time.process_time if options.processor else time.perf_counter
        pages = html(table, path, view, options.times, clock)
        ENGINE.end()  # Only what has ended is counted.
        unit = 1 if sys.platform == "darwin" else 1024
        own, drawn = (
            resource.getrusage(who).ru_maxrss * unit / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        table.row("memory of the app, most of it", (own, "MB", MOST_MB))
        table.row("of the process that draws, beside it", (drawn, "MB", None))
        if not options.no_browser:
            browser(table, path, view, pages, Path(name) / "new")
    print("all bars held" if table.held else "not all bars held")
    return 0 if table.held else 1


def html(table: Table, path: Path, view: View, times: int, clock: Clock) -> tuple[str, ...]:
    """How long the HTML of each page takes, the app and who asks in one process; the pages there are."""
    now = Now()
    begun = clock()
    app = create_app(circumstances(path, now))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        client.get(f"/open/{app.state.house.door.code}")
        table.row("from start to Today", (clock() - begun, "s", FIRST_S))
        settle = app.state.house.judging.wait
        settle()
        client.post("/settings", data={"lang": view.lang, "mode": view.mode}, headers=OWN)
        pages = pages_of(lambda page: client.get(page).text)
        n_verdicts, n_lines = len(app.state.house.judging.found.verdicts), len(app.state.house.vault.entries())
        print(f"{n_verdicts} verdicts, {n_lines} lines, {len(pages)} kinds of pages", flush=True)

        def say() -> None:
            now.ms += MINUTE_MS
            client.post("/tap", data={"now": "heavy"}, headers=OWN, follow_redirects=False)
            settle()

        def show(name: str, ask: Callable[[], int], bars: tuple[float, float] | None = (MEDIAN_MS, MOST_MS)) -> None:
            took_ms, n_bytes = timed(ask, say, settle, times if bars else 5, clock)
            median, most = (float(one) for one in np.percentile(took_ms, [50, 99]))
            median_bar, most_bar = bars or (None, None)
            table.row(
                name, (median, "ms median", median_bar), (most, "ms 99 %", most_bar), (n_bytes / 1000, "kB", None)
            )

        for page in pages:
            show(page, partial(size_of, client.get, page))
        for name, where, said in SAID:
            bars = None if said.get("how") == "pdf" else (MEDIAN_MS, MOST_MS)
            show(name, partial(size_of, client.post, where, data=said, headers=OWN), bars)
    return pages


def size_of(ask: Callable[..., Response], where: str, **told: object) -> int:
    """Bytes of an answer; what is no answer is not measured."""
    answer = ask(where, **told)
    if answer.status_code != 200:
        raise SystemExit(f"{where} answered {answer.status_code}")
    return len(answer.content)


def timed(
    ask: Callable[[], int], say: Callable[[], None], settle: Callable[[], None], times: int, clock: Clock
) -> tuple[list[float], int]:
    """How long each asking took, ms, and the size of the answer, bytes."""
    took_ms, n_bytes = [], 0
    for number in range(times):
        if number % SAYS_EVERY == SAYS_EVERY - 1:
            say()
        begun = clock()
        n_bytes = ask()
        took_ms.append(1000 * (clock() - begun))
        settle()
    return took_ms, n_bytes


def browser(table: Table, path: Path, view: View, pages: tuple[str, ...], empty: Path) -> None:
    """What a page weighs with all it loads, and what moves, in Chromium; then somebody's very first start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"])
        with served(path) as door:
            weights: dict[str, Weight] = weigh(opened, door, pages, view)
        for page, weight in weights.items():
            table.row(f"{page}, in Chromium", (weight.kilobytes, "kB in all", MOST_KB), (weight.shift, "shift", 0.0))
        with served(empty) as door:
            table.row("first start to Today", (first_start(opened, door), "s", FIRST_S))
        opened.close()


def chromium_path() -> str:
    """Where `make test` found the browser."""
    import os

    kept = Path(__file__).parent.parent / ".venv/set-up-chromium"
    path = os.environ.get("UITKNOP_CHROMIUM") or (kept.read_text(encoding="utf-8").strip() if kept.exists() else "")
    if not path:
        raise SystemExit("no browser: run `make ready-test`, set UITKNOP_CHROMIUM, or ask for --no-browser")
    return path


class Now:
    """The clock of the app: when the year ends."""

    ms = LAST_MS


def circumstances(path: Path, now: Now) -> Circumstances:
    """The file of the year, at its end."""
    return Circumstances(path=path, secret=SECRET, hosts=frozenset({HOST}), now_ms=lambda: now.ms, zone=ZONE, lang="nl")


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The app behind a port of this computer, and the address that opens it."""
    ready, door = threading.Event(), []

    def up(address: str) -> None:
        door.append(address)
        ready.set()

    listening = listen(0)
    server = server_of(circumstances(path, Now()), listening, up)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    ready.wait(30)
    try:
        yield door[0]
    finally:
        server.should_exit = True
        thread.join(20)


if __name__ == "__main__":
    sys.exit(main())
