"""What do we answer ourselves? Reads the glossary, the contradictions between the seeds, and the five questions."""

from __future__ import annotations

from collections.abc import Mapping

from uitknop.core import Phrase
from uitknop.knowledge.rows import Row, unique
from uitknop.knowledge.values import (
    GRADES,
    SEEDS,
    Claim,
    Contradiction,
    Point,
    Question,
    TellableClaim,
    Term,
    tellable,
)


def read_terms(file: Row) -> tuple[Term, ...]:
    """The glossary, in the order of the file.

    Raises:
        KnowledgeError: a field is wrong.
    """
    terms: dict[str, Term] = {}
    for row in file.rows("term", "id"):
        unique(file.file, terms, row.id)
        terms[row.id] = Term(row.id, row.text("term"), row.text("meaning"))
        row.finish()
    file.finish()
    return tuple(terms.values())


def read_contradictions(file: Row, claims: Mapping[str, Claim]) -> tuple[Contradiction, ...]:
    """Where the seeds contradict each other, in the order of the file.

    Raises:
        KnowledgeError: a field is wrong, or a claim does not exist.
    """
    found: dict[str, Contradiction] = {}
    for row in file.rows("contradiction", "id"):
        unique(file.file, found, row.id)
        found[row.id] = Contradiction(
            row.id,
            row.some_of("seeds", SEEDS),
            row.text("one"),
            row.text("other"),
            row.text("resolution"),
            _claims(row, "claims", claims),
        )
        row.finish()
    file.finish()
    return tuple(found.values())


def read_questions(file: Row, claims: Mapping[str, Claim]) -> tuple[Question, ...]:
    """The questions with our answers, in the order of the file.

    Raises:
        KnowledgeError: a field is wrong, a claim does not exist, or an answer leans on one that is never told.
    """
    questions: dict[str, Question] = {}
    for row in file.rows("question", "id"):
        unique(file.file, questions, row.id)
        points = tuple(_point(point, claims) for point in row.rows("points"))
        questions[row.id] = Question(row.id, row.text("question"), row.text("short"), points)
        row.finish()
    file.finish()
    return tuple(questions.values())


def _point(row: Row, claims: Mapping[str, Claim]) -> Point:
    point = Point(
        row.text(),
        row.one_of("grade", GRADES),
        _told(row, "leans_on", claims),
        _claims(row, "corrects", claims),
        row.optional_text("basis"),
    )
    row.finish()
    if not (point.leans_on or point.corrects or point.basis):
        raise row.wrong("leans_on", Phrase("a list with a claim, where nothing is corrected and no basis is given"))
    return point


def _claims(row: Row, name: str, claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(claims[claim] for claim in row.some_of(name, list(claims)))


def _told(row: Row, name: str, claims: Mapping[str, Claim]) -> tuple[TellableClaim, ...]:
    told = tuple(tellable(claim) for claim in _claims(row, name, claims))
    if None in told:
        raise row.wrong(name, Phrase("a list of claims that may be said about a user"))
    return tuple(claim for claim in told if claim is not None)
