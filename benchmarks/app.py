"""The app with a year in the file: how long each page takes, what it weighs, and how much memory the program needs.

    python benchmarks/app.py [--days 365] [--times 40]

The year is a diary without beats: three taps, two rests with their posture and how they felt, and a night's answer a
day. Bars: 100 ms at the median, 250 ms at the 99th percentile, 150 kB a page, 2 s from start to the first page, 400 MB.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from starlette.testclient import TestClient

from uitknop.core import Entry
from uitknop.person import Secret, make_file
from uitknop.web import Circumstances, create_app
from uitknop.web.lines import Lines
from uitknop.web.visit import STARTED

HOST, ZONE, SECRET = "127.0.0.1:8425", "Europe/Amsterdam", Secret(passphrase="correct horse battery")
DAY_MS, HOUR_MS, MINUTE_MS = 86_400_000, 3_600_000, 60_000
PAGES = ("/", "/rest", "/help", "/more", "/look-back", "/sheet", "/why", "/why/C001", "/data", "/settings", "/signs")
SAID = (("/tap", {"now": "heavy"}), ("/why", {"words": "cortisol"}), ("/sheet", {"how": "show", "parts": "rest"}))
OWN = {"origin": f"http://{HOST}"}


def a_day(start_ms: int) -> list[list[Entry]]:
    """What a person says on a day, batch by batch."""
    said = [
        [Entry(start_ms + hour * HOUR_MS, ZONE, "answer", value, label="now")]
        for hour, value in ((1, "fine"), (6, "heavy"), (12, "fine"))
    ]
    for hour, label in ((3, "warm_bottle"), (9, "dark_quiet")):
        at_ms = start_ms + hour * HOUR_MS
        end_ms = at_ms + 25 * MINUTE_MS
        said.append(
            [Entry(at_ms, ZONE, "rest", "passive", end_ms, label), Entry(at_ms, ZONE, "posture", "supine", end_ms)]
        )
        said.append([Entry(end_ms + MINUTE_MS, ZONE, "answer", "calmer", label="felt")])
    return [*said, [Entry(start_ms + 2 * HOUR_MS, ZONE, "answer", "yes", label="refreshed")]]


def make_year(path: Path, days: int, now_ms: int) -> int:
    """The file; the number of lines in it."""
    store, _ = make_file(path, SECRET, now_ms=now_ms)
    lines = Lines()
    with store:
        store.keep_setting("zone", ZONE)
        store.keep_setting(STARTED, str(now_ms))
        for day in range(days, 0, -1):
            for said in a_day(now_ms - day * DAY_MS):
                lines.write(store, said, now_ms)
        return len(lines.all(store))


def show(name: str, took_ms: list[float], n_bytes: int) -> None:
    """One line of the table."""
    median, most = np.percentile(took_ms, [50, 99])
    print(f"{name:16} median {median:6.0f} ms   99 % {most:6.0f} ms   {n_bytes / 1000:6.1f} kB")


def main() -> None:
    """Makes the year and asks for every page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--times", type=int, default=40)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "person.uitknop"
        n_lines = make_year(path, options.days, round(time.time() * 1000))
        print(f"{options.days} days, {n_lines} lines, {path.stat().st_size / 1e6:.1f} MB")
        begun = time.perf_counter()
        app = create_app(Circumstances(path=path, secret=SECRET, hosts=frozenset({HOST}), zone=ZONE, lang="nl"))
        with TestClient(app, base_url=f"http://{HOST}") as client:
            client.get(f"/open/{app.state.house.door.code}")
            print(f"from start to Today {time.perf_counter() - begun:.2f} s")
            app.state.house.judging.wait()
            for page in PAGES:
                show(page, *timed(lambda p=page: client.get(p), options.times))
            for page, said in SAID:
                show(f"{page}, said", *timed(lambda p=page, d=said: client.post(p, data=d, headers=OWN), options.times))
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    print(f"memory {most_mb:.0f} MB")


def timed(ask: object, times: int) -> tuple[list[float], int]:
    """How long each asking took, ms, and the size of the answer, bytes."""
    assert callable(ask)
    took_ms, n_bytes = [], 0
    for _ in range(times):
        begun = time.perf_counter()
        answer = ask()
        took_ms.append(1000 * (time.perf_counter() - begun))
        n_bytes = len(answer.content)
    return took_ms, n_bytes


if __name__ == "__main__":
    main()
