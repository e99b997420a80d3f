"""What stands in a letter, part by part, the same for the page, the terminal and programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from uitknop.core import Findings
from uitknop.knowledge import Claim, Source, library
from uitknop.report.answer import headline, kind_answers
from uitknop.report.letter.dose import PARTS, Dose, Part
from uitknop.report.words import N_, Catalogue

HEADINGS: dict[Part, str] = {
    "background": N_("Background"),
    "aim": N_("What was the question?"),
    "findings": N_("What was found?"),
    "lesson": N_("One lesson"),
    "practice": N_("One thing to try, if you like"),
    "limitation": N_("What this does not say"),
    "readers": N_("For you"),
    "professionals": N_("For professionals"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a letter, as it is read."""

    name: str
    heading: str
    paragraphs: tuple[str, ...]


def sections(dose: Dose, words: Catalogue) -> tuple[Section, ...]:
    """Every part in the order of reading."""
    return tuple(Section(part, words.say(HEADINGS[part]), paragraphs(dose, part, words)) for part in PARTS)


def paragraphs(dose: Dose, part: Part, words: Catalogue) -> tuple[str, ...]:
    """The words of a part, one text per paragraph."""
    said = dose.parts[part].said(words.lang)
    return tuple(" ".join(one.split()) for one in said.split("\n\n") if one.strip())


def own_line(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    """What the own recordings say about rest; empty where there is nothing to say."""
    if not any(answer.judged for answer in kind_answers(findings, words)):
        return ()
    return headline(findings, words)


def study_line(dose: Dose, words: Catalogue) -> str:
    """The study with how far it was checked; one that was not is said to be so."""
    return source_line(dose.study, words)


def source_line(source: Source, words: Catalogue) -> str:
    """A source with how far it was checked."""
    parts = [source.checked.said(words.lang), *([source.note.said(words.lang)] if source.note else [])]
    doi = f" doi:{source.doi}" if source.doi else ""
    return f"{source.cite}.{doi} ({'; '.join(parts)})"


def claim_lines(dose: Dose, words: Catalogue) -> tuple[str, ...]:
    """Every claim the letter leans on or corrects, as a claim with its grade and why."""
    known = library()
    named = dict.fromkeys((dose.about.id, *(one.id for one in dose.corrects), *(one.id for one in dose.leans_on)))
    return tuple(_claim_line(known.claim(name), words) for name in named)


def other_sources(dose: Dose, words: Catalogue) -> tuple[str, ...]:
    """The sources of those claims beside the study, each with how far it was checked."""
    known = library()
    named = (dose.about, *dose.corrects, *(known.claim(one.id) for one in dose.leans_on))
    found = {source.key: source for claim in named for source in claim.sources}
    return tuple(source_line(source, words) for source in found.values() if source.key != dose.study.key)


def _claim_line(claim: Claim, words: Catalogue) -> str:
    return f"{claim.id}. {claim.claimed.said(words.lang)} {claim.comment.said(words.lang)}"


def letter_to_dict(dose: Dose, words: Catalogue, own: tuple[str, ...] = ()) -> dict[str, Any]:
    """A letter as an object for programs; `own` only where it was asked for and there is something."""
    told: dict[str, Any] = {
        "number": dose.number,
        "id": dose.id,
        "title": dose.title.said(words.lang),
        "lang": words.lang,
        "about": {"id": dose.about.id, "grade": dose.about.grade, "claim": dose.about.claimed.said(words.lang)},
        "parts": {section.name: list(section.paragraphs) for section in sections(dose, words)},
        "offers": dose.practice,
        "leans_on": [claim.id for claim in dose.leans_on],
        "corrects": [claim.id for claim in dose.corrects],
        "study": {"key": dose.study.key, "verified": dose.study.verified, "said": study_line(dose, words)},
    }
    return {**told, "own": list(own)} if own else told
