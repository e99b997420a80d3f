"""Taking a data file apart field by field."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.core.errors import KnowledgeError
from uitknop.instruments.text import Text
from uitknop.instruments.toml_node import Node, parse


@pytest.mark.parametrize(
    ("value", "kind", "ok"),
    [
        (1, int, True),
        (True, int, False),
        (1, float, True),
        (1.5, int, False),
        ("a", str, True),
        (None, str, False),
        (0, bool, False),
    ],
)
def test_a_field_has_the_type_that_is_asked_for(value: Any, kind: type, ok: bool) -> None:
    node = Node({"a": value}, "f.toml", "here")
    if ok:
        assert node.take("a", kind) == value
        node.done()
    else:
        with pytest.raises(KnowledgeError, match=r"f\.toml, here\.a: expected"):
            node.take("a", kind)


def test_a_default_stands_in_for_what_is_not_there() -> None:
    assert Node({}, "f.toml").take("a", str, "x") == "x"
    with pytest.raises(KnowledgeError, match="expected text, found nothing"):
        Node({}, "f.toml").take("a", str)


@pytest.mark.parametrize("method", ["numbers", "words"])
def test_lists_hold_one_kind_of_thing(method: str) -> None:
    read = getattr(Node({"a": [1, "b"]}, "f.toml"), method)
    with pytest.raises(KnowledgeError, match="something else"):
        read("a")
    assert getattr(Node({}, "f.toml"), method)("a") == ()


def test_rows_know_their_place_and_each_writes_a_row_several_times() -> None:
    top = parse('[[row]]\neach = 2\nname = "r{n}"\n[[row]]\nname = "last"\n', "f.toml")
    rows = top.parts("row")
    assert [row.place for row in rows] == ["row[1]", "row[1]", "row[2]"]
    assert [row.take("name", str) for row in rows] == ["r1", "r2", "last"]
    top.done()


def test_a_text_is_both_languages_and_nothing_else() -> None:
    top = parse('a = { nl = " een ", en = "one" }\nb = { nl = "a", en = "b", fr = "c" }\n', "f.toml")
    assert top.text_of("a") == Text("een", "one")
    with pytest.raises(KnowledgeError, match=r"b\.fr: expected no such field"):
        top.text_of("b")
