"""What holds for everybody: laws over made-up people, 2,000 of them here and 50,000 in the campaign.

`UITKNOP_PEOPLE=50000` gives that many, and so does the profile "campaign". Each law also stands by itself, so that a
name says which one broke.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, seed, settings
from made_people import DAY_MS, NOW_MS, SUBSTANCES, ZONES, Known, Made, Traits, known, made, people, with_other_verdicts

from uitknop.core import Advice
from uitknop.guidance import action_of, conditions, practices, said_advice, said_none, said_step, steps
from uitknop.guidance.answered import answers_to
from uitknop.guidance.practices import SEVERITIES
from uitknop.guidance.proposals import requests
from uitknop.guidance.steps import PROPOSED
from uitknop.instruments import instrument, pem_of, pem_together
from uitknop.knowledge import library
from uitknop.state import read_diary
from uitknop.state.diary import CRASH, answers_of

HERE = Path(__file__).parent
LIMITS = {
    row["id"]: row
    for row in tomllib.loads((HERE.parents[1] / "src/uitknop/guidance/data/limits.toml").read_text("utf-8"))["limit"]
}
RESTING = {"rest", "menu", "breathing"}
GROWING = {"increase_b_week", "increase_p", "expansion_on_request"}
CAMPAIGN = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"
N_PEOPLE = int(os.environ.get("UITKNOP_PEOPLE", "50000" if CAMPAIGN else "2000"))
PARTS = -(-N_PEOPLE // 250)
"""So many tests share them, so that several processes can, and none runs into the limit of time of one test."""
MAYBE = settings(max_examples=2 if CAMPAIGN else 40, database=None)
"""A law by itself: a few people, because the crowd has them all."""


@pytest.fixture(scope="module", autouse=True)
def rules(not_to_be_said: Callable[[str, str], list[str]]) -> Iterator[None]:
    """The rules about words, for the laws."""
    RULES.append(lru_cache(maxsize=None)(not_to_be_said))
    yield
    RULES.clear()


RULES: list[Callable[[str, str], list[str]]] = []


# --- What a person is given ----------------------------------------------------------------------------------------


def advices(one: Known) -> list[Advice]:
    """The step and the answer to a request."""
    return [found for found in (one.guided.advice, one.guided.request) if found is not None]


def texts(one: Known) -> Iterator[tuple[str, str]]:
    """Everything a person may read of it, with its language."""
    for lang in ("nl", "en"):
        yield said_none(lang), lang
        yield from ((text, lang) for found in advices(one) if (text := said_advice(found, lang)) is not None)
        for flag in one.flags:
            action = action_of(flag.id)
            yield action.title.said(lang), lang
            yield from ((line, lang) for line in action.do.said(lang))
        for offer in one.guided.fits:
            row = practices()[offer.practice]
            for text in (row.name, row.what, row.known, row.stop, row.worse, *offer.otherwise):
                yield text.said(lang), lang


def numbers(one: Known) -> Iterator[tuple[str, float]]:
    """Every number with its limit: of the practices, and of what is said."""
    for offer in one.guided.fits:
        yield from ((number.limit, number.value) for number in offer.numbers.values())
    for found in advices(one):
        assert found.step is not None or found.limits_applied == ()
        values = list(found.step.fields.values()) if found.step is not None else []
        assert len(values) == len(found.limits_applied)
        yield from zip(found.limits_applied, map(float, values), strict=True)  # type: ignore[arg-type]


def pem_is_negative(one: Known) -> bool:
    """By the person's own last answers alone, whole and of the last twelve weeks; the rooms are stricter."""
    own = [row for row in one.diary.entries if not row.value.startswith("proxy:")]
    diary = read_diary(own, now_ms=NOW_MS, zone=one.made.zone)
    lists = [row for row in (instrument("pem_screen"), instrument("dsq_pem")) if one.diary.answers.get(f"{row.id}/1")]
    asked = [row.at_ms for row in own if row.label.startswith(("pem_screen/", "dsq_pem/"))]
    lately = NOW_MS - max(asked, default=0) < 84 * DAY_MS
    return lately and pem_together(pem_of(row, answers_of(diary, row)) for row in lists).answer == "negative"


def days_without_crash(one: Known) -> float:
    """Days since the last line that says crash."""
    told = [row.at_ms for row in one.diary.entries if row.value.removeprefix("proxy:") == CRASH]
    return (NOW_MS - max(told, default=0)) / DAY_MS


# --- The laws ------------------------------------------------------------------------------------------------------


def no_increment_with_pem_or_without_the_plan(one: Known) -> None:
    """No increment is ever proposed when PEM is positive or unknown, or the plan is off."""
    if pem_is_negative(one) and one.made.settings.plan:
        return
    assert one.guided.kind != "more"
    assert GROWING.isdisjoint(one.guided.advice.limits_applied)
    assert {"easy_walk", "careful_restart"}.isdisjoint(offer.practice for offer in one.guided.fits)
    for offer in one.guided.fits:
        assert all(number.value == 0 for name, number in offer.numbers.items() if name == "increase")
    if one.guided.request is not None and one.guided.request.step is not None:
        assert one.made.settings.plan
        assert requests(one.diary.entries)
        assert days_without_crash(one) >= 27


def no_number_passes_its_limit(one: Known) -> None:
    """No output exceeds a hard limit, read from the file itself."""
    for name, value in numbers(one):
        row = LIMITS[name]
        assert row.get("least", value) <= value <= row.get("most", value), name


def suicidality_opens_the_page_of_help_first(one: Known) -> None:
    """Every path with a suicidal answer opens the page of help before anything else."""
    if one.made.suicidal:
        assert one.guided.help_first
        assert one.guided.help[0].id == "suicidality"
        assert {"113", "0800-0113", "112"} <= set(action_of("suicidality").numbers)
        assert said_step(one.guided, "nl") is None


def nothing_is_proposed_while_a_red_flag_is_open(one: Known) -> None:
    """Nothing is proposed while a red flag is open; rest and help stay reachable, then and always."""
    assert {"rest", "help", "diary"} <= set(one.guided.stays)
    assert "quiet_rest" in {offer.practice for offer in one.guided.fits}
    waits = [flag for flag in one.flags if action_of(flag.id).waits]
    assert list(one.guided.help) == waits
    if waits:
        assert (one.guided.step, one.guided.kind, one.guided.proposal) == (None, None, None)
        assert all(found.step is None for found in advices(one))
        assert {practices()[offer.practice].group for offer in one.guided.fits} <= RESTING


def no_substance_is_named(one: Known) -> None:
    """No substance stands in anything that is said, so none with an imperative either."""
    for text, _ in texts(one):
        assert no_substance(text), text


@cache
def no_substance(text: str) -> bool:
    return re.search(rf"\b({SUBSTANCES})\b", text, re.IGNORECASE) is None


def no_forbidden_phrase_is_said(one: Known) -> None:
    """No forbidden phrase in any output, in either language."""
    for text, lang in texts(one):
        assert RULES[0](text, lang) == [], text
        assert "{" not in text or text in {row.what.said(lang) for row in practices().values()}


def no_gate_depends_on_the_heart(one: Known, changed: Made | None = None) -> None:
    """Changing every verdict changes no gate and no step."""
    others = list(with_other_verdicts(one.made))
    other = known(changed or others[len(one.made.entries) % len(others)], one.diary)
    assert other.guided == one.guided
    assert (other.state.phase, other.state.track) == (one.state.phase, one.state.track)


def a_no_is_respected(one: Known) -> None:
    """What was answered with no in the last four weeks is not asked again; a proxy's yes adds nothing."""
    if one.guided.kind in PROPOSED and one.guided.proposal is not None:
        found = answers_to(one.diary.entries).get(one.guided.proposal)
        if found is not None and found.refused and found.no_ms is not None:
            assert NOW_MS - found.no_ms >= 28 * DAY_MS


def more_is_for_those_it_fits(one: Known) -> None:
    """Nothing is added in the week after a crash, after a heavy day, or for whom everything is adapted."""
    growing = one.guided.kind == "more" or any(
        number.value > 0 for offer in one.guided.fits for name, number in offer.numbers.items() if name == "increase"
    )
    if growing:
        assert one.guided.held == ()
        assert days_without_crash(one) >= 6
        assert one.flags == ()
        assert one.state.severity != "unknown"
        assert SEVERITIES.index(one.state.severity) <= SEVERITIES.index("moderate")


def a_closed_sign_keeps_everything_as_it_is_for_a_week(one: Known) -> None:
    """Nothing more and no other phase in the week after a sign was closed, nor what does not go with it."""
    closed = [row for row in one.diary.entries if row.label.startswith("flag/") and action_of(row.label[5:]).waits]
    if any(NOW_MS - row.at_ms < 7 * DAY_MS for row in closed):
        assert one.guided.kind not in ("more", "phase")
        assert {"easy_walk", "careful_restart"}.isdisjoint(offer.practice for offer in one.guided.fits)
    signs = {row.label[5:] for row in closed}
    against = {name for name, row in conditions().items() if not signs.isdisjoint(row.signs)}
    for offer in one.guided.fits:
        assert against.isdisjoint(practices()[offer.practice].not_with)


def more_waits_for_what_goes_against_it(one: Known) -> None:
    """What asks more of somebody is offered only once everything it does not go with was asked."""
    for offer in one.guided.fits:
        row = practices()[offer.practice]
        if row.more:
            assert all(one.made.has.get(name) is False for name in row.not_with)


def each_advice_shows_what_it_leans_on(one: Known) -> None:
    """Grades are those of the claims; with PEM nothing leans on a claim that waits for that question."""
    for found in advices(one):
        assert found.reasons
        for name, grade in found.claims.items():
            claim = library().claim(name)
            assert claim.grade == grade
            assert "never_tell_user" not in claim.flags
            assert pem_is_negative(one) or "pem_gate" not in claim.flags


LAWS = (
    no_increment_with_pem_or_without_the_plan,
    no_number_passes_its_limit,
    suicidality_opens_the_page_of_help_first,
    nothing_is_proposed_while_a_red_flag_is_open,
    no_substance_is_named,
    no_forbidden_phrase_is_said,
    no_gate_depends_on_the_heart,
    a_no_is_respected,
    more_is_for_those_it_fits,
    a_closed_sign_keeps_everything_as_it_is_for_a_week,
    more_waits_for_what_goes_against_it,
    each_advice_shows_what_it_leans_on,
)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_law_holds_for_a_crowd(part: int) -> None:
    @seed(part)
    @settings(max_examples=-(-N_PEOPLE // PARTS), database=None)
    @given(people())
    def holds(person: Made) -> None:
        one = known(person)
        for law in LAWS:
            law(one)

    holds()


@MAYBE
@given(people())
def test_no_increment_with_pem_or_without_the_plan(person: Made) -> None:
    no_increment_with_pem_or_without_the_plan(known(person))


@MAYBE
@given(people())
def test_no_number_passes_its_limit(person: Made) -> None:
    no_number_passes_its_limit(known(person))


@MAYBE
@given(people().filter(lambda person: person.suicidal))
def test_suicidality_opens_the_page_of_help_first(person: Made) -> None:
    suicidality_opens_the_page_of_help_first(known(person))


@MAYBE
@given(people().filter(lambda person: any(row.label.startswith("flag/") for row in person.entries)))
def test_nothing_is_proposed_while_a_red_flag_is_open(person: Made) -> None:
    nothing_is_proposed_while_a_red_flag_is_open(known(person))


@MAYBE
@given(people())
def test_no_substance_and_no_forbidden_phrase_is_said(person: Made) -> None:
    one = known(person)
    no_substance_is_named(one)
    no_forbidden_phrase_is_said(one)


@MAYBE
@given(people())
def test_no_gate_depends_on_the_heart(person: Made) -> None:
    one = known(person)
    for changed in with_other_verdicts(person):
        no_gate_depends_on_the_heart(one, changed)


def test_the_people_reach_every_kind_of_step_and_both_answers_to_a_request() -> None:
    # Otherwise the laws would hold for want of anybody they are about.
    chance, wanted = Random(3), {*(row.kind for row in steps().values()), None, "room", "no room yet"}
    for number in range(1_000):
        traits = Traits(
            number,
            chance.choice(ZONES),
            steady=chance.random() < 0.85,
            calm=chance.random() < 0.97,
            pem=chance.choice(["no", "no", "no", "yes", "yes", "part", "none"]),
            phase=chance.choice([1, 2, 2, 3]),
            road="",
            plan=chance.random() < 0.9,
        )
        guided = known(made(traits)).guided
        wanted -= {guided.kind}
        if guided.request is not None:
            wanted -= {"room" if guided.request.step is not None else "no room yet"}
        if not wanted:
            break
    assert wanted == set()
