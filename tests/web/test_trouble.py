"""What happens to anybody: two tabs, a clock that is set, a laptop asleep, an import that runs, keys that are gone."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from uitknop.web import importing


def numbers(page: str) -> list[str]:
    """By which each thing that was said is taken back."""
    return re.findall(r'name="batch" value="(\d+)"', page)


# --- Two tabs ------------------------------------------------------------------------------------------------------


def test_what_was_undone_in_one_tab_can_be_undone_in_the_other_too_and_takes_nothing_else(app: Any) -> None:
    app.post("/tap", now="heavy")
    app.clock.later(1)
    (first, *_) = numbers(app.post("/tap", now="fine"))
    app.clock.later(1)
    app.post("/undo", batch=first)
    app.post("/undo", batch=first)
    assert app.entries() == [("answer", "now", "heavy")]


@pytest.mark.parametrize(("path", "more"), [("/rest", {}), ("/breathe", {"minutes": "1"})])
def test_a_rest_that_was_ended_in_one_tab_is_not_kept_again_from_the_other(
    app: Any, path: str, more: dict[str, str]
) -> None:
    since = str(app.clock.now_ms)
    app.post(f"{path}/start")
    app.clock.later(5)
    app.post(f"{path}/stop", since=since, **more)
    before = app.entries()
    app.clock.later(5)
    app.post(f"{path}/stop", since=since, **more)
    assert app.entries() == before
    assert [kind for kind, _, _ in before].count("rest") == 1


def test_a_lock_in_one_tab_locks_the_other_and_a_tap_from_there_waits_sealed(app: Any) -> None:
    app.get("/rest")
    kept = app.client.cookies["uitknop"]
    app.post("/lock")
    app.client.cookies.set("uitknop", kept)
    assert "It is kept" in app.post("/tap", now="crash")
    for path in ("/settings", "/plan/switch", "/conditions", "/keys/recovery"):
        answer = app.client.post(path, data={"on": "on", "condition": "asthma", "has": "yes"}, headers=app.headers)
        assert answer.url.path == "/locked"
    app.post("/unlock", passphrase=app.passphrase)
    assert app.entries() == [("answer", "now", "crash")]


# --- The clock -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-30, -1, 1, 30])
def test_a_clock_that_is_set_loses_nothing_ends_no_session_and_can_be_undone(app: Any, hours: int) -> None:
    app.post("/tap", now="heavy")
    app.client.get("/plan", headers=app.headers)
    app.clock.now_ms += hours * 3_600_000  # the clock that nobody sets goes on as it was
    assert app.client.get("/plan", headers=app.headers).status_code == 200
    page = app.post("/tap", now="fine")
    assert "You said: all right" in page
    assert len(app.entries()) == 2
    app.clock.later(1)
    app.post("/undo", batch=numbers(page)[0])
    assert len(app.entries()) == 1


def test_a_laptop_that_slept_through_a_rest_keeps_it_and_is_asked_how_it_felt(app: Any) -> None:
    since = str(app.clock.now_ms)
    app.post("/rest/start")
    app.clock.now_ms += 3 * 3_600_000  # asleep: no clock of the program went on
    assert "You are resting since" in app.get("/")
    assert "How did it feel?" in app.post("/rest/stop", since=since)
    assert ("rest", "", "passive") in app.entries()


# --- The file ------------------------------------------------------------------------------------------------------


def test_while_an_import_runs_pages_answer_and_the_lock_waits_for_no_end(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(store: Any, files: list[Path], *, on_progress: Any, **_: Any) -> None:
        begun.set()
        while not go_on.wait(0.01):
            on_progress(1.0, 2.0, "a.csv")

    monkeypatch.setattr(importing, "take_in", slow)
    content = b"time,heart_rate\n2026-03-02 07:00:00,60\n"
    app.client.post("/data/import", files=[("files", ("a.csv", content, "text/csv"))], headers=app.headers)
    assert begun.wait(10)
    try:
        for path in ("/", "/plan", "/data", "/data/import", "/conditions", "/keys"):
            assert app.client.get(path, headers=app.headers).status_code == 200, path
        assert "You said: heavy" in app.post("/tap", now="heavy")
        app.client.post("/data/import", files=[("files", ("b.csv", content, "text/csv"))], headers=app.headers)
        app.post("/lock")  # the import at hand stops by itself
        assert not app.house.vault.is_open
    finally:
        go_on.set()
    assert not [each for each in app.path.parent.iterdir() if each.name.startswith(".uitknop")]


@pytest.mark.parametrize("damage", ["gone", "garbled", "empty"])
def test_keys_that_can_not_be_read_are_told_and_help_stays(app: Any, damage: str) -> None:
    keys = app.path.with_name("person.uitknop.keys")
    app.post("/lock")
    kept = keys.read_bytes()
    keys.unlink() if damage == "gone" else keys.write_bytes(b"" if damage == "empty" else kept[: len(kept) // 2])
    page = app.get("/locked")
    assert "Its keys can" in page
    assert "113" in page
    assert "How is it now" not in page
    app.post("/tap", 409, now="heavy")
    keys.write_bytes(kept)
    assert "How is it now" in app.post("/unlock", passphrase=app.passphrase)
