"""A data file that breaks its form is refused, with the place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from uitknop.core.errors import KnowledgeError
from uitknop.guidance.data_file import data_names, parse_data
from uitknop.guidance.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    name: Text
    minutes: int = 5


@dataclass(frozen=True, slots=True)
class File:
    row: tuple[Row, ...]


GOOD = '[[row]]\nname = { nl = "rust", en = "rest" }\n'


def test_a_file_becomes_its_values() -> None:
    assert parse_data(GOOD, "rows.toml", File) == File((Row(Text("rust", "rest")),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[row]", "rows.toml can't be read"),
        (GOOD + "minutes = 'long'\n", "minutes"),
        (GOOD + "minutes = 5.5\n", "minutes"),
        ("[[row]]\nminutes = 5\n", "name"),
        ('[[row]]\nname = { nl = "rust", en = " " }\n', "one language"),
        (GOOD + "minuten = 5\n", "row.minuten"),
        (GOOD.replace(" }", ', fr = "repos" }'), "row.name.fr"),
        ("extra = 1\n" + GOOD, "extra"),
    ],
)
def test_what_breaks_the_form_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        parse_data(text, "rows.toml", File)
    assert told in str(caught.value)
    assert "rows.toml" in str(caught.value)


def test_the_limits_are_among_the_data() -> None:
    assert "limits.toml" in data_names()
