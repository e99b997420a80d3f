"""The headline: does rest, and which rest, do something for me? Verdicts pooled by kind, beside matched quiet time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np

from uitknop.core import Entry, Estimate, Pooled, Reason, Verdict
from uitknop.core.timeline import day_of
from uitknop.rest.normal import t_quantile_95
from uitknop.rest.parameters import (
    FELT_WITHIN_MIN,
    FEWEST_BOUTS_HEART_RATE,
    FEWEST_BOUTS_LN_RMSSD,
    FEWEST_QUIET,
    HOUR_BAND_H,
)
from uitknop.rest.shares import difference, share
from uitknop.rest.survival import median_latency

CALMER = "calmer"
REFRESHED = "yes"
DAY_MS = 86_400_000
QUIET = "quiet"


def pool(verdicts: Sequence[Verdict], entries: Sequence[Entry] = ()) -> tuple[Pooled, ...]:
    """One answer per kind of rest; bouts with a label that comes back stand apart, under that label.

    Args:
        verdicts: of one person, any number.
        entries: diary; of use are answers labelled "felt" (value "calmer", "same", "restless") shortly after a bout,
            and "refreshed" (value "yes", "no") on the next day.
    Returns: kinds in the order of how often they occur, matched quiet time last. Never a ranking: bouts of a kind
        with few of them carry the reason "too few bouts".
    """
    named = Counter((verdict.bout.kind, verdict.bout.label) for verdict in verdicts)
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        kind, label = verdict.bout.kind, verdict.bout.label
        groups.setdefault((kind, label if named[kind, label] > 1 else ""), []).append(verdict)
    quiet = [verdict for verdict in verdicts if verdict.bout.kind == QUIET]
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] == QUIET, -len(item[1]), item[0]))
    return tuple(_pooled(kind, label, group, quiet, entries) for (kind, label), group in ordered)


def _pooled(kind: str, label: str, group: list[Verdict], quiet: list[Verdict], entries: Sequence[Entry]) -> Pooled:
    judged = _judged(group)
    settled = _settled(judged)
    beside, matched = match_quiet(group, quiet) if kind != QUIET else ([], True)
    enough = bool(judged) and len(beside) >= FEWEST_QUIET
    return Pooled(
        kind=kind,
        label=label,
        n=len(group),
        n_judged=len(judged),
        share_settled=share(settled, len(judged)) if judged else None,
        restorative_min=_mean([v.restorative_min for v in judged], "min"),
        latency_min=_latency(judged),
        level=_mean([v.level.heart_rate for v in judged], ""),
        felt=_felt(group, entries),
        next_day=_next_day(group, entries),
        quiet=share(_settled(beside), len(beside)) if beside else None,
        against_quiet=difference(settled, len(judged), _settled(beside), len(beside)) if enough else None,
        reasons=_reasons(kind, group, judged, len(beside), matched),
    )


def _judged(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.answer != "cannot_tell"]


def _settled(verdicts: Sequence[Verdict]) -> int:
    return sum(verdict.answer == "settled" for verdict in verdicts)


def match_quiet(group: Sequence[Verdict], quiet: Sequence[Verdict]) -> tuple[list[Verdict], bool]:
    """The judged quiet time that stands beside a kind of rest, and whether its posture matches too.

    Matched in hour: within `HOUR_BAND_H` of some bout of the kind. Matched in posture as well, as long as that leaves
    at least `FEWEST_QUIET` of it; few people lie down without meaning to rest, so otherwise any posture is taken, and
    that is told.
    """
    near = _near_in_hour(group, _judged(quiet))
    postures = {rest.bout.posture for rest in group}
    same = [verdict for verdict in near if verdict.bout.posture in postures or "unknown" in postures]
    if len(same) < FEWEST_QUIET:
        return near, len(near) < FEWEST_QUIET
    found = {verdict.bout.posture for verdict in same}
    alike = sum(rest.bout.posture in found or rest.bout.posture == "unknown" for rest in group)
    return same, 2 * alike >= len(group)


def _near_in_hour(group: Sequence[Verdict], quiet: Sequence[Verdict]) -> list[Verdict]:
    """The quiet time that starts within `HOUR_BAND_H` of some bout on the clock; the zone does not matter for it."""
    if not group or not quiet:
        return []
    on_clock, wanted = (np.array([v.bout.span.start_ms for v in part]) % DAY_MS for part in (group, quiet))
    ring = np.sort(np.concatenate([on_clock - DAY_MS, on_clock, on_clock + DAY_MS]))
    after = np.searchsorted(ring, wanted)
    apart_ms = np.minimum(ring[after] - wanted, wanted - ring[after - 1])
    return [verdict for verdict, apart in zip(quiet, apart_ms, strict=True) if apart <= HOUR_BAND_H * 3_600_000]


def _reasons(kind: str, group: list[Verdict], judged: list[Verdict], n_quiet: int, matched: bool) -> tuple[Reason, ...]:
    """Why it is too early, and what would be needed."""
    reasons = []
    fewest = FEWEST_BOUTS_HEART_RATE
    if any(verdict.ln_rmssd_change is not None for verdict in judged):
        fewest = FEWEST_BOUTS_LN_RMSSD
    if len(judged) < fewest:
        reasons.append(Reason("too_few_bouts", found=len(judged), needed=fewest))
    if len(judged) * 2 < len(group):
        reasons.append(Reason("few_judged", found=len(judged), needed=len(group)))
    if kind != QUIET and n_quiet < FEWEST_QUIET:
        reasons.append(Reason("no_quiet_time", found=n_quiet, needed=FEWEST_QUIET))
    if not matched:
        reasons.append(Reason("other_posture"))
    return tuple(reasons)


def _mean(estimates: Sequence[Estimate | None], unit: str) -> Estimate | None:
    """Mean over bouts with a 90 % interval from their spread."""
    values = np.array([estimate.value for estimate in estimates if estimate is not None])
    if not values.size:
        return None
    mean = float(values.mean())
    if values.size == 1:
        only = next(estimate for estimate in estimates if estimate is not None)
        return Estimate(mean, only.low, only.high, only.level, 1, unit)
    reach = t_quantile_95(values.size - 1) * float(values.std(ddof=1)) / float(np.sqrt(values.size))
    low = max(mean - reach, 0.0) if unit == "min" else mean - reach
    return Estimate(mean, low, mean + reach, 0.9, int(values.size), unit)


def _latency(judged: list[Verdict]) -> Estimate | None:
    found = [verdict.latency_min for verdict in judged if verdict.latency_min is not None]
    times = np.array([estimate.value for estimate in found])
    return median_latency(times, np.array([estimate.censored != "right" for estimate in found], dtype=np.bool_))


def _felt(group: list[Verdict], entries: Sequence[Entry]) -> Estimate | None:
    """Share of the answers shortly after a bout that said "calmer"."""
    answers = [entry for entry in entries if entry.kind == "answer" and entry.label == "felt"]
    answers.sort(key=lambda entry: entry.at_ms)
    at_ms = [entry.at_ms for entry in answers]
    said = []
    for verdict in group:
        end_ms = verdict.bout.span.end_ms
        near = answers[bisect_left(at_ms, end_ms - 60_000) : bisect_right(at_ms, end_ms + FELT_WITHIN_MIN * 60_000)]
        if near:
            said.append(min(near, key=lambda entry: abs(entry.at_ms - end_ms)).value)
    return share(sum(value == CALMER for value in said), len(said)) if said else None


def _next_day(group: list[Verdict], entries: Sequence[Entry]) -> Estimate | None:
    """Share of days after a bout of this kind on which the answer was "refreshed"."""
    answers = {
        day_of(entry.at_ms, entry.zone).toordinal(): (entry.value, entry.zone)
        for entry in entries
        if entry.kind == "answer" and entry.label == "refreshed"
    }
    if not answers:
        return None
    zone = next(iter(answers.values()))[1]
    days = {day_of(verdict.bout.span.start_ms, zone).toordinal() + 1 for verdict in group}
    said = [answers[day][0] for day in sorted(days) if day in answers]
    return share(sum(value == REFRESHED for value in said), len(said)) if said else None
