import ast
from pathlib import Path

import pytest

import uitknop
from uitknop.core import Reason
from uitknop.report.reason_words import UNKNOWN, WORDS, phrase_of, words_of
from uitknop.report.words import catalogue

CODES = """
too_short no_beats too_few_beats low_coverage heart_rate_only gap_in_bout artefacts ectopy irregular_rhythm medication
after_effort slow_breathing breathing_unknown posture_unknown posture_change no_before no_reference calibrating moved
not_moved small_shift already_calm moved_but_high level_low level_high hr_fell hr_rose hr_flat ln_rmssd_rose
ln_rmssd_fell ln_rmssd_flat channels_disagree light_sensor short_span carry_over carry_over_missing breathing_only
too_few_bouts no_quiet_time few_judged no_answers clockless talking_possible asleep_possible constant_input
implausible_series wide_interval
"""


ON_THE_PAGE = ("core", "signals", "rest", "state", "guidance", "walk", "report", "person")
"""Rooms whose reasons a page shows. Screens say theirs beside the question."""

BESIDE_THE_PRACTICE = {"track", "condition", "phase"}
"""Why a practice is not offered: said beside it, by the words of `guidance`."""

BESIDE_THE_NUMBER = {"too_few_answers", "too_few_days", "rests_settled_this_week", "unreadable_answers"}
"""Why there is no figure, or what stands beside one: said where the figure stands."""


def emitted_codes() -> set[str]:
    """Codes written as the first argument of `Reason(...)` in the rooms that the page shows."""
    package = Path(uitknop.__file__).parent
    calls = (
        node
        for room in ON_THE_PAGE
        for path in (package / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Reason" and node.args
    )
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}  # type: ignore[misc]


@pytest.mark.parametrize("code", CODES.split())
def test_a_known_code_has_words_of_its_own(code: str) -> None:
    assert words_of(Reason(code)) is not UNKNOWN


def test_every_code_a_room_gives_has_words() -> None:
    assert emitted_codes() - set(WORDS) - BESIDE_THE_PRACTICE - BESIDE_THE_NUMBER == set()


def test_every_gate_has_words_when_it_answers_and_when_it_knows_too_little() -> None:
    package = Path(uitknop.__file__).parent / "state"
    calls = [
        (ast.unparse(node.func), node.args[0].value)
        for path in package.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    ]
    found = {str(code) for name, code in calls if name.split(".")[-1] in ("at_least", "at_most")}
    found |= {f"{code}_too_little" for name, code in calls if name.split(".")[-1] == "too_little"}
    assert {"known_days", "mood_too_little", "pem_asked"} <= found
    assert found - set(WORDS) == set()


def test_a_code_without_words_gets_a_general_sentence() -> None:
    assert str(phrase_of(Reason("brand_new"))) == UNKNOWN.plain


def test_figures_are_said_when_they_are_known(lang: str) -> None:
    said = catalogue(lang).say(phrase_of(Reason("low_coverage", 31.4, 50.0, "%")))
    assert "31" in said
    assert "50" in said


def test_without_figures_the_sentence_has_none(lang: str) -> None:
    for code in WORDS:
        said = catalogue(lang).say(phrase_of(Reason(code)))
        assert "{" not in said
        assert "None" not in said


def test_a_fall_is_said_without_its_sign() -> None:
    assert "by 6.5 beats" in catalogue("en").say(phrase_of(Reason("hr_fell", -6.5, 1.5, "bpm")))


def test_every_sentence_with_figures_can_be_filled(lang: str) -> None:
    for code, words in WORDS.items():
        if words.told is not None:
            said = catalogue(lang).say(phrase_of(Reason(code, 12.0, 34.0)))
            assert "12" in said, code


def test_no_two_codes_say_the_same() -> None:
    sentences = [words.plain for words in WORDS.values()]
    assert len(set(sentences)) == len(sentences)
