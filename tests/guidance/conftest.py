"""What the tests of this room share: every word of its data files, and the rules about words of the whole house."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import never_said
import pytest

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent))  # made_people stands beside the tests
DATA = TESTS.parent / "src/uitknop/guidance/data"


def words_in(value: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Each text for people in a table: place, language, words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("nl", "en") and isinstance(inner, (str, list)):
                for text in [inner] if isinstance(inner, str) else inner:
                    yield place, key, text
            else:
                yield from words_in(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, dict) else number
            yield from words_in(inner, f"{place}[{name}]")


@pytest.fixture(scope="session")
def all_words() -> list[tuple[str, str, str]]:
    """Every text of this room: place, language, words."""
    return [
        row
        for path in sorted(DATA.rglob("*.toml"))
        for row in words_in(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        if row[0] != "red_flags.toml.words"  # looked for, never said
    ]


@pytest.fixture(scope="session")
def not_to_be_said() -> Callable[[str, str], list[str]]:
    """Which kinds of forbidden words a text in a language holds."""
    return never_said.not_to_be_said
