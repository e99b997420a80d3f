"""`uitknop demo`: a person made once and whole, lived with in a copy that does not outlive the program."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from uitknop.cli import demo_person
from uitknop.cli.demo_diary import answers_of
from uitknop.cli.demo_person import (
    ABOUT,
    NAME,
    SEED,
    behind_ms,
    get_ready,
    is_ready,
    last_day_before,
    place_of,
    secret_in,
    stamp_of,
    thrown_away,
)
from uitknop.person import findings_of, open_file
from uitknop.synthetic import LivedDay, life_of, live
from uitknop.walk import standing

UITKNOP = Path(sys.executable).parent / "uitknop"
ZONE = "Europe/Amsterdam"
LAST = date(2026, 2, 28)
"""A day whatever the real one: the clock of the app follows it."""


class Stopped(Exception):
    """Somebody stops the program while it makes the person."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person of one day, as it stands in the cache."""
    told: list[tuple[int, int]] = []
    made = tmp_path_factory.mktemp("cache") / "demo-of-a-day"
    get_ready(made, life_of(SEED, 1, zone=ZONE, last=LAST), lambda done, total: told.append((done, total)))
    assert is_ready(made)
    assert told == sorted(told)
    assert told[0][0] == 0
    return made


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_the_place_of_months(cache: Path, kept: Path) -> None:
    """The person of one day where that of months is looked for."""
    cache.mkdir()
    place_of(cache, ZONE).symlink_to(kept)


def test_the_place_of_a_person_hangs_on_who_it_is_and_not_on_the_day(kept: Path) -> None:
    assert names(kept) == sorted([ABOUT, demo_person.KEY, NAME, f"{NAME}.keys"])
    found = {stamp_of(seed, days, zone) for seed in (1, 2) for days in (7, 8) for zone in (ZONE, "UTC")}
    assert len(found) == 8
    assert stamp_of(1, 7, ZONE) in found


def test_a_stop_while_it_is_made_leaves_no_half_person(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Stopped

    (tmp_path / "demo-other").mkdir()
    with pytest.raises(Stopped):
        get_ready(tmp_path / "demo-this", life_of(SEED, 1, zone=ZONE, last=LAST), stop)
    assert names(tmp_path) == ["demo-other"]


def test_what_is_in_the_file_is_judged_and_was_answered(kept: Path) -> None:
    with thrown_away(kept) as folder, open_file(folder / NAME, secret_in(folder), now_ms=0) as store:
        entries, found = tuple(store.entries()), findings_of(store)
        assert (folder / NAME).read_bytes()[:15] != b"SQLite format 3"
        now_ms = max(bout.bout.span.end_ms for bout in found.verdicts) + 86_400_000
        stands = standing(entries, found.verdicts, now_ms=now_ms, zone=ZONE)
    assert {verdict.bout.kind for verdict in found.verdicts} & {"passive", "breathing", "nsdr"}
    assert (stands.state.track.track, stands.flags) == ("B", ())
    assert not folder.exists()


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_a_copy_is_gone_whatever_ends_it_and_so_is_that_of_a_program_that_was_killed(
    end: type[BaseException], kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / f"{demo_person.COPY}{gone.pid}-left").mkdir()
    (tmp_path / f"{demo_person.COPY}{os.getpid()}-mine").mkdir()
    before = {path.name: path.read_bytes() for path in kept.iterdir()}

    def stopped() -> None:
        with thrown_away(kept) as folder:
            (folder / NAME).write_bytes(b"changed")
            raise end

    with pytest.raises(end):
        stopped()
    assert names(tmp_path) == [f"{demo_person.COPY}{os.getpid()}-mine"]
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before


def test_the_days_of_the_person_follow_the_clock_on_the_wall(kept: Path) -> None:
    assert last_day_before(datetime(2026, 3, 1, 9, 0)) == LAST
    assert behind_ms(kept, datetime(2026, 3, 1, 9, 0)) == 0
    assert behind_ms(kept, datetime(2026, 3, 2, 7, 59)) == 0  # the night of the last day is still going on
    assert behind_ms(kept, datetime(2026, 3, 2, 8, 0)) == 86_400_000
    assert behind_ms(kept, datetime(2026, 4, 1, 9, 0)) == 31 * 86_400_000 - 3_600_000  # the clocks went forward


def test_a_person_of_months_answers_again_and_again_and_pem_is_known() -> None:
    day = next(live(life_of(SEED, 1, zone=ZONE, last=LAST)))

    def lists(days_left: int, before: LivedDay | None) -> set[str]:
        told = answers_of(day, before, days_left, ZONE)
        assert [line.at_ms for line in told] == sorted({line.at_ms for line in told})
        return {line.label.partition("/")[0] for line in told if line.kind == "answer"}

    assert lists(97, None) >= {"red_flags", "pem_screen", "function", "mood", "energy"}
    assert lists(38, day) == {"pem_screen"}
    assert lists(11, day) == set()
    back = answers_of(replace(day, season="way_back"), day, 11, ZONE)
    assert [(line.kind, line.label, line.value) for line in back] == [("event", "phase", "2")]


@pytest.fixture
def running(kept: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo in a process of its own on a machine without a display, and the address that it printed."""
    home = {"XDG_CACHE_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "copies"), "TZ": ZONE}
    (tmp_path / "home").mkdir()
    (tmp_path / "copies").mkdir()
    in_the_place_of_months(tmp_path / "home" / "uitknop", kept)
    others = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")}
    child = subprocess.Popen(
        [UITKNOP, "demo", "--no-browser", "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**others, **home},
    )
    assert child.stdout is not None
    yield child, child.stdout.readline().strip()
    child.kill()
    child.communicate()


def test_it_opens_on_today_in_a_browser_says_that_nobody_is_real_and_leaves_nothing(
    running: tuple[subprocess.Popen[str], str], chromium: str, tmp_path: Path
) -> None:
    child, address = running
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.goto(address)
        assert page.get_by_text("How is it now?").is_visible()
        assert page.get_by_text("A made-up person").is_visible()
        page.goto(urlsplit(address)._replace(path="/look-back").geturl())
        assert page.get_by_text("A made-up person").is_visible()
        browser.close()
    assert len(names(tmp_path / "copies")) == 1
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    assert (child.returncode, names(tmp_path / "copies")) == (0, [])
    assert "does not exist" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", 70_000], "1 to 65535"),
        (["--port", 8571, "--page", "page.html"], "--port belongs"),
        (["--seed", 3], "--page FILE"),
        (["--days", 3], "--page FILE"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_words(
    arguments: list[object], said: str, run: Callable[..., Any]
) -> None:
    told = run("demo", "--no-browser", *arguments, "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)
    assert said in told.err


def test_a_port_that_is_taken_is_told_before_anything_is_made(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        said = run("demo", "--no-browser", "--port", taken.getsockname()[1])
    assert (said.code, len(said.remarks)) == (2, 1)
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_can_not_be_written_is_told(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    said = run("demo", "--no-browser", "--lang", "en")
    assert (said.code, len(said.remarks)) == (2, 1)
    assert "cache folder" in said.err
