"""Files taken in by the app: whole, beside the pages, taken back in a tap; nothing of them lies about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uitknop.core import Recording
from uitknop.person import Secret, open_file
from uitknop.store import Origin
from uitknop.web.upload import safe_name


def table(minutes: int = 90) -> bytes:
    """Heart rates of a morning, one a minute."""
    rows = [f"2026-03-02 {7 + i // 60:02d}:{i % 60:02d}:00,{60 + i % 9}" for i in range(minutes)]
    return "\n".join(["time,heart_rate", *rows, ""]).encode()


def send(app: Any, *files: tuple[str, bytes]) -> str:
    parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
    answer = app.client.post("/data/import", files=parts, headers=app.headers)
    assert answer.status_code == 200
    app.house.importing.wait()
    return str(answer.url.path)


def left(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".uitknop")]


def test_files_come_in_and_each_tells_what_became_of_it(app: Any, tmp_path: Path) -> None:
    assert send(app, ("heart <1>.csv", table()), ("photo.jpg", b"\xff\xd8\xff no recording")) == "/data/import"
    page = app.get("/data/import")
    assert "heart _1_.csv" in page
    assert "taken in, 90 values" in page
    assert "photo.jpg" in page
    assert "refused" in page or "no recording" in page
    app.house.judging.wait()
    assert "heart _1_.csv" in app.get("/data")
    assert left(tmp_path) == []


def test_the_same_file_again_was_there_already(app: Any) -> None:
    send(app, ("heart.csv", table()))
    send(app, ("heart.csv", table()))
    assert "was there already" in app.get("/data/import")


def test_an_import_is_taken_back_in_a_tap(app: Any) -> None:
    send(app, ("heart.csv", table()))
    app.post("/data/import/undo")
    assert "heart.csv" not in app.get("/data")
    assert not any(each.withdrawn_ms is None for each in app.house.vault.do(lambda store: store.batches()))


def test_two_files_of_one_name_do_not_meet(app: Any) -> None:
    send(app, ("a.csv", table(60)), ("a.csv", table(90)))
    assert app.get("/data/import").count("<dt>a.csv</dt>") == 2


def test_no_file_and_an_empty_file_change_nothing(app: Any, tmp_path: Path) -> None:
    assert send(app, ("empty.csv", b"")) == "/data"
    assert left(tmp_path) == []


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "multipart/form-data; boundary=x"])
def test_what_is_no_form_with_files_is_refused_in_words(app: Any, tmp_path: Path, kind: str) -> None:
    headers = {**app.headers, "content-type": kind}
    answer = app.client.post("/data/import", content=b"--y\r\nnonsense", headers=headers)
    assert answer.status_code == 409
    assert "did not arrive whole" in answer.text
    assert left(tmp_path) == []


def test_nobody_from_outside_sends_files(make_app: Callable[..., Any], tmp_path: Path) -> None:
    app = make_app(inside=False)
    answer = app.client.post("/data/import", files={"files": ("a.csv", table())}, headers=app.headers)
    assert answer.url.path == "/locked"
    assert left(tmp_path) == []


def test_while_something_else_writes_a_tap_is_kept_and_shown_later(app: Any) -> None:
    with (
        open_file(app.path, Secret(passphrase=app.passphrase), now_ms=1) as store,
        store.batch(Origin("a", "ab", "csv", "", "", 1)) as batch,
    ):
        batch.add(Recording("csv", "a", "UTC", None))
        page = app.post("/tap", now="crash")
        assert "It is kept" in page
        app.post("/settings", theme="dim")
    assert "You said: crash" in app.get("/")
    assert 'data-theme="dim"' in app.get("/")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\a\\b.csv", "b.csv"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("Übung é.csv", "Übung é.csv"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
        ("con<>|?.csv", "con____.csv"),
    ],
)
def test_a_name_is_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
