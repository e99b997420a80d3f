"""Rust: one optional tap for how, then the screen goes black; how it felt comes after, and the verdict later."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.core import Entry
from uitknop.core.errors import StoreError
from uitknop.guidance import button_entry, guided_rest, speaks_of_suicide
from uitknop.report.words import N_
from uitknop.store import Store
from uitknop.web.protection import SUICIDALITY
from uitknop.web.resting import LAST, RUNNING, Resting, is_kept, last_of, resting, running_of
from uitknop.web.said import FELT, FELT_WORDS
from uitknop.web.sounds import SOUND_WORDS, keep_sound, last_sound
from uitknop.web.visit import Anyone, Inside, Visit

router = APIRouter(prefix="/rest")

POSTURE_WORDS = {"supine": N_("lying"), "seated": N_("sitting")}
BESIDE_WORDS = {
    "nothing": N_("nothing"),
    "dark": N_("dark"),
    "bottle": N_("warm bottle"),
    "blanket": N_("blanket"),
    "mask": N_("eye mask"),
    "cool": N_("something cool"),
    "company": N_("company"),
    "nature": N_("sounds of nature"),
    "breathing": N_("slow breathing"),
}
"""What can be with it, in as few words as can be; `resting.BESIDE` has the practice of each."""


@router.get("")
def choose(visit: Inside) -> Response:
    """What was chosen last stands ready."""
    say = visit.words.say
    return visit.page(
        "rest.html",
        last=last_of(visit),
        postures=[(value, say(word)) for value, word in POSTURE_WORDS.items()],
        beside=[(value, say(word)) for value, word in BESIDE_WORDS.items()],
        sounds=[(value, say(word)) for value, word in SOUND_WORDS.items()],
        last_sound=last_sound(visit),
        script=guided_rest(visit.view.lang),
        measures=visit.measures,
    )


@router.post("/start")
def begin(
    visit: Inside,
    posture: Annotated[str, Form()] = "",
    beside: Annotated[str, Form()] = "",
    own: Annotated[str, Form()] = "",
    sound: Annotated[str, Form()] = "",
) -> Response:
    """It begins; words that ask for help come first."""
    return visit.go("/rest/now" if started(visit, posture, beside, own, sound) else "/help")


def started(visit: Visit, posture: str, beside: str, own: str, sound: str = "") -> Resting | None:
    """The rest that began, kept; None when the person's own words ask for help, which is kept instead."""
    if speaks_of_suicide(own):
        visit.house.vault.note([button_entry(SUICIDALITY, visit.now_ms, visit.zone)])
        return None
    begun = resting(visit.now_ms, posture, beside, own)

    def keep(store: Store) -> None:
        store.keep_setting(LAST, begun.text)
        store.keep_setting(RUNNING, begun.text)
        keep_sound(store, sound, visit.today[0])

    visit.house.vault.do(keep)
    return begun


@router.get("/now")
def now(visit: Inside) -> Response:
    """Nothing: a black screen that ends at any tap or key."""
    running = running_of(visit)
    return visit.page("rest_now.html", running=running) if running else visit.go("/rest")


@router.get("/text")
def text(visit: Inside) -> Response:
    """The words of the guided rest, to read; with the end of the rest that runs, if there is one."""
    return visit.page("rest_text.html", script=guided_rest(visit.view.lang), running=running_of(visit), path="/rest")


@router.post("/stop")
def stop(
    visit: Anyone,
    since: Annotated[int, Form()],
    posture: Annotated[str, Form()] = "",
    beside: Annotated[str, Form()] = "",
    own: Annotated[str, Form()] = "",
    drop: Annotated[str, Form()] = "",
) -> Response:
    """It ended. Kept also when the file was locked meanwhile: then it is sealed, and waits."""
    rest = resting(since, posture, beside, own)
    lines = () if drop else rest.lines(visit.now_ms, visit.zone)
    if not (visit.inside and visit.house.vault.is_open):
        return sealed(visit, lines)
    visit.house.vault.do(lambda store: store.keep_setting(RUNNING, ""))
    if not lines or is_kept(visit, since):
        return visit.go("/")
    batch = visit.house.vault.note(lines)
    visit.house.wake()
    return felt_page(visit, batch)


@router.post("/felt")
def say_felt(visit: Inside, felt: Annotated[str, Form()]) -> Response:
    """How it felt; not knowing is no answer, and nothing is written."""
    if felt in FELT_WORDS:
        visit.house.vault.note([Entry(visit.now_ms, visit.zone, "answer", felt, label=FELT)])
        visit.house.wake()
    return visit.go("/")


def felt_page(visit: Visit, batch: int | None) -> Response:
    """How did it feel? What was kept can be taken back."""
    felt = [(value, visit.words.say(word), str(n)) for n, (value, word) in enumerate(FELT_WORDS.items(), 1)]
    felt.append(("unknown", visit.words.say("don't know"), "0"))
    return visit.page("rest_felt.html", felt=felt, batch=batch)


def sealed(visit: Visit, lines: tuple[Entry, ...]) -> Response:
    """Lines of somebody who is outside by now: they are kept sealed, and the locked page says so."""
    from uitknop.web.entrance import locked_page

    if not lines:
        return visit.go("/locked")
    try:
        visit.house.vault.seal(lines)
    except StoreError as fault:
        return locked_page(visit, 409, trouble=visit.words.say(fault.phrase))
    return locked_page(visit, tapped=True)
