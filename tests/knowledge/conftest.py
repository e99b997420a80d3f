"""The library as it ships, a copy of its files that a test may break, and every text in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from uitknop.knowledge import Library, Text, library


@pytest.fixture(scope="session")
def known() -> Library:
    return library()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The data files, copied to where they may be changed."""
    with resources.as_file(resources.files("uitknop.knowledge").joinpath("data")) as folder:
        return Path(shutil.copytree(folder, tmp_path / "data"))


@pytest.fixture(scope="session")
def texts(known: Library) -> list[tuple[str, str, Text]]:
    """Every text for people: id, part, words."""
    return list(_texts(known))


def _texts(known: Library) -> Iterator[tuple[str, str, Text]]:
    for claim in known.claims:
        yield claim.id, "claim", claim.claimed._words
        yield claim.id, "comment", claim.comment
    for term in known.terms:
        yield term.id, "term", term.term
        yield term.id, "meaning", term.meaning
    for row in known.contradictions:
        yield row.id, "one", row.one
        yield row.id, "other", row.other
        yield row.id, "resolution", row.resolution
    for question in known.questions:
        yield question.id, "question", question.question
        yield question.id, "short", question.short
        for point in question.points:
            yield question.id, "point", point.words
    for source in known.sources:
        if source.note:
            yield source.key, "note", source.note
        yield source.key, "checked", source.checked
    for name in ("practices", "screens", "couplings"):
        for key, text in getattr(known.links, name).items():
            yield key, name, text
    for name in ("grades", "kinds", "flags", "seeds"):
        for key, text in getattr(known.labels, name).items():
            yield key, name, text
