"""JSON from outside: whatever it holds, a value of the type that was asked for or a SourceError with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.sources.json_text import Json, head_keys, parse_json, read_json
from uitknop.sources.probe import look

Write = Callable[[str, str | bytes], Path]

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def everything(value: Json) -> None:
    """Ask for each type at each place."""
    for ask in (value.number, value.text, value.claim, lambda: value.get("a")):
        with suppress(SourceError):
            ask()
    for child in (value.items, lambda: (inner for _, inner in value.fields())):
        with suppress(SourceError):
            for inner in child():
                everything(inner)


@given(ANYTHING)
def test_any_value_gives_what_was_asked_for_or_a_source_error(value: object) -> None:
    with suppress(SourceError):  # NaN and infinity, which json.dumps writes, are no JSON
        everything(parse_json(json.dumps(value).encode(), "any.json"))


@given(st.binary(max_size=60))
def test_any_bytes_give_json_or_a_source_error(content: bytes) -> None:
    with suppress(SourceError):
        everything(parse_json(content, "any.json"))


@given(ANYTHING)
def test_a_long_list_says_the_same_as_a_short_one(value: object) -> None:
    text = json.dumps(value).replace("NaN", "0").replace("-Infinity", "0").replace("Infinity", "0")
    short = parse_json(f"[{text}]".encode(), "a.json")
    long = parse_json(f"[{text}, {'0,' * 150_000}0]".encode(), "a.json")
    assert next(long.items()) == next(short.items())._replace(inside=long)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 100_000, "nested deeper"),
        (b"[" * 400_000, "nested deeper"),
        (b'[{"a": 1e999}]', "beyond all measure"),
        (b'[{"a": 1' + b"0" * 6000 + b"}]", "beyond all measure"),
        (b'["\\ud800"]', "cut off or holds no JSON"),
        (b'[{"a": 1', "cut off"),
        (b"[1] and more", "at byte"),
        (b"[" + b"1," * 200_000 + b"NaN]", "at byte 400001"),
        (b"\xff\xfe", "at byte 0"),
        (b"", "cut off"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        list(parse_json(content, "a.json").items())


def test_more_values_than_are_read_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(TooLarge, match="more than 3000000 values"):
        parse_json(b"[" + b"[]," * 1_600_000 + b"[]]", "a.json")


def test_a_wrong_type_is_told_with_its_place() -> None:
    whole = parse_json(b'[{"levels": {"data": [1, {"seconds": [30]}]}}]', "sleep.json")
    (night,) = whole.items()
    _, stage = night.get("levels").get("data").items()
    with pytest.raises(Malformed, match=r"sleep\.json, at \[0\]\.levels\.data\[1\]\.seconds: expected a number"):
        stage.get("seconds").number()
    with pytest.raises(Malformed, match=r"at \[0\]\.levels: expected a list"):
        list(night.get("levels").items())


def test_what_is_null_or_not_there_is_missing_all_the_way_down() -> None:
    whole = parse_json(b'{"sleep": null, "bpm": ""}', "a.json")
    assert list(whole.get("sleep").items()) == []
    assert whole.get("sleep").get("levels").get("data").missing
    assert whole.get("nothing").number() is None
    assert whole.get("bpm").number() is None
    assert whole.get("bpm").text() is None


def test_numbers_written_as_text_are_numbers_and_claims_are_not() -> None:
    text, claim, nothing = parse_json(b'["53.01", true, "nan"]', "a.json").items()
    assert text.number() == 53.01
    for wrong in (claim, nothing):
        with pytest.raises(Malformed, match="expected a number"):
            wrong.number()


def test_the_head_tells_its_fields_even_when_it_is_cut(write: Write) -> None:
    rows = ",".join('{"dateTime":"03/01/24 00:00:00","value":{"bpm":61,"confidence":2}}' for _ in range(2000))
    probe = look(write("heart_rate-2024-03-01.json", f"\ufeff[{rows}]"))
    assert len(probe.head) < probe.size
    assert head_keys(probe) == {"dateTime", "value", "bpm", "confidence"}
    assert len(list(read_json(probe).items())) == 2000


def test_a_table_has_no_json_fields(write: Write) -> None:
    assert head_keys(look(write("a.csv", 'time,"bpm":\n1,2\n'))) == frozenset()


class Pulse(msgspec.Struct):
    bpm: float | str | None = None


@pytest.mark.parametrize("more", [0, 100_000])
def test_rows_give_the_members_of_short_and_long_lists(more: int) -> None:
    whole = parse_json(f'{{"beats": [{{"bpm": 61, "at": []}}, {{"bpm": null}}{", {}" * more}]}}'.encode(), "a.json")
    found = whole.get("beats").rows(Pulse)
    assert [row.bpm for row in found[:2]] == [61, None]
    assert len(found) == 2 + more
    assert whole.get("nothing").rows(Pulse) == []


@pytest.mark.parametrize("more", [0, 100_000])
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"bpm": []}', r"at beats\[1\]\.bpm: a value of another kind"),
        ("7", r"at beats\[1\]: a value of another kind"),
        ('{"bpm": 1e999}', r"a number beyond all measure"),
    ],
)
def test_a_row_of_another_kind_is_told_with_its_place(row: str, said: str, more: int) -> None:
    with pytest.raises(Malformed, match=said):
        parse_json(f'{{"beats": [{{}}, {row}{", {}" * more}]}}'.encode(), "a.json").get("beats").rows(Pulse)


def test_rows_of_no_list_are_told_with_their_place() -> None:
    with pytest.raises(Malformed, match="at beats: a value of another kind"):
        parse_json(b'{"beats": {}}', "a.json").get("beats").rows(Pulse)


def test_a_member_that_rows_gave_knows_its_place() -> None:
    value = parse_json(b'{"beats": [{}, {"bpm": "many"}]}', "a.json").get("beats").at(1, "bpm", "many")
    with pytest.raises(Malformed, match=r"at beats\[1\]\.bpm: expected a number"):
        value.number()
