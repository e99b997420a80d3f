"""Phrases: English by themselves, any language through a catalogue, and values like others."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Phrase

DUTCH = {"{n} beats in {name}": "In {name}: {n} slagen", "a strap": "een band", "from {device}": "van {device}"}


def dutch(template: str) -> str:
    return DUTCH.get(template, template)


def test_a_phrase_says_its_template_with_the_fields_filled_in() -> None:
    assert str(Phrase("{n} beats in {name}", {"n": 3, "name": "a.txt"})) == "3 beats in a.txt"


def test_translation_may_move_the_fields() -> None:
    assert Phrase("{n} beats in {name}", {"n": 3, "name": "a.txt"}).say(dutch) == "In a.txt: 3 slagen"


def test_a_phrase_within_a_phrase_is_translated_too() -> None:
    inner = Phrase("from {device}", {"device": Phrase("a strap")})
    assert Phrase("read: {where}", {"where": inner}).say(dutch) == "read: van een band"


def test_braces_that_come_from_a_field_are_said_as_they_are() -> None:
    assert str(Phrase("{text} is no time", {"text": "{now}"})) == "{now} is no time"


def test_the_fields_can_not_be_changed_from_outside() -> None:
    fields = {"n": 1}
    phrase = Phrase("{n} beats", fields)
    fields["n"] = 2
    assert str(phrase) == "1 beats"
    with pytest.raises(TypeError):
        phrase.fields["n"] = 3  # type: ignore[index]


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.integers() | st.text(max_size=8), max_size=4))
def test_equal_phrases_have_equal_hashes_and_come_back_from_pickling_and_copying(fields: dict[str, object]) -> None:
    template = " ".join(f"{{{name}}}" for name in fields)
    phrase = Phrase(template, fields)
    for again in (Phrase(template, dict(reversed(fields.items()))), pickle.loads(pickle.dumps(phrase)),
                  copy.deepcopy(phrase)):  # fmt: skip
        assert again == phrase
        assert hash(again) == hash(phrase)
        assert str(again) == str(phrase)


def test_phrases_with_other_fields_differ() -> None:
    assert Phrase("{n} beats", {"n": 1}) != Phrase("{n} beats", {"n": 2})
