"""What is a weekly dose, and which are there? Reads the data files strictly and gives frozen values.

A dose is read by people of whom nothing is known. So it leans only on claims that may be said about a person, and on
none that waits for the question on PEM; what it contradicts is shown as a claim, with its grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError
from uitknop.knowledge import Claim, Flag, Library, Source, TellableClaim, Text, library, tellable
from uitknop.knowledge.rows import Row, parse, unique

Part = Literal["background", "aim", "findings", "lesson", "practice", "limitation", "readers", "professionals"]
PARTS: tuple[Part, ...] = get_args(Part)
"""In the order of reading. The first three are the basics, then one lesson and one practice."""

GATED: Flag = "pem_gate"


@dataclass(frozen=True, slots=True)
class Dose:
    """One weekly dose, in both languages.

    Args:
        number: 1 and up, the order of the files.
        id: short name.
        title: what it is called.
        about: the claim it is about; shown as a claim, with its grade.
        study: the study or review its findings come from.
        leans_on: claims it agrees with; each may be said about a person.
        corrects: claims it contradicts or tempers; shown as claims only.
        practice: which practice it offers, by id.
        parts: the words of every part; paragraphs are divided by an empty line.
    """

    number: int
    id: str
    title: Text
    about: Claim
    study: Source
    leans_on: tuple[TellableClaim, ...]
    corrects: tuple[Claim, ...]
    practice: str
    parts: Mapping[Part, Text]


@lru_cache(maxsize=1)
def doses() -> tuple[Dose, ...]:
    """The doses that come with this version, in order.

    Raises:
        KnowledgeError: a data file breaks its form; the installation is damaged.
    """
    return read_doses(resources.files("uitknop.report.letter").joinpath("doses"), library())


def numbered(number: int) -> Dose:
    """The dose with a number.

    Raises:
        KnowledgeError: there is none.
    """
    known = doses()
    if not 1 <= number <= len(known):
        raise KnowledgeError(
            Phrase(
                "There is no letter {number}. They run from 1 to {last}; see them all with --list.",
                {"number": number, "last": len(known)},
            )
        )
    return known[number - 1]


def read_doses(folder: Traversable, known: Library) -> tuple[Dose, ...]:
    """Read and check a folder of doses, in the order of their file names.

    Raises:
        KnowledgeError: a file, a field or a claim is wrong; file, id and field are named.
    """
    found: dict[str, Dose] = {}
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    for number, file in enumerate(files, 1):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise KnowledgeError(Phrase("{file} can't be read. Install Uitknop again.", {"file": file.name})) from fault
        row = Row(file.name, parse(file.name, text))
        unique(file.name, found, row.id)
        found[row.id] = _dose(number, row, known)
        row.finish()
    return tuple(found.values())


def _dose(number: int, row: Row, known: Library) -> Dose:
    claims = {claim.id: claim for claim in known.claims}
    sources = {source.key: source for source in known.sources}
    about = claims[row.one_of("about", list(claims))]
    leans_on = tuple(claims[name] for name in row.some_of("leans_on", list(claims)))
    corrects = tuple(claims[name] for name in row.some_of("corrects", list(claims)))
    for field, named in (("about", (about,)), ("leans_on", leans_on), ("corrects", corrects)):
        if any(GATED in claim.flags for claim in named):
            raise row.wrong(field, Phrase("free of claims that wait for the question on PEM"))
    told = tuple(tellable(claim) for claim in leans_on)
    if not told or None in told:
        raise row.wrong("leans_on", Phrase("a list of claims that may be said about a user"))
    if tellable(about) is None and about not in corrects:
        raise row.wrong(
            "corrects", Phrase("a list with the claim the letter is about, as it is never said about a user")
        )
    return Dose(
        number,
        row.id,
        row.text("title"),
        about,
        sources[row.one_of("study", list(sources))],
        tuple(claim for claim in told if claim is not None),
        corrects,
        row.one_of("offers", list(known.links.practices)),
        {part: _words(row, part) for part in PARTS},
    )


def _words(row: Row, part: Part) -> Text:
    inner = row.table(part)
    words = inner.text()
    inner.finish()
    return words
