"""What may be heard in a rest, in a real browser: nothing unless chosen, nothing remote, and it ends with the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Serve = Callable[..., Any]
Visit = Callable[..., Page]
BEGIN = 'form[action="/rest/start"] button'
HEARD = """(() => {
  window.heard = {contexts: 0, tones: [], said: [], cancels: 0};
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor() { super(); window.heard.contexts += 1; }
    createOscillator() {
      const made = super.createOscillator(), start = made.start.bind(made);
      made.start = (at) => { window.heard.tones.push(Math.round(at - this.currentTime)); start(at); };
      return made;
    }
  };
  const voices = ["nl here", "nl-NL far", "en-GB here", "en-GB far"]
    .filter((one) => !one.startsWith(window.voiceless ?? "-"))
    .map((name) => ({ lang: name.split(" ")[0], localService: name.endsWith("here"), name, default: false }));
  const synthesis = {
    getVoices: () => voices, addEventListener: () => {}, cancel: () => { window.heard.cancels += 1; },
    speak: (said) => { window.heard.said.push([said.text, said.voice.name]); said.dispatchEvent(new Event("end")); },
  };
  class Said extends EventTarget { constructor(text) { super(); this.text = text; } }
  Object.defineProperty(window, "speechSynthesis", { configurable: true, get: () => synthesis });
  window.SpeechSynthesisUtterance = Said;
})()"""


@pytest.fixture
def open_page(serving: Serve, visit: Visit) -> Callable[..., tuple[Any, Page]]:
    """The page of rest, with what would be heard written down."""

    def opened(sound: str, before: str = "") -> tuple[Any, Page]:
        app = serving()
        page = visit(app, script=before + HEARD)
        page.clock.install()
        page.goto(app.origin + "/rest")
        page.click("[data-sounds] summary")
        page.locator("[data-scripted]").wait_for()
        page.check(f'input[name="sound"][value="{sound}"]')
        assert page.evaluate("window.heard") == SILENCE
        return app, page

    return opened


def begin(page: Page) -> Any:
    page.click(BEGIN)
    page.locator("html.black").wait_for(state="attached")
    page.clock.run_for(10)
    return page.evaluate("window.heard")


def end(app: Any, page: Page) -> None:
    app.clock.later(10)
    page.keyboard.press("x")
    page.clock.run_for(3_000)
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
    kept = app.house.vault.do(lambda store: store.entries())
    assert [(one.kind, one.value) for one in kept if one.kind == "rest"] == [("rest", "passive")]


SILENCE = {"contexts": 0, "tones": [], "said": [], "cancels": 0}


def test_without_a_sound_nothing_is_made(open_page: Callable[..., Any]) -> None:
    app, page = open_page("none")
    page.click(BEGIN)
    expect(page).to_have_url(app.origin + "/rest/now")
    page.clock.run_for(60_000)
    assert page.evaluate("window.heard") == SILENCE


def test_bells_ring_now_and_then_and_not_without_a_tap(open_page: Callable[..., Any]) -> None:
    app, page = open_page("bells")
    heard = begin(page)
    assert heard["contexts"] == 1
    assert heard["tones"][:6] == [1, 1, 300, 300, 600, 600]  # s; two tones a bell, at first and every five minutes
    assert page.evaluate("document.body.innerText.trim()") == ""
    page.reload()  # then no tap has asked for a sound
    assert page.evaluate("window.heard") == SILENCE
    end(app, page)


def test_the_tone_for_a_longer_breath_out_keeps_to_its_minutes(open_page: Callable[..., Any]) -> None:
    app, page = open_page("exhale")
    heard = begin(page)
    assert sorted(set(heard["tones"])) == [1, 11, 21, 31, 41, 51]  # s; one minute of 4 s in and 6 s out
    end(app, page)
    page.goto(app.origin + "/rest")
    page.clock.run_for(100)
    expect(page.locator("[data-sound-status]")).not_to_have_text("")  # once a day while it is not known how ill one is
    assert page.is_checked('input[value="none"]')


def test_the_words_are_said_in_their_own_language_by_a_voice_of_this_computer(open_page: Callable[..., Any]) -> None:
    app, page = open_page("guided_short")
    ((first, voice),) = begin(page)["said"]
    assert first.startswith("Welkom. Dit duurt tien minuten.")
    assert voice == "nl here"
    page.clock.run_for(18_000)
    assert len(page.evaluate("window.heard.said")) == 1
    page.clock.run_for(1_500)
    assert len(page.evaluate("window.heard.said")) == 2
    page.clock.run_for(600_000)
    said = [words for words, _ in page.evaluate("window.heard.said")]
    assert "Dit is het einde" in said[-1]
    assert not any("Je voeten" in words for words in said)
    assert page.evaluate("window.heard.contexts") == 0
    end(app, page)


@pytest.mark.parametrize(("voiceless", "told"), [("nl here", "internet"), ("nl", "geen stem|no voice of its own")])
def test_without_a_voice_of_this_computer_the_words_are_there_to_read(
    open_page: Callable[..., Any], voiceless: str, told: str
) -> None:
    app, page = open_page("guided", f'window.voiceless = "{voiceless}";')
    page.clock.run_for(1_500)
    expect(page.locator("[data-sound-status]")).to_have_text(re.compile(told))
    page.click(BEGIN)
    page.locator(".reading").wait_for()
    assert "Je voeten" in page.inner_text(".reading")
    assert page.locator("html.black").count() == 0
    assert page.evaluate("window.heard.said") == []
    app.clock.later(10)
    page.reload()
    page.click('form[action="/rest/stop"] button')
    expect(page.locator('form[action="/rest/felt"]')).to_be_visible()
