"""What the pages do can be done over the API, in the same words, and with the same guard before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ORIGIN = "http://127.0.0.1:8425"
POSTS: dict[str, dict[str, object]] = {
    "/taps": {"now": "heavy"},
    "/undo": {"batch": 1},
    "/refreshed": {"answer": "yes"},
    "/rests": {},
    "/rests/end": {"since_ms": 1},
    "/rests/felt": {"felt": "calmer"},
    "/breathing": {},
    "/breathing/end": {"since_ms": 1, "minutes": 1},
    "/settings": {"theme": "light"},
    "/claims": {"words": "rust"},
    "/conditions": {"condition": "asthma", "has": True},
    "/keys": {},
    "/live/" + "0" * 32: {"packets": []},
}
GETS = (
    "/today",
    "/rests/running",
    "/breathing",
    "/verdicts",
    "/settings",
    "/claims/C001",
    "/live",
    "/conditions",
    "/keys",
)
OPEN_TO_ALL = {"/taps", "/claims", "/claims/C001"}
"""What can be done while the file is locked: the tap is sealed, and claims are nobody's secret."""


def post(app: Any, path: str, body: object, status: int = 200, **headers: str) -> Any:
    told = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **headers}
    answer = app.client.post(f"/api{path}", json=body, headers=told)
    assert answer.status_code == status, answer.text[:300]
    return answer.json()


def get(app: Any, path: str, status: int = 200) -> Any:
    answer = app.client.get(f"/api{path}")
    assert answer.status_code == status, answer.text[:300]
    return answer.json()


def test_a_tap_is_said_shown_and_taken_back(app: Any) -> None:
    kept = post(app, "/taps", {"now": "heavy"})
    assert not kept["sealed"]
    (said,) = get(app, "/today")["said"]
    assert (said["batch"], said["words"], said["at"]) == (kept["batch"], "heavy", "14:00")
    post(app, "/undo", {"batch": kept["batch"]})
    assert get(app, "/today")["said"] == []
    post(app, "/undo", {"batch": kept["batch"]}, 409)


def test_a_tap_while_the_file_is_locked_is_sealed_and_comes_later(make_app: Callable[..., Any]) -> None:
    app = make_app(inside=False)
    assert post(app, "/taps", {"now": "crash"}) == {"batch": None, "sealed": True}
    get(app, "/today", 401)
    app.post("/unlock", passphrase=app.passphrase)
    assert [one["words"] for one in get(app, "/today")["said"]] == ["crash"]


def test_a_rest_begins_runs_ends_and_feels(app: Any) -> None:
    assert get(app, "/rests/running") is None
    begun = post(app, "/rests", {"beside": "bottle"})
    assert get(app, "/rests/running") == begun
    app.clock.later(20)
    assert post(app, "/rests/end", begun)["batch"]
    assert get(app, "/rests/running") is None
    post(app, "/rests/felt", {"felt": "calmer"})
    post(app, "/refreshed", {"answer": "yes"})
    assert set(app.entries()) >= {
        ("rest", "warm_bottle", "passive"),
        ("answer", "felt", "calmer"),
        ("answer", "refreshed", "yes"),
    }


def test_words_that_ask_for_help_begin_no_rest_and_are_kept(app: Any) -> None:
    told = post(app, "/rests", {"own": "ik wil dood"}, 409)
    assert "113" in told["trouble"]
    assert get(app, "/rests/running") is None
    assert [kind for kind, label, _ in app.entries() if "suicid" in label] == ["event"]


def test_breathing_begins_for_as_long_as_fits_and_is_refused_when_it_was_enough(app: Any) -> None:
    assert get(app, "/breathing") == {"minutes": 1, "in_s": 4, "out_s": 6, "own": True}
    begun = post(app, "/breathing", {"pace": "slower", "sound": "bell"})
    assert begun["rate"] == "5"
    assert begun["in_s"] + begun["out_s"] == pytest.approx(12)  # s, in floating point
    app.clock.later(begun["minutes"])
    assert post(app, "/breathing/end", {"since_ms": begun["since_ms"], "minutes": begun["minutes"]})["batch"]
    post(app, "/breathing", {}, 409)
    get(app, "/breathing", 409)


def test_settings_are_told_and_chosen_and_hold_for_the_file(app: Any) -> None:
    assert get(app, "/settings")["theme"] == "dark"
    chosen = post(app, "/settings", {"theme": "light", "measuring": "off"})
    assert (chosen["theme"], chosen["measuring"], chosen["mode"]) == ("light", "off", "quiet")
    assert get(app, "/verdicts") == {"measures": False, "verdicts": []}
    post(app, "/settings", {"theme": "red"}, 422)
    post(app, "/settings", {"colour": "dark"}, 422)


def test_claims_are_found_with_their_grade_and_sources(app: Any) -> None:
    all_of_them = post(app, "/claims", {})
    found = post(app, "/claims", {"words": "rest"})
    assert 0 < len(found) < len(all_of_them)
    assert any(one["refuted"] for one in all_of_them)
    one = get(app, f"/claims/{found[0]['id'].lower()}")
    assert one == found[0]
    get(app, "/claims/C9999", 409)
    get(app, "/claims/none", 422)


def test_nobody_outside_is_told_anything(make_app: Callable[..., Any]) -> None:
    app = make_app(inside=False)
    for path, body in POSTS.items():
        post(app, path, body, 200 if path in OPEN_TO_ALL else 401)
    for path in GETS:
        get(app, path, 200 if path in OPEN_TO_ALL else 401)


def test_a_page_of_another_place_changes_nothing(app: Any) -> None:
    for path, body in POSTS.items():
        for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
            told = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **headers}
            assert app.client.post(f"/api{path}", json=body, headers=told).status_code == 403, (path, headers)
        assert app.client.post(f"/api{path}", json=body, headers={"host": "evil.example"}).status_code == 421, path
    assert app.entries() == []


def test_an_answer_is_stored_nowhere_and_framed_by_nobody(app: Any) -> None:
    for path in GETS:
        answer = app.client.get(f"/api{path}")
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["content-type"] == "application/json", path
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path


def test_a_refusal_says_nothing_of_what_was_sent(app: Any) -> None:
    secret = "something-of-a-person"
    for body in ({"now": secret}, {"own": secret * 10}):
        told = app.client.post("/api/taps", json=body, headers={"origin": ORIGIN})
        assert told.status_code == 422
        assert secret not in told.text


def test_a_cookie_that_was_stolen_is_worth_nothing_after_locking(app: Any) -> None:
    token = app.client.cookies["uitknop"]
    app.post("/lock")
    app.client.cookies.set("uitknop", token)
    get(app, "/today", 401)
    get(app, "/live", 401)


def test_what_breaks_is_told_without_its_details(app: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("something of a person")

    app.house.vault.take_taps_in = broken
    answer = app.client.get("/api/today")
    assert answer.status_code == 500
    assert "something of a person" not in answer.text + "".join(capsys.readouterr())


@pytest.mark.parametrize("path", ["/api/nowhere", "/api/claims/C0%0A01", "/api/%0D%0A", "/api/live/a%0Ab"])
def test_an_address_that_is_not_there_is_told_in_json(app: Any, path: str) -> None:
    answer = app.client.get(path)
    assert answer.status_code == 404
    assert set(answer.json()) == {"trouble"}
    assert "<html" not in app.client.post(path, json={}, headers={"origin": ORIGIN}).text


def test_a_pace_of_ones_own_goes_by_tenths(app: Any) -> None:
    assert post(app, "/breathing", {"rate": 5.3})["rate"] == "5.3"
    for rate in (3.9, 8.1):
        post(app, "/breathing", {"rate": rate}, 422)
