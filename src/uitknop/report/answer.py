"""Does rest, and which rest, do something for me? The pooled answer in words, and how sure it is.

Each kind of rest stands beside matched quiet time, never beside another kind: there is no score.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from uitknop.core import Estimate, Findings, Pooled, Verdict
from uitknop.report.bout_words import GRADE_WORDS, kind_name
from uitknop.report.reason_words import phrase_of, words_of
from uitknop.report.words import Catalogue

Standing = Literal["more", "less", "same", "early", "alone", "nothing"]
"""Beside quiet time: settled more often, less often, no clear difference, too early; or nothing to stand beside."""

NOT_REST = ("quiet", "task", "baseline")


@dataclass(frozen=True, slots=True)
class KindAnswer:
    """What is said of one kind of rest.

    Args:
        name: what the kind is called.
        standing: how it stands beside quiet time.
        lead: the same in one short line.
        sentences: what is said of it, in order.
        settled, judged, n: moments that settled, that could be judged, and in all.
        share: share that settles, with interval; None when none was judged.
        beside: how much more often than quiet time, with interval; None where there is nothing to stand beside.
    """

    name: str
    standing: Standing
    lead: str
    sentences: tuple[str, ...]
    settled: int
    judged: int
    n: int
    share: Estimate | None
    beside: Estimate | None = None


def kind_answers(findings: Findings, words: Catalogue) -> tuple[KindAnswer, ...]:
    """One answer per kind of rest, in the order of `findings.pooled`; quiet time and tasks are no rest."""
    quiet = quiet_answer(findings, words)
    return tuple(
        _kind_answer(pooled, findings, quiet, words)
        for pooled in findings.pooled
        if pooled.kind not in NOT_REST and pooled.n
    )


def quiet_answer(findings: Findings, words: Catalogue) -> KindAnswer | None:
    """Matched quiet time, beside which the kinds stand; None when there is none."""
    quiet = next((pooled for pooled in findings.pooled if pooled.kind == "quiet" and not pooled.label), None)
    if quiet is None or quiet.n == 0:
        return None
    settled = count_settled(quiet, findings.verdicts)
    return KindAnswer(
        kind_name("quiet", "", words), "nothing", "", (), settled, quiet.n_judged, quiet.n, quiet.share_settled
    )


def count_settled(pooled: Pooled, verdicts: tuple[Verdict, ...]) -> int:
    """How many bouts of the kind and label settled: counted where the verdicts are there, else from the share.

    An empty label means the bouts without one, or all of the kind: whichever makes `pooled.n`.
    """
    of_kind = [verdict for verdict in verdicts if verdict.bout.kind == pooled.kind]
    labelled = [verdict for verdict in of_kind if verdict.bout.label == pooled.label]
    for group in (labelled, of_kind):
        if len(group) == pooled.n:
            return sum(verdict.answer == "settled" for verdict in group)
    return 0 if pooled.share_settled is None else round(pooled.share_settled.value * pooled.n_judged)


def headline(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    """The answer to "does rest do something for me?" in one to three sentences; never empty."""
    answers = kind_answers(findings, words)
    if not findings.verdicts:
        return _nothing_found(findings, words)
    if all(verdict.answer == "cannot_tell" for verdict in findings.verdicts):
        return (
            words.count(
                "We found {n} quiet moment, and can't tell yet whether your heart came to rest in it.",
                "We found {n} quiet moments, and can't tell yet whether your heart came to rest in them.",
                len(findings.verdicts),
            ),
            words.say("That is about the recording, not about you. Below stands what would help."),
        )
    if not answers:
        return _only_quiet(findings, words)
    said = [_overall(answers, words)]
    if any(answer.standing == "more" for answer in answers):
        said.append(words.say("It is not certain: of each kind there are only few."))
    if _lay_otherwise(findings, answers):
        said.append(
            words.say(
                "Your posture was often another one than in the quiet time. Part of the difference can come from that."
            )
        )
    return (*said, words.say("This is about your heart only. How rest feels counts just as much."))


def _nothing_found(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    first = (
        words.say("There is no quiet moment in this recording that could be judged.")
        if findings.recordings
        else words.say("There is no recording yet, so there is nothing to say yet.")
    )
    return (
        first,
        words.say("A quiet moment is: about ten minutes or more awake, without walking, with the recording running."),
        words.say("Nothing went wrong, and nothing needs to be done today."),
    )


def _only_quiet(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    settled = sum(verdict.answer == "settled" for verdict in findings.verdicts)
    judged = sum(verdict.answer != "cannot_tell" for verdict in findings.verdicts)
    return (
        words.say("We found quiet time.") + " " + _judged(settled, judged, words),
        words.say("Which rest does something can be told once it is known which moments were meant as rest."),
    )


def _lay_otherwise(findings: Findings, answers: tuple[KindAnswer, ...]) -> bool:
    """Whether a kind that stands out was compared with quiet time in another posture."""
    rests = [pooled for pooled in findings.pooled if pooled.kind not in NOT_REST and pooled.n]
    return any(
        answer.standing == "more" and any(reason.code == "other_posture" for reason in pooled.reasons)
        for answer, pooled in zip(answers, rests, strict=True)
    )


def _overall(answers: tuple[KindAnswer, ...], words: Catalogue) -> str:
    more = [answer.name for answer in answers if answer.standing == "more"]
    if more:
        return words.say(
            "With {kinds} your heart probably came to rest more often than in ordinary quiet time.",
            kinds=words.listed(more),
        )
    standings = {answer.standing for answer in answers}
    if standings & {"early", "alone", "nothing"}:
        return words.say("It is too early to say. Below stands what can already be seen.")
    if standings == {"less"}:
        return words.say("So far your heart came to rest less often in rest than in ordinary quiet time.")
    return words.say("So far we see no clear difference between rest and ordinary quiet time.")


def _kind_answer(pooled: Pooled, findings: Findings, quiet: KindAnswer | None, words: Catalogue) -> KindAnswer:
    name = kind_name(pooled.kind, pooled.label, words)
    settled = count_settled(pooled, findings.verdicts)
    beside = _beside(pooled, quiet)
    standing = standing_of(pooled, beside)
    sentences = [_counted(pooled, settled, words)]
    if pooled.share_settled is not None and pooled.n_judged > 1:
        sentences.append(_in_the_long_run(pooled.share_settled, words))
    if pooled.n_judged:
        sentences.append(_beside_quiet(standing, beside, words))
    sentences += _felt(pooled, words)
    sentences += [words.say(phrase_of(reason)) for reason in pooled.reasons if words_of(reason).group == "pool"]
    return KindAnswer(
        name,
        standing,
        _lead(standing, words),
        tuple(dict.fromkeys(sentences)),
        settled,
        pooled.n_judged,
        pooled.n,
        pooled.share_settled,
        pooled.against_quiet,
    )


def _beside(pooled: Pooled, quiet: KindAnswer | None) -> KindAnswer | None:
    """The quiet time that is matched to this kind, out of all of it."""
    if quiet is None or pooled.quiet is None:
        return None
    settled = round(pooled.quiet.value * pooled.quiet.n)
    return replace(quiet, settled=settled, judged=pooled.quiet.n, n=pooled.quiet.n, share=pooled.quiet)


def standing_of(pooled: Pooled, quiet: KindAnswer | None) -> Standing:
    """How a kind stands beside quiet time; the interval decides, not the value."""
    if pooled.n_judged == 0:
        return "nothing"
    if quiet is None or quiet.judged == 0 or pooled.against_quiet is None:
        return "alone"
    if any(reason.code in {"too_few_bouts", "few_judged"} for reason in pooled.reasons):
        return "early"
    if pooled.against_quiet.low > 0:
        return "more"
    return "less" if pooled.against_quiet.high < 0 else "same"


def _lead(standing: Standing, words: Catalogue) -> str:
    leads: dict[Standing, str] = {
        "more": words.say("Probably at rest more often than in quiet time"),
        "less": words.say("Probably at rest less often than in quiet time"),
        "same": words.say("No clear difference with quiet time"),
        "early": words.say("Too early to say"),
        "alone": words.say("Nothing to compare with yet"),
        "nothing": words.say("Can't tell yet"),
    }
    return leads[standing]


def _counted(pooled: Pooled, settled: int, words: Catalogue) -> str:
    if pooled.n_judged == 0:
        return words.count(
            "There is {n} moment of this kind, and we can't tell anything about it yet.",
            "There are {n} moments of this kind, and we can't tell anything about them yet.",
            pooled.n,
        )
    said = _judged(settled, pooled.n_judged, words)
    untold = pooled.n - pooled.n_judged
    if untold <= 0:
        return said
    more = words.count("We can't tell about {n} other.", "We can't tell about {n} others.", untold)
    return f"{said} {more}"


def _judged(settled: int, judged: int, words: Catalogue) -> str:
    if judged == 1 and settled:
        return words.say("In the one moment that could be judged your heart came to rest.")
    if judged == 1:
        return words.say("In the one moment that could be judged we do not see your heart come to rest.")
    return words.say(
        "In {settled} of the {n} moments that could be judged your heart came to rest.", settled=settled, n=judged
    )


def _in_the_long_run(share: Estimate, words: Catalogue) -> str:
    return words.say(
        "In the long run probably {low} to {high} of every 10 times.",
        low=words.number(share.low * 10),
        high=words.number(share.high * 10),
    )


def _beside_quiet(standing: Standing, quiet: KindAnswer | None, words: Catalogue) -> str:
    if quiet is None or quiet.judged == 0 or standing == "alone":
        return words.say(
            "There is too little quiet time yet to put beside it, so we don't know whether it is the rest itself."
        )
    beside = words.say(
        "Beside it: quiet time without resting on purpose, {settled} of the {n}.",
        settled=quiet.settled,
        n=quiet.judged,
    )
    last = {
        "more": words.say("That difference is probably more than chance."),
        "less": words.say("So quiet time without resting on purpose did it more often. Why, this page cannot know."),
        "same": words.say("That difference may be chance."),
        "early": words.say("It is too early to say whether that is a real difference."),
    }
    return f"{beside} {last.get(standing, '')}".strip()


def _felt(pooled: Pooled, words: Catalogue) -> list[str]:
    said = []
    if pooled.felt is not None:
        said.append(
            words.say(
                "Afterwards you said {times} of the {n} times that you felt calmer.",
                times=round(pooled.felt.value * pooled.felt.n),
                n=pooled.felt.n,
            )
        )
    if pooled.next_day is not None:
        said.append(
            words.say(
                "The next day you said {times} of the {n} times that you were refreshed.",
                times=round(pooled.next_day.value * pooled.next_day.n),
                n=pooled.next_day.n,
            )
        )
    return said


def how_sure(findings: Findings, words: Catalogue) -> tuple[str, ...]:
    """How sure the answer is, and what it leans on."""
    judged = [verdict for verdict in findings.verdicts if verdict.answer != "cannot_tell"]
    untold = len(findings.verdicts) - len(judged)
    said = []
    if judged:
        said.append(
            words.count(
                "It leans on {n} moment that could be judged.",
                "It leans on {n} moments that could be judged.",
                len(judged),
            )
        )
        said.append(_grades(judged, words))
    if untold:
        said.append(
            words.count("We can't tell about {n} other moment.", "We can't tell about {n} other moments.", untold)
        )
    said.append(
        words.say(
            "One moment never says something about a kind of rest. From about 8 of one kind on it becomes clearer."
        )
    )
    said.append(words.say("Chance plays a part in everything here. Where it may be chance, it says so."))
    return tuple(said)


def _grades(judged: list[Verdict], words: Catalogue) -> str:
    grades = Counter(verdict.confidence for verdict in judged)
    grade = max(sorted(grades), key=lambda one: grades[one])
    return words.say(
        "How sure each one is goes from A to D. Most here are {grade}.", grade=words.say(GRADE_WORDS[grade])
    )
