import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Phrase, Span
from uitknop.core.errors import UitknopError
from uitknop.core.timeline import parse_iso
from uitknop.report.words import MONTHS, WEEKDAYS, catalogue

TUESDAY_14_MS = parse_iso("2026-03-03T14:00:00+01:00", None)
AMSTERDAM = "Europe/Amsterdam"


def test_a_moment_is_said_in_the_readers_language() -> None:
    assert catalogue("nl").moment(TUESDAY_14_MS, AMSTERDAM) == "dinsdag 3 maart 14:00"
    assert catalogue("en").moment(TUESDAY_14_MS, AMSTERDAM) == "Tuesday 3 March 14:00"


def test_a_short_night_belongs_to_the_day_before() -> None:
    at_two = parse_iso("2026-03-04T02:00:00+01:00", None)
    assert catalogue("en").day(at_two, AMSTERDAM) == "Tuesday 3 March"
    assert catalogue("en").moment(at_two, AMSTERDAM) == "Wednesday 4 March 02:00"


def test_a_date_holds_its_year() -> None:
    assert catalogue("nl").dated(TUESDAY_14_MS, AMSTERDAM) == "dinsdag 3 maart 2026"


def test_dutch_writes_a_decimal_comma() -> None:
    assert catalogue("nl").number(0.14, 2) == "0,14"
    assert catalogue("en").number(0.14, 2) == "0.14"


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_written_number_reads_back_as_itself(value: float, digits: int) -> None:
    text = catalogue("nl").number(value, digits, signed=True)
    assert float(text.replace("−", "-").replace(",", ".")) == pytest.approx(value, abs=0.51 * 10**-digits)


def test_zero_has_no_sign() -> None:
    assert catalogue("en").number(-0.04, 1, signed=True) == "0.0"


def test_one_and_many_have_their_own_form() -> None:
    words = catalogue("nl")
    assert words.count("{n} minute", "{n} minutes", 1) == "1 minuut"
    assert words.count("{n} minute", "{n} minutes", 9) == "9 minuten"


def test_numbers_in_a_sentence_are_written_in_its_language() -> None:
    phrase = Phrase("{share} % of the time recorded", {"share": 97.5})
    assert catalogue("nl").say(phrase) == "97,5\u00a0% van de tijd opgenomen"


def test_a_format_in_a_template_keeps_the_readers_decimal_mark() -> None:
    assert catalogue("nl").say("{share:.2f}", share=0.5) == "0,50"


def test_a_phrase_within_a_phrase_is_translated_too() -> None:
    outer = Phrase("{first} and {last}", {"first": Phrase("Monday"), "last": "x"})
    assert catalogue("nl").say(outer) == "maandag en x"


def test_braces_in_a_persons_own_words_stay_as_they_are() -> None:
    assert catalogue("en").say("{kind} ({label})", kind="rest", label="{0} {oops}") == "rest ({0} {oops})"


def test_a_list_is_read_as_a_sentence() -> None:
    assert catalogue("nl").listed(["a", "b", "c"]) == "a, b en c"
    assert catalogue("nl").listed(["a"]) == "a"
    assert catalogue("nl").listed([]) == ""


def test_without_a_clock_time_counts_from_the_start() -> None:
    words = catalogue("en")
    assert words.moment(65 * 60_000, None) == "1:05"
    assert words.between(Span(0, 30 * 60_000), None) == "0:00 to 0:30 after the start"


def test_an_unknown_language_is_refused_with_the_two_that_exist() -> None:
    with pytest.raises(UitknopError, match="nl or en"):
        catalogue("xx")


def test_every_day_and_month_has_its_own_word(lang: str) -> None:
    words = catalogue(lang)
    assert len({words.say(name) for name in (*WEEKDAYS, *MONTHS)}) == 19


def test_the_dutch_days_are_not_the_english_ones() -> None:
    assert not {catalogue("nl").say(name) for name in WEEKDAYS} & set(WEEKDAYS)
