"""A file of an account: times are read once at the edge, fillers are missing, and what no body makes is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.core.timeline import iso
from uitknop.sources import limits
from uitknop.sources.account_file import AccountFile, cell, number_in, offset_of
from uitknop.sources.columns import read_columns
from uitknop.sources.json_text import Json

ZONE = "Europe/Amsterdam"
HOUR_MS = 3_600_000


def value(content: object) -> Json:
    return Json(content, "a.json", step="here")


def times(account: AccountFile, *texts: str) -> list[str]:
    return [iso(t_ms, "UTC")[11:16] for t_ms in account.moments([value(text) for text in texts])]


def test_times_that_follow_each_other_go_through_the_hour_that_comes_twice() -> None:
    account = AccountFile("test", "a.json", ZONE)
    written = ("2026-10-25T01:30:00", "2026-10-25T02:30:00", "2026-10-25T02:10:00", "2026-10-25T03:00:00")
    assert times(account, *written) == ["23:30", "00:30", "01:10", "02:00"]


def test_an_hour_that_never_was_is_read_as_before_the_change() -> None:
    assert times(AccountFile("test", "a.json", ZONE), "2026-03-29T01:59:00", "2026-03-29T02:30:00") == [
        "00:59",
        "01:30",
    ]


def test_only_times_without_an_offset_need_the_persons_zone() -> None:
    account = AccountFile("test", "a.json", None)
    assert times(account, "2026-03-01T08:00:00+02:00", "2026-03-01T08:00:00Z") == ["06:00", "08:00"]
    assert account.moment(value("2026-03-01 08:00:00"), "+02:00") == account.moment(value("2026-03-01T06:00:00Z"))
    assert not account.local
    account.moment(value("2026-03-01T08:00:00"))
    assert account.local


@pytest.mark.parametrize(
    "when", ["soon", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "1970-01-01T00:00:00", "2026-13-01"]
)
def test_times_that_can_not_be_are_told_with_their_place(when: str) -> None:
    account = AccountFile("test", "a.json", ZONE)
    for ask in (account.moment, lambda given: account.moments([given])):
        with pytest.raises(Malformed, match=r"a\.json, at here: expected a time"):
            ask(value(when))


@given(st.text(max_size=30))
def test_any_text_is_a_time_a_date_or_a_source_error(text: str) -> None:
    account = AccountFile("test", "a.json", ZONE)
    for ask in (account.moment, account.morning, lambda given: account.moments([given]), lambda given: offset_of(text)):
        try:
            ask(value(text))
        except SourceError:
            continue


def test_a_day_begins_at_four_where_the_person_lives() -> None:
    account = AccountFile("test", "a.json", ZONE)
    for day, written in (("2026-03-28", "+01:00"), ("2026-03-29", "+02:00")):
        assert iso(account.morning(value(f"{day}T00:00:00")) or 0, ZONE) == f"{day}T04:00:00{written}"


def test_a_stretch_without_length_or_of_many_days_is_left_out_and_counted() -> None:
    account = AccountFile("test", "a.json", ZONE)
    for start_ms, end_ms in ((0, 0), (HOUR_MS, 0), (0, 200 * HOUR_MS), (None, 0), (0, None)):
        account.stretch("sleep", "asleep", start_ms, end_ms)
    account.stretch("sleep", "asleep", 0, HOUR_MS)
    (recording,) = account.recordings()
    assert len(recording.entries) == 1
    assert "3 values that no body makes" in str(recording.notes[0])


def test_the_longer_of_two_lines_that_begin_together_comes_first_and_each_counts_once() -> None:
    account = AccountFile("test", "a.json", ZONE)
    for _ in range(2):
        account.stretch("sleep", "deep", 0, HOUR_MS)
        account.stretch("sleep", "in_bed", 0, 8 * HOUR_MS)
    (recording,) = account.recordings()
    assert [entry.value for entry in recording.entries] == ["in_bed", "deep"]


def test_more_lines_than_are_read_are_refused() -> None:
    account = AccountFile("test", "a.json", ZONE)
    account.line("tag", "word", 0)
    account.entries *= limits.ENTRIES
    with pytest.raises(TooLarge, match="more than 200000 diary lines"):
        account.line("tag", "word", 1)


def test_nothing_gathered_is_no_recording() -> None:
    account = AccountFile("test", "a.json", ZONE)
    account.gathered.add("vendor_rmssd", 1e12, 9999.0)
    account.line("tag", "", 5)
    assert account.recordings() == ()


def test_a_filler_is_missing_and_a_word_is_counted() -> None:
    account = AccountFile("test", "a.json", ZONE)
    assert [number_in(account, value(given), filler=0.0) for given in (0, "0.0", "", None, 40)] == [None] * 4 + [40.0]
    assert account.gathered.n_left_out == 0
    assert number_in(account, value("many")) is None
    assert account.gathered.n_left_out == 1


def test_a_cell_is_told_with_its_line_and_column() -> None:
    table = read_columns("day,rmssd\n2026-03-01,40\n2026-03-02\n", "a.csv")
    assert cell(table, 0, "rmssd").number() == 40.0
    assert cell(table, 1, "rmssd").missing
    assert cell(table, 0, "sdnn").missing
    with pytest.raises(Malformed, match=r"a\.csv, at line 3, day: expected a number"):
        cell(table, 1, "day").number()


def test_words_are_cut_to_what_is_kept() -> None:
    account = AccountFile("test", "a.json", ZONE)
    account.line("tag", f"  {'x' * 900}", 0, label="y" * 900)
    (entry,) = account.entries
    assert (len(entry.value), len(entry.label)) == (limits.WORDS, limits.WORDS)
