"""Why can't it tell, what would help to tell more, and what can I do now? Gentle: nothing has to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from uitknop.core import Findings, Reason
from uitknop.report.reason_words import phrase_of, words_of
from uitknop.report.words import Catalogue

MOST_TIPS = 4
"""More than this nobody reads on a tired day."""


def why_not(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    """Why some moments have no answer, the most frequent reason first, and what the pooled answer still lacks."""
    untold = [verdict for verdict in findings.verdicts if verdict.answer == "cannot_tell"]
    first_limits: Counter[str] = Counter()
    for verdict in untold:
        limit = next((reason for reason in verdict.reasons if words_of(reason).group == "limit"), None)
        if limit is not None:
            first_limits[words.say(phrase_of(Reason(limit.code)))] += 1
    said = [
        words.count("{n} time: {why}", "{n} times: {why}", times, why=why) for why, times in first_limits.most_common()
    ]
    lacking = [reason for reason in _pool_reasons(findings) if words_of(reason).group != "seen"]
    return tuple(dict.fromkeys(said + [words.say(phrase_of(reason)) for reason in lacking]))


def _pool_reasons(findings: Findings) -> Iterator[Reason]:
    if findings.scale is not None:
        yield from findings.scale.reasons
    for pooled in findings.pooled:
        yield from (Reason(reason.code) for reason in pooled.reasons)


def what_helps(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    """What to wear or note so that more can be told, by how often it would have helped; never empty."""
    wished: Counter[str] = Counter()
    for verdict in findings.verdicts:
        weight = 3 if verdict.answer == "cannot_tell" else 1
        for tip in dict.fromkeys(words_of(reason).help for reason in verdict.reasons):
            if tip is not None:
                wished[tip] += weight
    for reason in _pool_reasons(findings):
        tip = words_of(reason).help
        if tip is not None:
            wished[tip] += 1
    if not wished and not findings.verdicts:
        return (
            words.say(
                "About ten quiet minutes or more in one recording can be judged. A shorter one is fine, but says less."
            ),
        )
    if not wished:
        return (words.say("What you wore tells enough. Nothing has to change."),)
    return tuple(words.say(tip) for tip, _ in wished.most_common(MOST_TIPS))


def worn(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    """What came in, and the best that can be told from it, one line for each sort of recording."""
    sorts = {
        "A": words.say("a strap with every beat; more than this is not needed"),
        "B": words.say("every beat; this tells nearly everything"),
        "C": words.say("beats measured with light, or without posture; this tells part"),
        "D": words.say("heart rate without the beats; this tells only whether the heart rate went down"),
    }
    counted = Counter(summary.grade for summary in findings.recordings)
    return tuple(
        words.count(
            "In {n} recording: {sort}.",
            "In {n} recordings: {sort}.",
            n,
            sort=sorts[grade],
        )
        for grade, n in sorted(counted.items())
    )
