"""How ill somebody is, as far as the answers tell: it decides how much may be asked, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from uitknop.instruments.answers import Answers
from uitknop.instruments.sitting import Severity

_OF_DAY: tuple[Severity, ...] = ("mild", "moderate", "severe", "very_severe")
"""By the answer to what an ordinary day is like. The four degrees are those of NICE NG206; the words are ours."""


def severity_of(answered: Mapping[str, Answers]) -> Severity:
    """Severity by the answers of `function` and `red_flags`; unknown when there are none.

    Args:
        answered: answers by name of the list.

    >>> severity_of({})
    'unknown'
    """
    function, flags = answered.get("function"), answered.get("red_flags")
    day = function.value("ordinary_day") if function is not None else None
    signs = flags.value("signs") if flags is not None else None
    in_bed = isinstance(signs, tuple) and "severely_ill" in signs
    if isinstance(day, int):
        return _OF_DAY[max(day, 2) if in_bed else day]
    return "severe" if in_bed else "unknown"
