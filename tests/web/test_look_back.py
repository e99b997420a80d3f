"""Terugkijken: what was felt needs no measuring; the heart beside it in words; each verdict with why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uitknop.core import Bout, Entry, Estimate, Findings, Level, Span, Verdict
from uitknop.report.answer import KindAnswer
from uitknop.report.words import catalogue
from uitknop.rest import pool
from uitknop.web.look_back import FEWEST_FELT, _rows, felt_of, quietly

ZONE = "Europe/Amsterdam"
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS


def rest_at(at_ms: int, label: str = "", kind: str = "passive") -> Entry:
    return Entry(at_ms, ZONE, "rest", kind, at_ms + 20 * MINUTE_MS, label)


def felt_at(at_ms: int, value: str) -> Entry:
    return Entry(at_ms + 25 * MINUTE_MS, ZONE, "answer", value, label="felt")


def verdict_at(at_ms: int, answer: str, kind: str = "passive", label: str = "") -> Verdict:
    unsure = Estimate(-4.0, -6.0, -2.0, 0.9, 12, "bpm")
    bout = Bout(Span(at_ms, at_ms + 20 * MINUTE_MS), "supine", kind, label)
    told: Any = answer
    return Verdict(
        bout, told, 0.9 if answer == "settled" else 0.1, "moved", Level("low"), None, None, unsure, None, "B"
    )


@pytest.fixture
def measured(make_app: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The app of somebody who rested with a bottle on twelve days, with quiet time beside it."""
    app = make_app()
    first_ms = app.clock.now_ms - 12 * DAY_MS
    starts = [first_ms + day * DAY_MS for day in range(12)]
    rests = [rest_at(at_ms, "warm_bottle") for at_ms in starts]
    verdicts = [verdict_at(at_ms, "settled", label="warm_bottle") for at_ms in starts]
    verdicts += [
        verdict_at(at_ms + hour * 60 * MINUTE_MS, "not_settled", "quiet") for at_ms in starts for hour in (2, 4)
    ]
    verdicts.sort(key=lambda one: one.bout.span)
    entries = (*rests, *(felt_at(at_ms, "calmer") for at_ms in starts))
    found = Findings((), tuple(verdicts), (None,) * len(verdicts), pool(verdicts, entries), None, ZONE)
    monkeypatch.setattr("uitknop.web.judging.findings_of", lambda store: found)
    app.house.vault.note(entries)
    app.house.wake()
    app.house.judging.wait()
    app.last_ms = starts[-1]
    return app


def ask(app: Any, path: str, mode: str) -> str:
    token = app.client.cookies["uitknop"]
    app.client.cookies.clear()
    app.client.cookies.set("uitknop", token)
    app.client.cookies.set("uitknop_view", f"en.dark.usual.{mode}.on.off")
    return str(app.get(path))


def test_with_nothing_it_says_that_nothing_needs_to_be_measured(app: Any) -> None:
    assert "nothing needs to be" in app.get("/look-back")


def test_what_was_felt_and_what_the_heart_did_stand_side_by_side(measured: Any) -> None:
    page = ask(measured, "/look-back", "quiet")
    assert "rest with a warm bottle" in page
    assert "felt: often calmer" in page
    assert "probably at rest more often than in quiet time" in page
    assert "12 of" not in page
    assert "<svg" not in page


def test_the_other_modes_have_the_figure_and_the_counts(measured: Any) -> None:
    page = ask(measured, "/look-back", "ordinary")
    assert "(12 of 12)" in page
    assert page.count("<svg") == 1
    assert "style=" not in page  # our policy would not let it through


def test_a_verdict_comes_with_why_and_its_numbers_only_where_they_are_wanted(measured: Any) -> None:
    where = f"/look-back/{measured.last_ms}"
    quiet, everything = ask(measured, where, "quiet"), ask(measured, where, "everything")
    assert "came to rest" in quiet
    assert "change of heart rate" not in quiet
    assert "change of heart rate" in everything
    assert "−4.0" in everything


def test_today_tells_the_rest_of_yesterday_that_did_something(measured: Any) -> None:
    page = measured.get("/")
    assert "yesterday&#39;s rest of 14:00 seems to have done something" in page
    assert f'href="/look-back/{measured.last_ms}"' in page


def test_a_rest_that_did_nothing_is_not_told_unasked(measured: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = verdict_at(measured.last_ms, "not_settled")
    found = Findings((), (verdict,), (None,), (), None, ZONE)
    monkeypatch.setattr("uitknop.web.judging.findings_of", lambda store: found)
    measured.house.wake()
    measured.house.judging.wait()
    assert "stood out" not in measured.get("/")


def test_who_stopped_measuring_is_told_nothing_of_the_heart(measured: Any) -> None:
    measured.post("/settings/measuring", on="off")
    assert "stood out" not in measured.get("/")
    page = ask(measured, "/look-back", "everything")
    assert "heart" not in page.lower()
    assert "often calmer" in page
    assert "came to rest" not in ask(measured, f"/look-back/{measured.last_ms}", "everything")
    measured.post("/settings/measuring", on="on")
    assert "heart" in ask(measured, "/look-back", "quiet").lower()


def test_the_week_tells_each_day_and_rest_and_leaves_days_without_out(app: Any) -> None:
    app.house.vault.note([rest_at(app.clock.now_ms - 2 * DAY_MS, "warm_bottle")])
    app.post("/tap", now="crash")
    page = app.get("/look-back")
    days = [part.split("</ul>")[0] for part in page.split('<h2 class="day">')[1:]]
    assert len(days) == 2
    assert all(day.count("<li>") == 1 for day in days)
    assert "<li>crash</li>" in days[0]
    assert "14:00 rest with a warm bottle" in days[1]


def test_a_rest_without_a_verdict_says_that_nothing_was_measured(app: Any) -> None:
    at_ms = app.clock.now_ms - DAY_MS
    app.house.vault.note([rest_at(at_ms)])
    app.house.judging.wait()
    page = app.get(f"/look-back/{at_ms}")
    assert "Nothing was measured in this rest" in page
    assert str(app.client.get("/look-back/5", headers=app.headers).url.path) == "/look-back"


@pytest.mark.parametrize(
    ("calmer", "n", "lead"),
    [
        *((0, 0, "early"), (2, FEWEST_FELT - 1, "early"), (3, 3, "often"), (2, 3, "often")),
        *((3, 6, "sometimes"), (1, 3, "same"), (0, 5, "same")),
    ],
)
def test_what_is_said_of_a_kind_follows_from_the_answers(calmer: int, n: int, lead: str) -> None:
    entries: list[Entry] = []
    for number in range(max(n, 1)):
        entries.append(rest_at(number * DAY_MS))
        if number < n:
            entries.append(felt_at(number * DAY_MS, "calmer" if number < calmer else "same"))
    (felt,) = felt_of(tuple(entries), catalogue("en"))
    said = {"early": "too early", "often": "often", "sometimes": "sometimes", "same": "mostly the same"}
    assert felt.lead.startswith(said[lead])
    assert (felt.calmer, felt.n) == (calmer, n)


def test_an_answer_long_after_a_rest_is_not_about_it() -> None:
    late = Entry(90 * MINUTE_MS, ZONE, "answer", "calmer", label="felt")
    (felt,) = felt_of((rest_at(0), late), catalogue("en"))
    assert felt.n == 0


def test_a_day_without_rest_changes_nothing_of_what_is_said() -> None:
    entries = tuple(one for day in range(4) for one in (rest_at(day * DAY_MS), felt_at(day * DAY_MS, "calmer")))
    apart = tuple(one for day in range(4) for one in (rest_at(9 * day * DAY_MS), felt_at(9 * day * DAY_MS, "calmer")))
    assert felt_of(entries, catalogue("en")) == felt_of(apart, catalogue("en"))


def test_quiet_leaves_sentences_with_numbers_out() -> None:
    assert quietly(("a", "", "b 3"), quiet=True) == ("a",)
    assert quietly(("a", "", "b 3"), quiet=False) == ("a", "b 3")


@pytest.mark.parametrize(
    ("answers", "lead"),
    [
        ("same restless restless", "mostly more"),
        ("calmer same restless", "now this"),
        ("same same restless", "mostly the"),
    ],
)
def test_what_was_felt_otherwise_is_not_told_as_the_same(answers: str, lead: str) -> None:
    said = enumerate(answers.split())
    entries = tuple(one for day, value in said for one in (rest_at(day * DAY_MS), felt_at(day * DAY_MS, value)))
    (felt,) = felt_of(entries, catalogue("en"))
    assert felt.lead.startswith(lead)


def test_what_probably_does_something_stands_first_the_surest_on_top_and_the_rest_as_it_occurs() -> None:
    def answer(name: str, standing: Any, low: float) -> KindAnswer:
        return KindAnswer(name, standing, "", (), 0, 9, 9, None, Estimate(low + 0.1, low, low + 0.2, 0.9, 9, ""))

    answers = (answer("a", "same", 0.0), answer("b", "more", 0.1), answer("c", "early", 0.5), answer("d", "more", 0.2))
    rows = _rows(answers, (), catalogue("en"), quiet=True)
    assert [row.name for row in rows] == ["d", "b", "a", "c"]
