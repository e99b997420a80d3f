"""The first start: three taps, each of which may be passed over, and a rest can begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import text_of

Make = Callable[..., Any]


@pytest.fixture
def fresh(make_app: Make) -> Any:
    """The app before there is a file, with somebody who came through the door."""
    return make_app(there=False)


def at(app: Any, path: str = "/") -> str:
    return str(app.client.get(path, headers=app.headers).url.path)


def test_three_taps_lead_to_a_rest(fresh: Any) -> None:
    assert at(fresh) == "/start"
    assert "None of these" in fresh.post("/start/language", lang="en")
    assert "Skip" in fresh.post("/start/signs")
    assert 'href="/rest"' in fresh.post("/start/effort", answer="1")
    assert fresh.entries() == [
        ("answer", "pem_screen/1/small_effort_often", "1"),
        ("answer", "red_flags/1/signs", "none"),
    ]
    assert at(fresh, "/rest") == "/rest"
    assert at(fresh) == "/"


def test_every_question_may_be_passed_over(fresh: Any) -> None:
    fresh.post("/start/language", lang="nl")
    fresh.post("/start/skip", step="signs")
    fresh.post("/start/skip", step="effort")
    assert fresh.entries() == []
    assert at(fresh) == "/"


def test_a_start_that_was_broken_off_goes_on_where_it_was(fresh: Any) -> None:
    fresh.post("/start/language", lang="en")
    assert at(fresh) == "/start/signs"
    fresh.post("/start/signs")
    assert at(fresh) == "/start/effort"
    assert at(fresh, "/rest") == "/rest"  # and resting can be done meanwhile
    assert at(fresh, "/help") == "/help"


def test_a_red_flag_leads_to_help_at_once(fresh: Any) -> None:
    fresh.post("/start/language", lang="en")
    page = text_of(fresh.post("/start/signs", signs=["chest_pain", "pregnant"]))
    assert "Call 112 now" in page
    assert page.index("Call 112 now") < page.index("We adapt")
    assert ("answer", "red_flags/1/signs", "chest_pain,pregnant") in fresh.entries()


def test_a_sign_that_does_not_exist_is_refused_in_words(fresh: Any) -> None:
    fresh.post("/start/language", lang="en")
    assert "Not possible now" in fresh.post("/start/signs", 409, signs=["nonsense"])
    assert fresh.entries() == []


@pytest.mark.parametrize("answer", ["5", "-1", "x", "-", ""])
def test_what_is_no_answer_about_effort_stays_unknown(fresh: Any, answer: str) -> None:
    fresh.post("/start/language", lang="en")
    if answer:
        fresh.post("/start/effort", answer=answer)
        assert fresh.entries() == [("answer", "pem_screen/1/small_effort_often", "-")]
    else:
        fresh.post("/start/effort", 422, answer=answer)


def test_the_recovery_key_is_shown_until_it_is_written_down_and_then_no_more(fresh: Any) -> None:
    fresh.post("/start/language", lang="en")
    printed = fresh.house.printed
    assert len(printed.replace("-", "")) == 35
    assert printed in fresh.get("/start/ready")
    fresh.post("/start/written")
    assert printed not in fresh.get("/start/ready")
    fresh.post("/lock")
    fresh.post("/unlock", recovery=printed)
    assert fresh.house.vault.is_open


def test_without_a_key_ring_a_passphrase_is_asked(make_app: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(there=False, knows=False)
    monkeypatch.setattr(app.house.vault, "make", _no_ring(app.house.vault.make))
    assert "choose a passphrase" in app.post("/start/language", lang="en")
    assert "at least 8 characters" in app.post("/start/passphrase", 400, passphrase="short")
    assert "None of these" in app.post("/start/passphrase", passphrase=app.passphrase)


def _no_ring(make: Callable[..., str]) -> Callable[..., str]:
    from uitknop.person import Secret

    def made(secret: Secret) -> str:
        return make(Secret() if secret.passphrase == "not this one" else secret)

    return made


def test_nobody_from_outside_makes_a_file(make_app: Make) -> None:
    app = make_app(there=False, inside=False)
    for path in ("/start", "/start/passphrase"):
        assert at(app, path) == "/locked"
    app.post("/start/language", lang="en")
    app.post("/start/passphrase", passphrase="a passphrase of somebody else")
    assert not app.path.exists()
