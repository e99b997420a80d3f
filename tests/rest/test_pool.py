"""The headline: per kind of rest, beside matched quiet time, and never a ranking by outcome."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Answer, Bout, Entry, Estimate, Level, Pooled, Posture, Span, Verdict
from uitknop.core.timeline import parse_iso
from uitknop.rest import pool

HOUR_MS = 3_600_000
ANSWERS: list[Answer] = ["settled", "not_settled", "cannot_tell", "breathing_only"]
ZONE = "Europe/Amsterdam"


def estimate(value: float, **given: object) -> Estimate:
    return replace(Estimate(value, value - 1.0, value + 1.0, 0.9, 10, "min"), **given)  # type: ignore[arg-type]


def verdict(
    answer: Answer, kind: str = "passive", label: str = "", *, start_ms: int = 0, ln: bool = False, latency: float = 5.0
) -> Verdict:
    judged = answer != "cannot_tell"
    late = estimate(latency) if answer == "settled" else estimate(20.0, high=float("inf"), censored="right")
    return Verdict(
        bout=Bout(Span(start_ms, start_ms + HOUR_MS // 3), "supine", kind, label),
        answer=answer,
        probability=0.9 if judged else None,
        movement="moved" if answer == "settled" else "not_moved",
        level=Level("between", estimate(0.4)) if judged else Level("unknown"),
        restorative_min=estimate(8.0) if judged else None,
        latency_min=late if judged else None,
        hr_change_bpm=estimate(-4.0) if judged else None,
        ln_rmssd_change=estimate(0.1) if judged and ln else None,
        confidence="B",
    )


def quiet(n: int, settled: int = 0) -> list[Verdict]:
    return [verdict("settled" if i < settled else "not_settled", "quiet", start_ms=i * HOUR_MS) for i in range(n)]


def only(pooled: tuple[Pooled, ...], kind: str = "passive", label: str = "") -> Pooled:
    (found,) = [one for one in pooled if (one.kind, one.label) == (kind, label)]
    return found


def codes(pooled: Pooled) -> list[str]:
    return [reason.code for reason in pooled.reasons]


def test_nothing_to_pool_gives_nothing() -> None:
    assert pool([]) == ()


def test_bouts_that_can_not_be_told_are_counted_and_not_judged() -> None:
    found = only(pool([verdict("settled"), verdict("not_settled"), verdict("cannot_tell"), verdict("breathing_only")]))
    assert (found.n, found.n_judged) == (4, 3)
    assert found.share_settled is not None
    assert found.share_settled.value == pytest.approx(1 / 3)
    assert found.level is not None
    assert found.level.value == pytest.approx(0.4)


def test_where_nothing_could_be_told_no_number_is_given() -> None:
    found = only(pool([verdict("cannot_tell")] * 3 + quiet(5)))
    assert (found.share_settled, found.restorative_min, found.latency_min, found.level, found.against_quiet) == (
        None, None, None, None, None,
    )  # fmt: skip
    assert {"too_few_bouts", "few_judged"} <= set(codes(found))


def test_each_safety_signal_is_pooled_by_its_name() -> None:
    bottle = verdict("settled", label="hot water bottle")
    found = pool([bottle, bottle, verdict("not_settled"), verdict("settled", "nsdr")])
    assert {(one.kind, one.label) for one in found} == {("passive", "hot water bottle"), ("passive", ""), ("nsdr", "")}


def test_labels_that_never_come_back_are_pooled_together() -> None:
    found = pool([verdict("settled", "rest", f"relax{i}") for i in range(3)])
    assert [(one.kind, one.label, one.n) for one in found] == [("rest", "", 3)]


@pytest.mark.parametrize(("ln", "needed"), [(False, 3), (True, 8)])
def test_it_says_how_many_bouts_are_needed(ln: bool, needed: int) -> None:
    few = [verdict("settled", ln=ln) for _ in range(needed - 1)]
    (reason,) = [r for r in only(pool(few + quiet(5))).reasons if r.code == "too_few_bouts"]
    assert (reason.found, reason.needed) == (needed - 1, needed)
    assert "too_few_bouts" not in codes(only(pool([*few, verdict("settled", ln=ln), *quiet(5)])))


def test_without_quiet_time_nothing_is_compared_and_it_is_said() -> None:
    found = only(pool([verdict("settled")] * 9 + quiet(2)))
    assert found.against_quiet is None
    (reason,) = [r for r in found.reasons if r.code == "no_quiet_time"]
    assert (reason.found, reason.needed) == (2, 3)
    assert codes(only(pool(quiet(2)), "quiet")) == ["too_few_bouts"]


def test_quiet_time_is_not_compared_with_itself() -> None:
    assert only(pool([*quiet(9), verdict("settled")]), "quiet").against_quiet is None


def test_few_bouts_make_a_smaller_difference_than_many_with_the_same_share() -> None:
    few, many = (only(pool([verdict("settled")] * n + quiet(12, 3))).against_quiet for n in (2, 20))
    assert few is not None
    assert many is not None
    assert 0.0 < few.value < many.value < 0.75
    assert few.high - few.low > many.high - many.low


@given(st.lists(st.tuples(st.sampled_from(["passive", "nsdr", "nap", "quiet"]), st.sampled_from(ANSWERS)), max_size=25))
def test_the_order_is_by_number_with_quiet_time_last_and_never_by_outcome(bouts: list[tuple[str, Answer]]) -> None:
    orders = []
    for turn in (None, "not_settled", "settled"):
        made = [
            verdict(turn or answer, kind, start_ms=i * HOUR_MS)  # type: ignore[arg-type]
            for i, (kind, answer) in enumerate(bouts)
        ]
        orders.append([(one.kind, one.n) for one in pool(made)])
    assert orders[0] == orders[1] == orders[2]
    assert sum(n for _, n in orders[0]) == len(bouts)
    assert orders[0] == sorted(orders[0], key=lambda one: (one[0] == "quiet", -one[1], one[0]))


def test_bouts_that_never_settled_lengthen_the_latency_and_are_not_averaged() -> None:
    bouts = [verdict("settled", latency=4.0), verdict("settled", latency=6.0), *[verdict("not_settled")] * 3]
    found = only(pool(bouts)).latency_min
    assert found is not None
    assert (found.value, found.censored) == (20.0, "right")
    settled = only(pool(bouts[:2])).latency_min
    assert settled is not None
    assert settled.value == 4.0


def felt(at_ms: int, value: str) -> Entry:
    return Entry(at_ms, ZONE, "answer", value, label="felt")


def refreshed(at: str, value: str = "yes", zone: str = ZONE) -> Entry:
    return Entry(parse_iso(at, zone), zone, "answer", value, label="refreshed")


def test_how_it_felt_is_the_answer_nearest_to_the_end_and_within_the_hour() -> None:
    end_ms = HOUR_MS // 3
    answers = [
        felt(end_ms + 50 * 60_000, "restless"),
        felt(end_ms + 60_000, "calmer"),
        felt(end_ms - 3 * HOUR_MS, "same"),
    ]
    found = only(pool([verdict("settled")], answers)).felt
    assert found is not None
    assert (found.value, found.n) == (1.0, 1)
    assert only(pool([verdict("settled")], [felt(end_ms + 2 * HOUR_MS, "calmer")])).felt is None
    assert only(pool([verdict("settled")], [Entry(end_ms, ZONE, "answer", "calmer", label="mood")])).felt is None


@pytest.mark.parametrize(
    ("rest_at", "answer_at", "counts"),
    [
        ("2026-05-01T14:00:00", "2026-05-02T09:00:00", True),
        ("2026-05-01T14:00:00", "2026-05-01T22:00:00", False),  # the same day
        ("2026-05-01T14:00:00", "2026-05-03T03:30:00", True),  # before four it still is the day after
        ("2026-05-01T14:00:00", "2026-05-03T04:30:00", False),
        ("2026-05-02T02:00:00", "2026-05-02T09:00:00", True),  # a rest in the night belongs to the day before
        ("2026-03-28T14:00:00", "2026-03-29T09:00:00", True),  # clocks set forward in between
        ("2026-03-29T03:30:00", "2026-03-29T09:00:00", True),
        ("2026-10-24T23:00:00", "2026-10-25T04:30:00", True),  # clocks set back in between
        ("2026-10-25T04:30:00", "2026-10-25T23:30:00", False),
    ],
)
def test_refreshed_is_asked_of_the_next_day_which_begins_at_four(rest_at: str, answer_at: str, counts: bool) -> None:
    rest = verdict("settled", start_ms=parse_iso(rest_at, ZONE))
    assert (only(pool([rest], [refreshed(answer_at)])).next_day is not None) == counts


def test_a_day_with_two_rests_of_a_kind_counts_once() -> None:
    at = [parse_iso(f"2026-05-01T{hour}:00:00", ZONE) for hour in (11, 15)]
    found = only(pool([verdict("settled", start_ms=t) for t in at], [refreshed("2026-05-02T09:00:00", "no")])).next_day
    assert found is not None
    assert (found.value, found.n) == (0.0, 1)


def test_each_answer_is_read_in_the_zone_the_person_lived_in() -> None:
    # a rest at 02:00 in Amsterdam is the evening of the day before for somebody in New York
    rest = verdict("settled", start_ms=parse_iso("2026-05-02T03:00:00+02:00", None))
    answer = refreshed("2026-05-02T09:00:00", zone="America/New_York")
    assert only(pool([rest], [answer])).next_day is not None


def at(hour: float, posture: Posture, answer: Answer = "not_settled", kind: str = "quiet") -> Verdict:
    made = verdict(answer, kind, start_ms=round(hour * HOUR_MS))
    return replace(made, bout=replace(made.bout, posture=posture))


def test_quiet_time_of_another_hour_does_not_stand_beside_a_rest() -> None:
    rests = [at(14, "supine", "settled", "passive")]
    near, far = [at(13 + i / 2, "supine") for i in range(4)], [at(6, "supine") for _ in range(9)]
    found = only(pool([*rests, *near, *far]))
    assert found.quiet is not None
    assert found.quiet.n == 4


def test_hours_are_compared_around_midnight() -> None:
    found = only(pool([at(23.5, "supine", "settled", "passive"), *[at(24.5, "supine") for _ in range(3)]]))
    assert found.quiet is not None
    assert found.quiet.n == 3


def test_quiet_time_in_the_same_posture_is_preferred() -> None:
    quiet = [*[at(14, "supine") for _ in range(3)], *[at(14, "seated") for _ in range(5)]]
    found = only(pool([at(14, "supine", "settled", "passive"), *quiet]))
    assert found.quiet is not None
    assert found.quiet.n == 3
    assert "other_posture" not in codes(found)


def test_quiet_time_in_another_posture_stands_in_and_that_is_told() -> None:
    found = only(pool([at(14, "supine", "settled", "passive"), *[at(14, "seated") for _ in range(5)]]))
    assert found.quiet is not None
    assert found.quiet.n == 5
    assert "other_posture" in codes(found)


def test_a_kind_mostly_in_another_posture_than_its_quiet_time_says_so() -> None:
    rests = [at(14, "supine", "settled", "passive") for _ in range(5)] + [at(14, "seated", "settled", "passive")]
    assert "other_posture" in codes(only(pool([*rests, *[at(14, "seated") for _ in range(5)]])))
