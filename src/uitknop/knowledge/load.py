"""What do the data files say? Reads all of them, checks each field and each link, and gives one `Library`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from uitknop.core import Phrase
from uitknop.core.errors import KnowledgeError
from uitknop.knowledge.answers import read_contradictions, read_questions, read_terms
from uitknop.knowledge.rows import Row, parse, unique
from uitknop.knowledge.values import (
    FLAGS,
    GRADES,
    KINDS,
    SEEDS,
    Claim,
    Claimed,
    Labels,
    Library,
    Links,
    Source,
    Text,
)

NOT_CHECKED = "none"


@lru_cache(maxsize=1)
def library() -> Library:
    """The library that comes with this version.

    Raises:
        KnowledgeError: a data file breaks its schema; the installation is damaged.
    """
    return read_library(resources.files("uitknop.knowledge").joinpath("data"))


def read_library(folder: Traversable) -> Library:
    """Read and check a folder of data files.

    Raises:
        KnowledgeError: a file, a field or a link is wrong; file, id and field are named.
    """
    words = _file(folder, "labels.toml")
    saying = words.table("say").named(("claim", "no_source"))
    labels = Labels(
        words.table("grade").named(GRADES),
        words.table("kind").named(KINDS),
        words.table("flag").named(FLAGS),
        words.table("seed").named(SEEDS),
        saying["no_source"],
    )
    checked = words.table("checked").all_named()
    words.finish()
    listed = _file(folder, "links.toml")
    links = Links(*(listed.table(name).all_named() for name in ("practice", "screen", "coupling")))
    listed.finish()
    sources = _sources(_file(folder, "sources.toml"), checked)
    claims: dict[str, Claim] = {}
    for file in sorted(folder.joinpath("claims").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            _claims(_file(folder.joinpath("claims"), file.name), claims, sources, links, labels, saying["claim"])
    if not claims:
        raise KnowledgeError("The folder claims holds no claims. Install Uitknop again.")
    return Library(
        tuple(claims[name] for name in sorted(claims)),
        tuple(sources.values()),
        read_terms(_file(folder, "glossary.toml")),
        read_contradictions(_file(folder, "contradictions.toml"), claims),
        read_questions(_file(folder, "questions.toml"), claims),
        links,
        labels,
    )


def _file(folder: Traversable, name: str) -> Row:
    try:
        text = folder.joinpath(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise KnowledgeError(Phrase("{file} can't be read. Install Uitknop again.", {"file": name})) from fault
    return Row(name, parse(name, text), None, "file")


def _sources(file: Row, checked: Mapping[str, Text]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for row in file.rows("source", "key"):
        unique(file.file, sources, row.id)
        verified, part = row.boolean("verified"), row.optional("checked")
        if verified != (part is not None) or part == NOT_CHECKED or (part or NOT_CHECKED) not in checked:
            raise row.wrong("checked", Phrase("the part that was read, given exactly when verified is true"))
        sources[row.id] = Source(
            row.id,
            row.string("cite"),
            verified,
            checked[part or NOT_CHECKED],
            row.optional("doi"),
            row.optional("pmid"),
            row.optional_text("note"),
        )
        row.finish()
    file.finish()
    return sources


def _claims(
    file: Row, claims: dict[str, Claim], sources: Mapping[str, Source], links: Links, labels: Labels, frame: Text
) -> None:
    seed = file.one_of("seed", SEEDS)
    for row in file.rows("claim", "id"):
        unique(file.file, claims, row.id)
        grade = row.one_of("grade", GRADES)
        claims[row.id] = Claim(
            row.id,
            seed,
            row.one_of("kind", KINDS),
            Claimed(grade, labels.grades[grade], frame, row.text()),
            row.text("why"),
            tuple(sources[key] for key in row.some_of("sources", list(sources))),
            frozenset(row.some_of("flags", FLAGS)),
            row.some_of("practices", list(links.practices)),
            row.some_of("screens", list(links.screens)),
            row.some_of("couplings", list(links.couplings)),
        )
        row.finish()
    file.finish()
