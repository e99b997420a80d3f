"""How the file opens is changed by who is inside and knows the passphrase; a new recovery key is shown once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from uitknop.core.errors import WrongKey
from uitknop.person import Secret
from uitknop.person.unlock import data_key_of
from uitknop.web.circumstances import Circumstances

NEW = "a quiet green pond"


class Ring:
    """A key ring that keeps secrets."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, account: str) -> str | None:
        return self.kept.get(account)

    def set(self, account: str, secret: str) -> None:
        self.kept[account] = secret

    def delete(self, account: str) -> None:
        del self.kept[account]


@pytest.fixture
def ring(app: Any) -> Ring:
    """A key ring for the app of this test."""
    ring = Ring()
    here: Circumstances = app.house.here
    object.__setattr__(here, "secret", Secret(passphrase=app.passphrase, ring=ring))
    return ring


def opens(app: Any, secret: Secret) -> bool:
    try:
        return bool(data_key_of(app.path, secret))
    except WrongKey:
        return False


def set_passphrase(app: Any, current: str, new: str = NEW, status: int = 200) -> str:
    return str(app.post("/keys/passphrase", status, current=current, new=new, again=new))


def test_a_passphrase_is_changed_and_the_one_before_opens_no_more(app: Any) -> None:
    page = set_passphrase(app, app.passphrase)
    assert "How your file opens" in page
    assert NEW not in page
    assert opens(app, Secret(passphrase=NEW))
    assert not opens(app, Secret(passphrase=app.passphrase))
    app.post("/lock")
    assert "How is it now" in app.post("/unlock", passphrase=NEW)


def test_who_does_not_know_the_passphrase_of_now_changes_nothing_and_waits_longer(app: Any) -> None:
    before = app.path.with_name("person.uitknop.keys").read_bytes()
    for path in ("/keys/passphrase", "/keys/recovery", "/keys/ring"):
        assert "not your passphrase of now" in app.post(path, 403, current="wrong", new=NEW, again=NEW)
    set_passphrase(app, "wrong", status=403)
    assert "Please wait 2 seconds" in set_passphrase(app, app.passphrase, status=429)
    assert app.path.with_name("person.uitknop.keys").read_bytes() == before
    app.clock.later(0.1)
    set_passphrase(app, app.passphrase)
    assert opens(app, Secret(passphrase=NEW))


@pytest.mark.parametrize(("new", "again"), [("short", "short"), (NEW, f"{NEW}s"), ("", "")])
def test_what_is_short_or_typed_in_two_ways_is_refused_in_words(app: Any, new: str, again: str) -> None:
    answer = app.client.post(
        "/keys/passphrase", data={"current": app.passphrase, "new": new, "again": again}, headers=app.headers
    )
    assert answer.status_code in (400, 409)
    assert 'role="alert"' in answer.text
    assert opens(app, Secret(passphrase=app.passphrase))


def test_a_cookie_from_before_the_change_is_worth_nothing(app: Any) -> None:
    stolen = app.client.cookies["uitknop"]
    set_passphrase(app, app.passphrase)
    assert "How your file opens" in app.get("/keys")
    app.client.cookies.clear()
    app.client.cookies.set("uitknop", stolen)
    assert str(app.client.get("/", headers=app.headers).url.path) == "/locked"


def test_the_key_ring_joins_and_either_way_can_go_but_not_both(app: Any, ring: Ring) -> None:
    assert "by itself, on this computer" in app.post("/keys/ring", current=app.passphrase)
    assert len(ring.kept) == 1
    app.post("/keys/remove", way="passphrase", current=app.passphrase)
    assert app.house.vault.ways() == ("keyring", "recovery")
    assert opens(app, Secret(ring=ring))
    app.post("/keys/remove", 409, way="keyring")
    assert "Change the passphrase" in app.post("/keys/passphrase", new=NEW, again=NEW)
    app.post("/keys/remove", way="keyring", current=NEW)
    assert app.house.vault.ways() == ("passphrase", "recovery")
    assert ring.kept == {}


def test_without_a_key_ring_that_works_it_is_told(app: Any, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "set", lambda *_: None)
    assert "key ring of this computer can" in app.post("/keys/ring", 409, current=app.passphrase)
    assert "keyring" not in app.house.vault.ways()


def test_a_new_recovery_key_is_shown_until_it_is_on_paper_and_opens_the_file(app: Any) -> None:
    page = app.post("/keys/recovery", current=app.passphrase)
    found = re.search(r'class="key">([^<]+)<', page)
    assert found is not None
    assert found[1] in app.get("/keys/recovery")  # a page that is loaded anew still shows it
    app.post("/start/written")
    assert found[1] not in app.get("/keys/recovery")
    app.post("/lock")
    assert "How is it now" in app.post("/unlock", recovery=found[1])


def test_a_recovery_key_that_was_not_written_down_is_gone_with_the_lock(app: Any) -> None:
    app.post("/keys/recovery", current=app.passphrase)
    app.post("/lock")
    app.post("/unlock", passphrase=app.passphrase)
    assert 'class="key"' not in app.get("/keys/recovery")


def test_a_file_that_does_not_open_by_itself_asks_for_the_recovery_key(app: Any, ring: Ring) -> None:
    app.post("/keys/ring", current=app.passphrase)
    app.post("/keys/remove", way="passphrase", current=app.passphrase)
    app.post("/lock")
    ring.kept.clear()  # another computer, or a key ring that was made anew
    object.__setattr__(app.house.here, "secret", Secret(ring=ring))
    app.client.get(f"/open/{app.house.door.code}", headers=app.headers)
    page = app.get("/locked")
    assert "The recovery key on paper does" in page
    assert "<details open>" in page


def test_nothing_typed_reaches_an_address_or_the_log(app: Any, capfd: pytest.CaptureFixture[str]) -> None:
    set_passphrase(app, app.passphrase)
    page = app.post("/keys/recovery", current=NEW)
    assert 'method="get"' not in page
    written = "".join(capfd.readouterr())
    assert NEW not in written
    assert app.passphrase not in written


def test_a_program_changes_it_too(app: Any) -> None:
    def post(status: int = 200, **said: object) -> Any:
        answer = app.client.post("/api/keys", json=said, headers=app.headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    assert app.client.get("/api/keys").json()["ways"] == ["passphrase", "recovery"]
    post(409, add="passphrase", passphrase=NEW, current="wrong")
    post(409, remove="passphrase", current=app.passphrase)
    assert post(add="passphrase", passphrase=NEW, current=app.passphrase)["recovery"] == ""
    printed = post(add="recovery", current=NEW)["recovery"]
    assert opens(app, Secret(recovery=printed))
