"""JSON that is not trusted: bounded in size, depth and length of text, and free of names that stand twice."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, TooLarge

LARGEST_BYTES = 1_000_000
DEEPEST = 24
"""Levels of lists and objects; a questionnaire with groups, options and extensions has about ten."""


def parse_bounded(content: bytes, name: str) -> dict[str, Any]:
    """The object that a file holds.

    Args:
        content: bytes of the file.
        name: its name, for errors.
    Raises:
        TooLarge: larger or deeper than a questionnaire can be.
        Malformed: no JSON in UTF-8, not an object, a name that stands twice, or a number that is not finite.
    """
    if len(content) > LARGEST_BYTES:
        fields = {"name": name, "found": len(content), "limit": LARGEST_BYTES}
        raise TooLarge(Phrase("{name} holds {found} bytes; a questionnaire may hold {limit}.", fields))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Malformed(
            Phrase("{name}, byte {byte}: not UTF-8 text. Nothing was loaded.", {"name": name, "byte": fault.start})
        ) from fault
    _check_depth(text, name)
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise Malformed(
            Phrase("{name}, line {line}: not valid JSON. Nothing was loaded.", {"name": name, "line": line})
        ) from fault
    if not isinstance(found, dict):
        raise Malformed(Phrase("{name} holds no JSON object. Nothing was loaded.", {"name": name}))
    return found


def _check_depth(text: str, name: str) -> None:
    """Counts brackets outside texts, before anything is built from them."""
    depth, inside, escaped = 0, False, False
    for letter in text:
        if inside:
            inside = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                fields = {"name": name, "limit": DEEPEST}
                raise TooLarge(Phrase("{name} is nested deeper than {limit} levels. Nothing was loaded.", fields))
        elif letter in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)
