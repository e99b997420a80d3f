"""Instellingen: language, colours, size, how many numbers, keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from uitknop.report.words import N_
from uitknop.web.view import CHOICES
from uitknop.web.visit import MEASURING, Inside

router = APIRouter(prefix="/settings")

TITLES: Mapping[str, str] = {
    "lang": N_("Language"),
    "theme": N_("Colours"),
    "size": N_("Letters"),
    "mode": N_("Numbers"),
    "keys": N_("Single keys of the keyboard"),
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "theme": {"dark": N_("dark"), "light": N_("light"), "dim": N_("very dim")},
    "size": {"usual": N_("usual"), "large": N_("large")},
    "mode": {
        "quiet": N_("quiet: words only"),
        "ordinary": N_("ordinary: with a few numbers"),
        "everything": N_("everything there is"),
    },
    "keys": {"on": N_("on"), "off": N_("off")},
}
OWN_NAMES = {"nl": "Nederlands", "en": "English"}
"""What each language calls itself, so that whoever reads only that one finds it."""


@router.get("")
def settings(visit: Inside, kept: str = "") -> Response:
    """Everything that can be chosen, on one page; and that it was kept, once it was."""
    groups = []
    for name, title in TITLES.items():
        names = OWN_NAMES if name == "lang" else {value: visit.words.say(word) for value, word in OPTIONS[name].items()}
        chosen = getattr(visit.view, name)
        options = [(value, names[value], value == chosen) for value in CHOICES[name]]
        groups.append((name, visit.words.say(title), options))
    return visit.page("settings.html", groups=groups, measures=visit.measures, kept=kept == "yes")


@router.post("")
def choose(
    visit: Inside,
    lang: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    size: Annotated[str, Form()] = "",
    mode: Annotated[str, Form()] = "",
    keys: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was chosen."""
    visit.have(lang=lang, theme=theme, size=size, mode=mode, keys=keys)
    return visit.go("/settings?kept=yes")


@router.post("/measuring")
def measure(visit: Inside, on: Annotated[str, Form()]) -> Response:
    """Stop measuring altogether: a diary remains. What was measured stays in the file and is told no more."""
    if on in ("on", "off"):
        visit.house.vault.do(lambda store: store.keep_setting(MEASURING, on))
    return visit.go("/settings")
