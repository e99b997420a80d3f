"""What may be heard during a rest, made by the browser itself: nothing unless it was chosen."""

from __future__ import annotations

from collections.abc import Mapping

from uitknop.report.words import N_
from uitknop.store import Store
from uitknop.web.breathing import note_in_rest
from uitknop.web.visit import Visit

LAST = "rest_sound"
"""Setting: what was chosen last."""

SOUND_WORDS: Mapping[str, str] = {
    "none": N_("no sound"),
    "exhale": N_("a soft tone for a longer breath out"),
    "bell": N_("a bell at the beginning and at the end"),
    "bells": N_("a soft bell now and then"),
    "guided": N_("a voice that guides you"),
    "guided_short": N_("the same voice, without the part about the body"),
}
EXHALE = "exhale"
"""Slow breathing: it keeps to the same limits here as on its own page, which the page asks for when it is chosen."""


def last_sound(visit: Visit) -> str:
    """What was chosen last."""
    last = visit.house.vault.do(lambda store: store.setting(LAST)) or ""
    return last if last in SOUND_WORDS else "none"


def keep_sound(store: Store, sound: str, today_ms: int) -> None:
    """Keep what was chosen.

    Args:
        store: the person's open file.
        sound: one of `SOUND_WORDS`; what is no choice changes nothing.
        today_ms: start of the person's day, UTC ms.
    """
    if sound not in SOUND_WORDS:
        return
    store.keep_setting(LAST, sound)
    if sound == EXHALE:
        note_in_rest(store, today_ms)
