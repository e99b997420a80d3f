"""What is a claim, a source, a term, a contradiction, a question: the values this room gives.

The words of a claim are held in a `Claimed`, which has no way out but `said`: with the word claim and the grade beside
it. Words without those belong to a `TellableClaim`, and `tellable` refuses to make one of a claim that is never said
about a user. What makes sentences about a person takes a `TellableClaim`, so that the type checker stands guard.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, get_args

from uitknop.core import Phrase, Value
from uitknop.core.errors import KnowledgeError

Language = Literal["nl", "en"]
Seed = Literal["s0", "s1", "s2", "s3", "s4"]
Grade = Literal["A", "B", "C", "D", "X"]
Kind = Literal["mechanism", "symptom", "practice", "nutrient", "safety", "process"]
Flag = Literal["safety", "pem_gate", "never_tell_user", "commercial", "citation_error"]

SEEDS: tuple[Seed, ...] = get_args(Seed)
GRADES: tuple[Grade, ...] = get_args(Grade)
KINDS: tuple[Kind, ...] = get_args(Kind)
FLAGS: tuple[Flag, ...] = get_args(Flag)
NEVER_TOLD: Flag = "never_tell_user"


@dataclass(frozen=True, slots=True)
class Text(Value):
    """The same words in both languages.

    >>> Text("rust", "rest").said("en")
    'rest'
    """

    nl: str
    en: str

    def said(self, lang: Language) -> str:
        """The words in one language."""
        return self.nl if lang == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Source(Value):
    """Where a claim was checked. Unverified means: nobody compared the statement with the source.

    Args:
        key: short name, such as `nhg2018`.
        cite: who, what, where, when.
        checked: how far the statement was compared with the source, in words; says so too when it was not.
        note: what is uncertain about the source itself.
    """

    key: str
    cite: str
    verified: bool
    checked: Text
    doi: str | None = None
    pmid: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """The words of a claim. They come out with the word claim and the grade, and in no other way."""

    grade: Grade
    grade_label: Text
    frame: Text = field(repr=False)
    _words: Text = field(repr=False)

    def said(self, lang: Language) -> str:
        """The claim as a claim: "Claim, grade D (...): the words"."""
        label = self.grade_label.said(lang)
        return self.frame.said(lang).format(grade=self.grade, label=label, words=self._words.said(lang))

    def __str__(self) -> str:
        return self.said("en")

    def matches(self, folded: str, fold: Callable[[str], str]) -> bool:
        """Whether the words, folded by `fold`, hold `folded` in either language."""
        return folded in fold(self._words.nl) or folded in fold(self._words.en)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a seed, graded. It may be listed and shown as a claim; nothing about a person follows from it.

    Args:
        id: C001 to C183.
        claimed: what the seed says, in our words.
        comment: why this grade, and what is known.
        sources: none means that no source was found.
        practices, screens, couplings: ids of what it has to do with, listed in `links.toml`.
    """

    id: str
    seed: Seed
    kind: Kind
    claimed: Claimed
    comment: Text
    sources: tuple[Source, ...] = ()
    flags: frozenset[Flag] = frozenset()
    practices: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    couplings: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade:
        """How well the claim is supported, as worded, in the people its seed speaks of."""
        return self.claimed.grade


@dataclass(frozen=True, slots=True)
class TellableClaim(Value):
    """A claim that may stand in a sentence about a person. Made by `tellable`; its grade goes with it.

    Raises:
        KnowledgeError: the claim is never said about a user.
    """

    id: str
    grade: Grade
    grade_label: Text
    words: Text
    comment: Text
    flags: frozenset[Flag] = frozenset()

    def __post_init__(self) -> None:
        if NEVER_TOLD in self.flags:
            raise KnowledgeError(
                Phrase("Claim {id} is never said about a user. Show it as a claim, with its grade.", {"id": self.id})
            )


def tellable(claim: Claim) -> TellableClaim | None:
    """The claim for a sentence about a person, or None where it may never stand in one."""
    if NEVER_TOLD in claim.flags:
        return None
    claimed = claim.claimed
    return TellableClaim(claim.id, claimed.grade, claimed.grade_label, claimed._words, claim.comment, claim.flags)


@dataclass(frozen=True, slots=True)
class Term(Value):
    """A word of the field or of the seeds, and what is meant by it here."""

    id: str
    term: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things the seeds say that cannot both be followed, and what this software does about it."""

    id: str
    seeds: tuple[Seed, ...]
    one: Text
    other: Text
    resolution: Text
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One step of an answer of ours, graded like a claim.

    Args:
        leans_on: claims the step agrees with; each may be told.
        corrects: claims the step contradicts or tempers.
        basis: what it rests on where no claim says it, such as a law.
    """

    words: Text
    grade: Grade
    leans_on: tuple[TellableClaim, ...] = ()
    corrects: tuple[Claim, ...] = ()
    basis: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question the seeds answer, answered by us."""

    id: str
    question: Text
    short: Text
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Links(Value):
    """What claims may point to, by id, with a name in both languages."""

    practices: dict[str, Text]
    screens: dict[str, Text]
    couplings: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Labels(Value):
    """The words for grades, kinds, flags and seeds."""

    grades: dict[Grade, Text]
    kinds: dict[Kind, Text]
    flags: dict[Flag, Text]
    seeds: dict[Seed, Text]
    no_source: Text


@dataclass(frozen=True, slots=True)
class Library:
    """Everything this room knows."""

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    contradictions: tuple[Contradiction, ...]
    questions: tuple[Question, ...]
    links: Links
    labels: Labels

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id, in capitals or not.

        Raises:
            KnowledgeError: no such claim.
        """
        wanted = claim_id.strip().upper()
        for claim in self.claims:
            if claim.id == wanted:
                return claim
        raise KnowledgeError(
            Phrase(
                "There is no claim {id}. They run from {first} to {last}; search with words to find one.",
                {"id": claim_id, "first": self.claims[0].id, "last": self.claims[-1].id},
            )
        )
