"""Errors: the drawn tree is the real one, and each carries its sentence."""

from __future__ import annotations

import inspect
import pickle

import pytest

from uitknop.core import Phrase, errors
from uitknop.core.errors import Malformed, SourceError, UitknopError

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, UitknopError)]


def drawn_parents() -> dict[str, str | None]:
    """Name of each error in the drawing, with the name of the one it hangs from."""
    assert errors.__doc__ is not None
    drawing = errors.__doc__.split("```text")[1].split("```")[0]
    parents: dict[str, str | None] = {}
    above: list[str] = []
    for line in filter(str.strip, drawing.splitlines()):
        depth = len(line) - len(line.lstrip("│├└─ "))
        name = line.lstrip("│├└─ ").split()[0]
        above = [*above[: depth // 4], name]
        parents[name] = above[-2] if len(above) > 1 else None
    return parents


def test_the_drawn_tree_is_the_tree_of_classes() -> None:
    real = {kind.__name__: None if kind is UitknopError else kind.__mro__[1].__name__ for kind in CLASSES}
    assert drawn_parents() == real


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_says_its_phrase_and_survives_pickling(kind: type[UitknopError]) -> None:
    phrase = Phrase("{n} beats in {name}", {"n": 3, "name": "a.txt"})
    error = kind(phrase)
    again = pickle.loads(pickle.dumps(error))
    assert str(error) == "3 beats in a.txt"
    assert (type(again), again.phrase, str(again)) == (kind, phrase, str(error))


def test_a_plain_string_is_a_phrase_without_fields_even_with_braces_in_it() -> None:
    error = Malformed('line 1 holds {"a": 1}')
    assert str(error) == 'line 1 holds {"a": 1}'
    assert error.phrase == Phrase('line 1 holds {"a": 1}')


def test_a_border_that_catches_source_errors_catches_each_kind_of_them() -> None:
    caught = {kind.__name__ for kind in CLASSES if issubclass(kind, SourceError)}
    assert caught == {"SourceError", "NotRecognised", "Malformed", "TooLarge", "Implausible"}
