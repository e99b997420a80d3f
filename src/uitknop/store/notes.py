"""Sentences as the file keeps them: template and fields as JSON, so that they can be said in any language later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from uitknop.core.phrase import Phrase


def write_note(phrase: Phrase) -> str:
    """A phrase as JSON.

    >>> write_note(Phrase("{n} beats", {"n": 3}))
    '{"template": "{n} beats", "fields": {"n": 3}}'
    """
    return json.dumps(_plain(phrase), ensure_ascii=True)


def read_note(text: str) -> Phrase:
    """The phrase of `write_note`.

    >>> str(read_note(write_note(Phrase("{n} beats", {"n": 3}))))
    '3 beats'
    """
    return _phrase(json.loads(text))


def _plain(phrase: Phrase) -> dict[str, Any]:
    fields = {name: _plain_field(value) for name, value in phrase.fields.items()}
    return {"template": phrase.template, "fields": fields}


def _plain_field(value: object) -> object:
    if isinstance(value, Phrase):
        return _plain(value)
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _phrase(found: Mapping[str, Any]) -> Phrase:
    fields = {name: _phrase(value) if isinstance(value, dict) else value for name, value in found["fields"].items()}
    return Phrase(found["template"], fields)
