"""A sentence as a value: an English template and the values that go into it.

Rooms never hold words of their own for people; they make phrases. A face looks the template up in the catalogue of
the reader's language and fills in the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English template with `{named}` fields, and the fields.

    >>> str(Phrase("{n} beats in {name}", {"n": 3, "name": "a.txt"}))
    '3 beats in a.txt'
    """

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    def __str__(self) -> str:
        return self.say(str)

    def __reduce__(self) -> tuple[type[Phrase], tuple[str, dict[str, object]]]:
        return Phrase, (self.template, dict(self.fields))

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((name, str(value)) for name, value in self.fields.items()))))

    def say(self, translate: Callable[[str], str]) -> str:
        """The sentence, with the template passed through `translate` first; a field that is a phrase is said too."""
        said = {
            name: value.say(translate) if isinstance(value, Phrase) else value for name, value in self.fields.items()
        }
        template = translate(self.template)
        return template.format(**said) if said else template
