"""The flows in a real browser, by taps, by keys, and with scripts off; nothing leaves the computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Serve = Callable[..., Any]
Visit = Callable[..., Page]

SAY = 'form[action="/tap"] button[value="{}"]'


def said(app: Any) -> list[tuple[str, str, str]]:
    found = app.house.vault.do(lambda store: store.entries())
    return [(entry.kind, entry.label, entry.value) for entry in found]


@pytest.mark.parametrize(("lang", "scripts"), [("nl", True), ("en", False)])
def test_from_nothing_to_a_rest(serving: Serve, visit: Visit, lang: str, scripts: bool) -> None:
    app = serving(there=False)
    page = visit(app, java_script_enabled=scripts)
    page.click(f'button[value="{lang}"]')
    assert page.get_attribute("html", "lang") == lang
    page.click('form[action="/start/signs"] >> nth=0 >> button')
    page.click('button[value="1"]')
    page.click('main a[href="/rest"]')
    page.click('input[value="bottle"]')
    page.click('form[action="/rest/start"] button')
    expect(page).to_have_url(app.origin + "/rest/now")
    app.clock.later(20)
    page.click("button")
    page.click('button[value="calmer"]')
    expect(page).to_have_url(app.origin + "/")
    kept = said(app)
    assert ("rest", "warm_bottle", "passive") in kept
    assert ("answer", "felt", "calmer") in kept


def test_a_rest_is_black_and_any_key_ends_it(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/rest")
    page.click('form[action="/rest/start"] button')
    expect(page).to_have_url(app.origin + "/rest/now")
    seen = page.screenshot(animations="disabled")  # as it is once the line of the first seconds has faded
    page.evaluate("document.body.replaceChildren(); document.body.style.background = '#000'")
    assert seen == page.screenshot(animations="disabled")  # nothing but black, to the last pixel
    page.reload()
    app.clock.later(15)
    page.keyboard.press("q")
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
    assert ("rest", "", "passive") in said(app)


def test_one_key_to_the_bad_day_and_back_from_every_page(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app)
    for path in ("/", "/rest", "/help", "/more", "/settings", "/look-back", "/why", "/data", "/sheet", "/signs"):
        page.goto(app.origin + path)
        page.keyboard.press(" ")
        expect(page.locator('form[action="/rest/start"] input[name="beside"]')).to_have_attribute("type", "hidden")
        page.wait_for_load_state()
        page.keyboard.press(" ")
        expect(page.locator('form[action="/tap"] fieldset')).to_be_visible()
    assert said(app) == []


def test_the_keys_of_the_four_answers(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app)
    for key, value in (("1", "fine"), ("2", "heavy"), ("3", "crash"), ("0", "skipped")):
        page.keyboard.press(key)
        expect(page.locator('form.said[action="/undo"]').first).to_be_visible()
        page.wait_for_load_state()
        assert said(app)[-1] == ("answer", "now", value)
        app.clock.later(1)
        page.reload()


def test_single_keys_can_be_switched_off_and_do_nothing_while_typing(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app, "/why")
    page.focus("#words")
    page.keyboard.type("rust 1 2")
    assert page.input_value("#words") == "rust 1 2"
    page.goto(app.origin + "/settings")
    page.check('input[name="keys"][value="off"]')
    page.click('form[action="/settings"] button')
    page.goto(app.origin + "/")
    page.keyboard.press("3")
    page.keyboard.press(" ")
    page.wait_for_timeout(200)
    assert page.url == app.origin + "/"
    assert said(app) == []


TASKS: dict[str, tuple[list[str], Callable[[Page], bool]]] = {
    "say that today is heavy": ([SAY.format("heavy")], lambda page: page.locator("form.said").is_visible()),
    "start a rest with a warm bottle": (
        ['nav a[href="/rest"]', 'input[value="bottle"]', 'form[action="/rest/start"] button'],
        lambda page: page.url.endswith("/rest/now") and page.locator('input[value="bottle"]').count() == 1,
    ),
    "find out which rest does something": (
        ['nav a[href="/more"]', 'main a[href="/look-back"]'],
        lambda page: page.url.endswith("/look-back"),
    ),
    "find the help numbers": (['nav a[href="/help"]'], lambda page: page.locator('a[href="tel:113"]').is_visible()),
    "print the page for the doctor": (
        ['nav a[href="/more"]', 'main a[href="/sheet"]', 'button[value="print"]'],
        lambda page: page.locator('body.for-sheet[data-prints="yes"] .front h1').is_visible(),
    ),
    "stop measuring altogether": (
        ['nav a[href="/more"]', 'main a[href="/settings"]', 'form[action="/settings/measuring"] button[value="off"]'],
        lambda page: page.locator('form[action="/settings/measuring"] button[value="on"]').is_visible(),
    ),
}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_task_takes_three_taps_at_most_from_today(serving: Serve, visit: Visit, scripts: bool) -> None:
    app = serving()
    page = visit(app, java_script_enabled=scripts)
    for task, (taps, done) in TASKS.items():
        assert len(taps) <= 3, task
        page.goto(app.origin + "/")
        for tap in taps:
            page.click(tap)
        page.wait_for_load_state()
        assert done(page), task


def test_by_keyboard_alone(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app)

    def tab_to(selector: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("one => document.activeElement.matches(one)", selector):
                assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
                return
        raise AssertionError(f"no way to {selector} by keyboard")

    tab_to(".skip")
    tab_to(SAY.format("heavy"))
    page.keyboard.press("Enter")
    expect(page.locator("form.said")).to_be_visible()
    tab_to('nav a[href="/rest"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(app.origin + "/rest")
    tab_to('input[name="beside"]')
    page.keyboard.press("ArrowDown")
    tab_to('form[action="/rest/start"] button')
    page.keyboard.press("Enter")
    expect(page).to_have_url(app.origin + "/rest/now")
    page.wait_for_load_state()
    app.clock.later(15)
    page.keyboard.press("Enter")
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
    tab_to('button[value="same"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(app.origin + "/")
    assert ("rest", "dark_quiet", "passive") in said(app)


def test_what_was_said_is_undone_by_a_tap(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app)
    page.click(SAY.format("crash"))
    app.clock.later(1)
    page.click('form.said[action="/undo"] button')
    expect(page.locator("form.said")).to_have_count(0)
    assert said(app) == []


def test_back_after_locking_shows_nothing(serving: Serve, visit: Visit) -> None:
    app = serving()
    page = visit(app)
    page.click(SAY.format("crash"))
    page.goto(app.origin + "/more")
    page.click('form[action="/lock"] button')
    expect(page).to_have_url(app.origin + "/locked")
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("form.said").count() == 0
    assert page.url == app.origin + "/locked"


def test_a_copy_and_everything_come_as_downloads_and_erasing_takes_two_taps(
    serving: Serve, visit: Visit, tmp_path: Any
) -> None:
    import zipfile

    app = serving()
    page = visit(app, "/data")
    names = {}
    for action in ("backup", "export"):
        with page.expect_download() as coming:
            page.click(f'form[action="/data/{action}"] button')
        names[action] = tmp_path / coming.value.suggested_filename
        coming.value.save_as(names[action])
    assert names["backup"].suffix == ".backup"
    assert zipfile.ZipFile(names["export"]).testzip() is None
    page.click('a[href="/data/erase"]')
    page.click('button[value="yes"]')
    page.wait_for_load_state()
    assert not app.path.exists()
    assert [each.name for each in tmp_path.iterdir() if each not in names.values()] == []


def test_recordings_are_taken_in_and_taken_back(serving: Serve, visit: Visit, tmp_path: Any) -> None:
    app = serving()
    page = visit(app, "/data")
    rows = [f"2026-03-02 {7 + i // 60:02d}:{i % 60:02d}:00,{60 + i % 9}" for i in range(90)]
    (tmp_path / "heart.csv").write_text("\n".join(["time,heart_rate", *rows, ""]))
    page.set_input_files('input[type="file"]', tmp_path / "heart.csv")
    page.click('form[action="/data/import"] button')
    expect(page.locator("dl.rests dt")).to_have_text("heart.csv", timeout=20_000)
    page.click('form[action="/data/import/undo"] button', timeout=20_000)
    expect(page).to_have_url(app.origin + "/data")
    assert all(each.withdrawn_ms for each in app.house.vault.do(lambda store: store.batches()))


# --- A hostile page on the same machine ----------------------------------------------------------------------------


def test_a_hostile_page_can_neither_frame_nor_post_nor_read(serving: Serve, browser: Any, tmp_path: Any) -> None:
    import http.server
    import threading

    app = serving()
    hostile = f"""<!doctype html><iframe src="{app.origin}/"></iframe>
        <form method="post" action="{app.origin}/tap" target="other"><input name="now" value="crash"></form>
        <script>
          document.forms[0].submit();
          fetch("{app.origin}/", {{credentials: "include"}}).then((r) => r.text()).then((t) => window.got = t)
            .catch((e) => window.got = "refused");
          fetch("{app.origin}/tap", {{method: "POST", mode: "no-cors", credentials: "include",
            body: new URLSearchParams({{now: "crash"}})}}).catch(() => 0);
        </script>"""

    class Hostile(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(hostile.encode())

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(app.door)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_function("window.got !== undefined")
        page.wait_for_timeout(300)
        assert page.evaluate("window.got") == "refused"
        assert not any("form" in frame.content() and "/tap" in frame.content() for frame in page.frames[1:])
        assert said(app) == []
    finally:
        context.close()
        server.shutdown()
        server.server_close()
