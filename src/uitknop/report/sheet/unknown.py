"""The foot of the sheet: what is not known, said as plainly as what is."""

from __future__ import annotations

from collections.abc import Iterator

from uitknop.core import Findings
from uitknop.report.paper.told import Words
from uitknop.report.sheet.consult import Field
from uitknop.report.sheet.load import TAP_DAYS
from uitknop.report.sheet.source import Stands
from uitknop.state import Diary

CANNOT_BOTH_BE = frozenset(("under_18", "new_headache"))
"""The second is asked of people over 50."""


def unknown_lines(
    stands: Stands, findings: Findings | None, diary: Diary, shared: frozenset[Field], words: Words
) -> Iterator[str]:
    """What we do not know, the most general first; nothing of what is left out can be read from it."""
    findings = findings if "heart" in shared else None
    measured = findings is not None and bool(findings.recordings)
    if not diary.entries and not measured:
        yield words.told("unknown_all")
    yield words.told("no_verdict_measured" if measured else "no_verdict")
    known = diary.known(TAP_DAYS)
    if 0 < known < TAP_DAYS and "days" in shared:
        yield words.told("unknown_days", n=TAP_DAYS - known)
    if "signs" in shared and {flag.id for flag in stands.flags} >= CANNOT_BOTH_BE:
        yield words.told("unknown_age")
    if findings is not None and findings.verdicts:
        untold = sum(one.answer == "cannot_tell" for one in findings.verdicts)
        if untold:
            yield words.told("unknown_moments", n=untold, total=len(findings.verdicts))
        yield words.told("unknown_good")
    if stands.state.envelope.where == "cannot_tell" and diary.entries and "crashes" in shared:
        yield words.told("unknown_edge")
    if lost := sum(int(one.found or 0) for one in stands.state.reasons if one.code == "unreadable_answers"):
        yield words.told("unknown_lines", n=lost)
