"""In through the door or by what opens the file; out at once; the tap and the help numbers always."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.core import Entry
from uitknop.person import Secret, open_file
from uitknop.web.said import TAP_WORDS
from uitknop.web.sessions import IDLE_S, LONGEST_S, LONGEST_WAIT_S, Door, Patience, Sessions

Make = Callable[..., Any]


def leads_to(app: Any, path: str) -> str:
    """Where asking for a page leads."""
    return str(app.client.get(path, headers=app.headers).url.path)


# --- The door ------------------------------------------------------------------------------------------------------


def test_the_address_opens_once(make_app: Make) -> None:
    app = make_app(inside=False)
    code = app.house.door.code
    assert leads_to(app, "/") == "/locked"
    assert leads_to(app, f"/open/{code}") == "/"
    app.client.cookies.clear()
    assert leads_to(app, f"/open/{code}") == "/locked"
    assert leads_to(app, "/") == "/locked"


def test_a_guess_opens_nothing_and_leaves_the_door_as_it_is(make_app: Make) -> None:
    app = make_app(inside=False)
    code = app.house.door.code
    for guess in ("", "x", code[:-1], code + "x", "é"):
        app.client.get(f"/open/{guess}", headers=app.headers)
        assert leads_to(app, "/") == "/locked"
    assert app.house.door.code == code


def test_the_next_address_stands_where_only_this_user_can_read_it(make_app: Make) -> None:
    app = make_app(inside=False)
    door = app.house.here.door
    first = door.read_text()
    assert first == f"http://{app.host}/open/{app.house.door.code}\n"
    assert door.stat().st_mode & 0o077 == 0
    app.client.get(first.strip(), headers=app.headers)
    assert door.read_text() != first
    assert app.house.door.code in door.read_text()


def test_the_address_is_gone_when_the_program_stops(make_app: Make) -> None:
    app = make_app()
    app.client.__exit__(None, None, None)
    assert not app.house.here.door.exists()
    assert not app.house.vault.is_open


def test_a_token_is_long_and_kept_from_scripts_and_other_sites(make_app: Make) -> None:
    app = make_app(inside=False)
    answer = app.client.get(f"/open/{app.house.door.code}", headers=app.headers, follow_redirects=False)
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("uitknop="))
    token = cookie.partition("=")[2].partition(";")[0]
    assert len(token) * 6 >= 256  # bits of base64
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
    assert "Max-Age" not in cookie
    assert token not in str(vars(app.house.sessions) if hasattr(app.house.sessions, "__dict__") else app.house.sessions)


# --- Locked --------------------------------------------------------------------------------------------------------


def test_without_a_session_nothing_of_the_file_is_shown(make_app: Make) -> None:
    app = make_app()
    app.post("/tap", now="crash")
    app.client.cookies.clear()
    for path in ("/", "/rest", "/rest/now", "/settings", "/more", "/signs", "/start", "/start/ready", "/start/effort"):
        assert leads_to(app, path) == "/locked", path
    assert "You said" not in app.get("/locked")
    assert "You said" not in app.get("/help")


def test_a_cookie_that_was_stolen_is_worth_nothing_after_the_lock(make_app: Make) -> None:
    app = make_app()
    stolen = app.client.cookies["uitknop"]
    assert app.post("/lock").count("Your file is locked") == 1
    assert not app.house.vault.is_open
    app.client.cookies.set("uitknop", stolen)
    assert leads_to(app, "/") == "/locked"
    app.post("/unlock", passphrase=app.passphrase)  # and not either once the person has opened it again
    app.client.cookies.clear()
    app.client.cookies.set("uitknop", stolen)
    assert leads_to(app, "/") == "/locked"


def test_only_somebody_inside_locks(make_app: Make) -> None:
    app = make_app()
    app.client.cookies.clear()
    app.post("/lock")
    assert app.house.vault.is_open


def test_the_tap_and_the_help_numbers_are_there_while_locked(make_app: Make) -> None:
    app = make_app(inside=False)
    page = app.get("/locked")
    assert "112" in page
    assert "113" in page
    assert all(f'value="{value}"' in page for value in TAP_WORDS)
    assert "0800-0113" in app.get("/help")
    assert not app.house.vault.is_open


@pytest.mark.parametrize("value", list(TAP_WORDS))
def test_a_tap_while_locked_is_a_line_of_the_diary_once_it_is_open(make_app: Make, value: str) -> None:
    app = make_app(inside=False)
    assert "It is kept" in app.post("/tap", now=value)
    sealed = app.path.with_name("person.uitknop.inbox").read_bytes()
    assert value.encode() not in sealed
    app.post("/unlock", passphrase=app.passphrase)
    assert app.entries() == [("answer", "now", value)]


def test_a_tap_from_outside_while_the_file_is_open_arrives_too(make_app: Make) -> None:
    app = make_app()
    kept = app.client.cookies["uitknop"]
    app.client.cookies.clear()
    app.post("/tap", now="heavy")
    app.client.cookies.set("uitknop", kept)
    assert "You said: heavy" in app.get("/")


def test_each_of_several_sealed_taps_can_be_taken_back(make_app: Make) -> None:
    app = make_app(inside=False)
    app.post("/tap", now="heavy")
    app.clock.later(1)
    app.post("/tap", now="crash")
    page = app.post("/unlock", passphrase=app.passphrase)
    assert "You said: crash" in page
    app.clock.later(1)
    app.post("/undo", batch=page.split('name="batch" value="')[1].split('"')[0])
    assert app.entries() == [("answer", "now", "heavy")]


def test_a_tap_without_a_file_is_refused_in_words(make_app: Make) -> None:
    app = make_app(there=False, inside=False)
    assert "How is it now" not in app.get("/locked")
    assert "trouble" in app.post("/tap", 409, now="heavy")


def test_an_answer_that_is_none_of_the_four_is_not_kept(app: Any) -> None:
    app.post("/tap", now="splendid")
    assert app.entries() == []


# --- Passphrase ----------------------------------------------------------------------------------------------------


def test_the_passphrase_opens_it(make_app: Make) -> None:
    app = make_app(knows=False, inside=False)
    assert "How is it now" in app.post("/unlock", passphrase=app.passphrase)
    assert app.house.vault.is_open


def test_the_door_leads_to_the_locked_page_where_a_passphrase_must_be_typed(make_app: Make) -> None:
    app = make_app(knows=False, inside=False)
    assert leads_to(app, f"/open/{app.house.door.code}") == "/locked"


def test_wrong_passphrases_take_longer_each_time_and_never_lock_out(make_app: Make) -> None:
    app = make_app(knows=False, inside=False)
    for _ in range(4):
        assert "does not open your file" in app.post("/unlock", 403, passphrase="wrong wrong wrong")
    assert "Please wait 2 seconds" in app.post("/unlock", 429, passphrase=app.passphrase)
    assert not app.house.vault.is_open
    app.clock.later(0.1)
    assert "How is it now" in app.post("/unlock", passphrase=app.passphrase)


def test_a_passphrase_opens_a_file_that_is_open_for_others_only_when_it_is_right(make_app: Make) -> None:
    app = make_app()
    app.client.cookies.clear()
    assert "does not open" in app.post("/unlock", 403, passphrase="wrong wrong wrong")
    assert leads_to(app, "/") == "/locked"
    app.post("/unlock", passphrase=app.passphrase)
    assert leads_to(app, "/") == "/"


def test_a_wrong_recovery_key_is_told(make_app: Make) -> None:
    app = make_app(knows=False, inside=False)
    assert "trouble" in app.post("/unlock", 403, recovery="AAAAA-AAAAA")


def test_nothing_typed_opens_nothing(make_app: Make) -> None:
    app = make_app(inside=False, knows=False)
    app.post("/unlock", 403)
    assert not app.house.vault.is_open


# --- Sessions ------------------------------------------------------------------------------------------------------


def test_a_session_nobody_uses_ends(make_app: Make) -> None:
    app = make_app()
    app.clock.later(IDLE_S / 60 - 1)
    assert leads_to(app, "/") == "/"
    app.clock.later(IDLE_S / 60 + 1)
    assert leads_to(app, "/") == "/locked"
    assert not app.house.vault.is_open


def test_a_session_ends_after_a_week_however_much_it_is_used() -> None:
    now_s = [0.0]
    sessions = Sessions(lambda: now_s[0])
    token = sessions.begin()
    while sessions.holds(token):
        now_s[0] += IDLE_S / 2
    assert LONGEST_S < now_s[0] <= LONGEST_S + IDLE_S


def test_a_session_is_one_of_many_and_all_end_together() -> None:
    sessions = Sessions(lambda: 0.0)
    tokens = [sessions.begin() for _ in range(3)]
    assert len(set(tokens)) == 3
    assert all(sessions.holds(token) for token in tokens)
    assert not sessions.holds(None)
    assert not sessions.holds("")
    sessions.end_all()
    assert not any(sessions.holds(token) for token in tokens)


def test_patience_grows_to_half_a_minute_and_is_forgotten_at_a_right_one() -> None:
    now_s = [0.0]
    patience = Patience(lambda: now_s[0])
    waits = []
    for _ in range(20):
        patience.was_wrong()
        waits.append(patience.wait_s)
        now_s[0] += patience.wait_s
    assert waits == sorted(waits)
    assert waits[:3] == [0.0] * 3
    assert waits[-1] == LONGEST_WAIT_S
    patience.was_wrong()
    patience.was_right()
    assert patience.wait_s == 0.0


def test_a_door_gives_a_new_code_after_each_opening() -> None:
    door = Door()
    codes = []
    for _ in range(3):
        codes.append(door.code)
        assert door.opens(door.code)
    assert len(set(codes)) == 3
    assert not any(door.opens(code) for code in codes)


# --- Beside others -------------------------------------------------------------------------------------------------


def test_another_program_can_write_while_the_app_is_open(app: Any) -> None:
    with open_file(app.path, Secret(passphrase=app.passphrase), now_ms=app.clock.now_ms) as store:
        store.keep_setting("zone", "Europe/London")
    assert "13:00" in app.post("/tap", now="heavy")
    assert Entry(app.clock.now_ms, "Europe/London", "answer", "heavy", label="now") in app.house.vault.do(
        lambda store: store.entries()
    )


def test_a_file_that_was_erased_by_another_program_is_gone_here_too(app: Any) -> None:
    from uitknop.person import erase

    app.post("/tap", now="heavy")
    app.house.judging.wait()
    erase(app.path)
    assert leads_to(app, "/") == "/locked"
    assert not app.house.vault.is_open
    assert "To begin, start Uitknop" in app.get("/locked")
    assert not app.path.exists()


def test_a_file_that_was_moved_away_and_replaced_is_told(app: Any) -> None:
    app.house.judging.wait()
    other = app.path.with_name("other.uitknop")
    app.path.rename(other)
    app.path.write_bytes(b"something else")
    answer = app.client.post("/tap", data={"now": "heavy"}, headers=app.headers)
    assert answer.status_code in (200, 409)
    assert "Traceback" not in answer.text
    assert app.path.read_bytes() == b"something else"
