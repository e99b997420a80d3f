"""JSON from anywhere: bounded, and refused in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.instruments.fhir_json import DEEPEST, LARGEST_BYTES, parse_bounded


def test_an_object_is_read_with_and_without_a_mark() -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        assert parse_bounded(mark + b'{"a": "\\u00e9 [[["}', "q.json") == {"a": "é [[["}


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", Malformed, "q.json, line 1: not valid JSON"),
        (b'{"a":\n\n?}', Malformed, "q.json, line 3: not valid JSON"),
        (b"[]", Malformed, "q.json holds no JSON object"),
        (b'{"a": 1, "a": 2}', Malformed, "not valid JSON"),
        (b'{"a": NaN}', Malformed, "not valid JSON"),
        (b'{"a": Infinity}', Malformed, "not valid JSON"),
        (b'{"a": "\xff"}', Malformed, "q.json, byte 7: not UTF-8"),
        (b" " * (LARGEST_BYTES + 1), TooLarge, "may hold 1000000"),
        (b'{"a":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}", TooLarge, "nested deeper than 24"),
        (b"[" * 200_000, TooLarge, "nested deeper than 24"),
    ],
)
def test_what_is_no_questionnaire_is_refused(content: bytes, kind: type[SourceError], sentence: str) -> None:
    with pytest.raises(kind, match=sentence):
        parse_bounded(content, "q.json")


def test_brackets_inside_a_text_do_not_count_as_depth() -> None:
    text = "[" * 100 + '\\"' + "{" * 100
    assert parse_bounded(json.dumps({"a": text}).encode(), "q.json") == {"a": text}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(value=st.dictionaries(st.text(max_size=3), JSON, max_size=4))
def test_any_object_comes_back_as_it_was(value: dict[str, Any]) -> None:
    assert parse_bounded(json.dumps(value).encode(), "q.json") == value


@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    told = "q.json"
    try:
        assert isinstance(parse_bounded(content, "q.json"), dict)
    except SourceError as fault:
        told = str(fault)
    assert told.startswith("q.json")
