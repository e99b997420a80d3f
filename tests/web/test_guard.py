"""Nobody but our own pages gets through, and nothing of ours can be framed, cached or read by anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.web.guard import HEADERS, MOST_BYTES, POLICY, place_of

HOST = "127.0.0.1:8425"
PAGES = ["/", "/locked", "/help", "/rest", "/settings", "/more", "/static/app.css", "/nowhere"]


def status(app: Any, path: str, method: str = "GET", data: dict[str, str] | None = None, **headers: str) -> int:
    """Status of an answer to exactly these headers, `_` standing for `-`."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return int(app.client.request(method, path, headers=told, data=data, follow_redirects=False).status_code)


@pytest.mark.parametrize("path", PAGES)
def test_a_name_that_only_points_here_is_refused(app: Any, path: str) -> None:
    assert status(app, path, host="rebound.example:8425") == 421
    assert status(app, path, host="127.0.0.1:9999") == 421
    assert status(app, path, host="127.0.0.1") == 421
    assert status(app, path, host=HOST) in (200, 303, 404)


def test_a_form_of_another_page_is_refused_and_changes_nothing(app: Any) -> None:
    own = {"host": HOST, "sec_fetch_site": "same-origin"}
    others = [
        {"origin": "http://evil.example", "sec_fetch_site": "cross-site"},
        {"origin": "http://127.0.0.1:9999", "sec_fetch_site": "same-site"},
        {"origin": "null", "sec_fetch_site": "cross-site"},
        {"origin": f"https://{HOST}"},
        {"sec_fetch_site": "same-origin"},
        {},
    ]
    for headers in others:
        assert status(app, "/tap", "POST", {"now": "heavy"}, host=HOST, **headers) == 403, headers
    assert app.entries() == []
    assert status(app, "/tap", "POST", {"now": "heavy"}, origin=f"http://{HOST}", **own) == 303
    assert app.entries() == [("answer", "now", "heavy")]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_comes_from_another_page(app: Any, method: str) -> None:
    assert status(app, "/tap", method, origin="http://evil.example") == 403


def test_a_script_or_frame_of_another_page_reads_nothing(app: Any) -> None:
    assert status(app, "/", sec_fetch_site="cross-site", sec_fetch_mode="no-cors", sec_fetch_dest="script") == 403
    assert status(app, "/", sec_fetch_site="same-site", sec_fetch_mode="cors", sec_fetch_dest="empty") == 403
    assert status(app, "/", sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="iframe") == 403
    assert status(app, "/", sec_fetch_site="same-origin", sec_fetch_mode="navigate", sec_fetch_dest="iframe") == 403
    assert status(app, "/", sec_fetch_site="none", sec_fetch_mode="navigate", sec_fetch_dest="document") == 200


@pytest.mark.parametrize("path", [*PAGES, "/open/wrong"])
def test_every_answer_leaves_with_every_protection(app: Any, path: str) -> None:
    answer = app.client.get(path, follow_redirects=False)
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_a_refusal_is_protected_too(app: Any) -> None:
    answer = app.client.get("/", headers={"host": "evil.example"})
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert answer.text == "421\n"


def test_the_policy_lets_nothing_inline_nothing_foreign_and_no_frame_in() -> None:
    parts = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in POLICY
    assert not any(word in POLICY for word in ("http:", "https:", "*", "data:", "blob:"))


def test_a_form_that_is_too_large_is_refused(app: Any) -> None:
    own = {"host": HOST, "origin": f"http://{HOST}"}
    assert status(app, "/tap", "POST", {"now": "x" * (MOST_BYTES + 1)}, **own) == 413
    assert status(app, "/tap", "POST", None, **own, content_length="-5") == 413

    def endless() -> Any:
        for _ in range(MOST_BYTES // 1000 + 2):
            yield b"n" * 1000

    kind = {"content-type": "application/x-www-form-urlencoded", "origin": f"http://{HOST}"}
    answer = app.client.post("/tap", content=endless(), headers=kind, follow_redirects=False)
    assert answer.status_code in (400, 413)
    assert app.entries() == []


def test_a_fault_shows_and_tells_nothing_of_what_was_written(
    make_app: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app()

    def broken(*_: object) -> None:
        raise RuntimeError("heavy: what a person wrote")

    monkeypatch.setattr("uitknop.web.today.said_on", broken)
    answer = app.client.get("/", headers=app.headers)
    told = capsys.readouterr()
    assert answer.status_code == 500
    assert "not your doing" in answer.text
    assert "RuntimeError at" in told.err
    assert "person" not in told.err + told.out + answer.text


def test_when_even_the_words_are_broken_a_number_is_all_there_is(
    app: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("uitknop.web.visit.templates", lambda: None)
    answer = app.client.get("/", headers=app.headers)
    assert (answer.status_code, answer.text) == (500, "500\n")
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert "AttributeError at uitknop.web.visit" in capsys.readouterr().err


def test_the_place_of_a_fault_is_its_last_line() -> None:
    with pytest.raises(ValueError, match="no") as caught:
        int("no")
    assert place_of(caught.value) == f"ValueError at {__name__}:{caught.traceback[-1].lineno + 1}"
    assert place_of(KeyError("secret")) == "KeyError"


def test_no_list_of_what_there_is_is_handed_out(app: Any) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/static/", "/static/../app.py"):
        assert status(app, path) == 404
