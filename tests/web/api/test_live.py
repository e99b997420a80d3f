"""Beats over the API: typed, guarded, and acknowledged only once they are in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NAME = "0" * 31 + "1"
ORIGIN = "http://127.0.0.1:8425"


def packet(n: int, at_ms: int, data: str = "163ce003") -> dict[str, object]:
    return {"n": n, "at_ms": at_ms, "connection": 0, "data": data}


def send(app: Any, body: object, name: str = NAME, **headers: str) -> Any:
    told = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **headers}
    return app.client.post(f"/api/live/{name}", json=body, headers=told)


def test_packets_are_taken_once_and_kept_when_the_page_leaves(app: Any) -> None:
    now_ms = app.clock.now_ms
    packets = [packet(n, now_ms + 968 * n) for n in range(10)]
    assert send(app, {"device": "Strap", "packets": packets}).json() == {"wanted": 10, "kept": 0}
    assert send(app, {"device": "Strap", "packets": packets}).json() == {"wanted": 10, "kept": 0}
    assert send(app, {"packets": [packet(12, now_ms)], "leaves": True}).json() == {"wanted": 10, "kept": 10}
    recordings = app.house.vault.do(lambda store: store.recordings())
    assert [len(one.beats) for one in recordings] == [10]
    assert recordings[0].beats.device == "Strap"


def test_the_lock_keeps_what_came(app: Any) -> None:
    packets = [packet(n, app.clock.now_ms + 968 * n) for n in range(10)]
    send(app, {"packets": packets})
    app.post("/lock")
    assert send(app, {"packets": packets}).status_code == 401
    app.post("/unlock", passphrase=app.passphrase)
    assert send(app, {"packets": packets}).json() == {"wanted": 10, "kept": 10}


def test_nobody_outside_sends_or_reads_anything(make_app: Callable[..., Any]) -> None:
    app = make_app(inside=False)
    answer = send(app, {"packets": []})
    assert answer.status_code == 401
    assert answer.json()["trouble"]
    assert app.client.get("/api/live").status_code == 401


def test_a_page_of_another_place_sends_nothing(app: Any) -> None:
    body = {"packets": [packet(0, app.clock.now_ms)], "leaves": True}
    others = ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"})
    for headers in others:
        assert send(app, body, **headers).status_code == 403
    assert app.house.vault.do(lambda store: store.recordings()) == ()


def test_what_has_another_form_is_refused_in_words(app: Any) -> None:
    now_ms = app.clock.now_ms
    wrong: list[object] = [
        [],
        {"packets": [packet(-1, now_ms)]},
        {"packets": [packet(0, now_ms, "1")]},
        {"packets": [packet(0, now_ms, "ZZ")]},
        {"packets": [packet(0, now_ms, "")]},
        {"packets": [packet(0, -1)]},
        {"packets": [packet(0, now_ms)] * 401},
        {"packets": [], "more": 1},
        {"packets": "00"},
    ]
    for body in wrong:
        answer = send(app, body)
        assert (answer.status_code, list(answer.json())) == (422, ["trouble"]), body
    assert send(app, {"packets": []}, name="a-name").status_code == 422


def test_without_measuring_no_beat_is_taken(app: Any) -> None:
    app.post("/settings/measuring", on="off")
    assert send(app, {"packets": [packet(0, app.clock.now_ms)]}).status_code == 409
    assert app.client.get("/api/live").status_code == 409


def test_the_diary_at_hand_survives_what_the_strap_brings(app: Any) -> None:
    app.post("/tap", now="heavy")
    before = app.house.vault.lines._revision
    send(app, {"packets": [packet(n, app.clock.now_ms + 968 * n) for n in range(10)], "leaves": True})
    assert app.house.vault.lines._revision == before + 1
    assert app.entries() == [("answer", "now", "heavy")]
    assert not app.house.vault.lines.overtaken


def test_an_address_that_is_not_there_is_told_in_json(app: Any) -> None:
    answer = app.client.get("/api/nowhere")
    assert answer.status_code == 404
    assert answer.json()["trouble"]
