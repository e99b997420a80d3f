"""Which claims speak of this? Search and filter, whatever the case, the accents and the language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from uitknop.knowledge.values import Claim, Flag, Grade, Kind, Seed


@lru_cache(maxsize=4096)  # every search looks at all texts of the library
def fold(text: str) -> str:
    """The text without case and accents, for comparing.

    >>> fold("Één Mitochondriën")
    'een mitochondrien'
    """
    # Taken apart on both sides of the case: some letters are capitals only once they are in pieces, and the reverse.
    return " ".join(_bare(_bare(text).casefold()).casefold().split())


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def find_claims(
    claims: Iterable[Claim],
    words: Iterable[str] = (),
    *,
    seed: Seed | None = None,
    grade: Grade | None = None,
    kind: Kind | None = None,
    flag: Flag | None = None,
) -> tuple[Claim, ...]:
    """The claims that hold every word and pass every filter, in the order given.

    A word is looked for in the claim, the comment and the sources, in both languages, and as the id.
    """
    wanted = [folded for word in words if (folded := fold(word))]
    return tuple(
        claim
        for claim in claims
        if (seed is None or claim.seed == seed)
        and (grade is None or claim.grade == grade)
        and (kind is None or claim.kind == kind)
        and (flag is None or flag in claim.flags)
        and all(_holds(claim, word) for word in wanted)
    )


def _holds(claim: Claim, folded: str) -> bool:
    if folded == claim.id.casefold() or claim.claimed.matches(folded, fold):
        return True
    beside = [claim.comment.nl, claim.comment.en, *(source.cite for source in claim.sources)]
    return any(folded in fold(text) for text in beside)
