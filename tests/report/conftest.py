"""Findings made by hand: people in every state the report has to have words for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Request

from uitknop.core import (
    Answer,
    Bout,
    Estimate,
    Findings,
    Grade,
    Level,
    Phrase,
    Pooled,
    Reason,
    RecordingSummary,
    Scale,
    Span,
    Trace,
    Verdict,
)
from uitknop.core.timeline import parse_iso
from uitknop.report import render_page

MINUTE_MS = 60_000
ZONE = "Europe/Amsterdam"
START_MS = parse_iso("2026-03-03T00:00:00+01:00", None)
OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"


def estimate(value: float, half: float, unit: str = "", *, n: int = 20) -> Estimate:
    return Estimate(value, value - half, value + half, 0.9, n, unit)


def trace_of(bout: Bout, *, onset_min: float | None, fall_bpm: float = 7.0, beats: bool = True) -> Trace:
    """Ten minutes before to the end, with a ripple instead of chance."""
    minute = np.arange(-10.0, bout.span.duration_min) + 0.5
    calm = np.zeros_like(minute) if onset_min is None else 1 - np.exp(-np.maximum(minute - onset_min, 0) / 3)
    ripple = np.sin(3.1 * minute) + 0.6 * np.cos(7.7 * minute)
    hr, ln = 72 - fall_bpm * calm, 3.3 + 0.25 * calm
    nothing = np.full_like(minute, np.nan)
    return Trace(
        bout.span.start_ms + np.rint(minute * MINUTE_MS).astype(np.int64),
        hr + 1.4 * ripple,
        ln + 0.12 * ripple if beats else nothing,
        hr,
        hr - 1.5,
        hr + 1.5,
        ln if beats else nothing,
        ln - 0.1 if beats else nothing,
        ln + 0.1 if beats else nothing,
    )


def verdict_of(
    start_min: float,
    answer: Answer = "settled",
    *,
    kind: str = "passive",
    label: str = "",
    minutes: float = 30,
    grade: Grade = "B",
    reasons: tuple[Reason, ...] = (),
    from_ms: int = START_MS,
) -> Verdict:
    start_ms = from_ms + round(start_min * MINUTE_MS)
    bout = Bout(Span(start_ms, start_ms + round(minutes * MINUTE_MS)), "supine", kind, label)
    if answer == "cannot_tell":
        reasons = reasons or (Reason("low_coverage", 31.0, 50.0, "%"),)
        return Verdict(bout, answer, None, answer, Level("unknown"), None, None, None, None, grade, reasons)
    settled = answer == "settled"
    latency = (
        Estimate(9.0, 6.0, 14.0, 0.9, 20, "min") if settled else Estimate(30.0, 30.0, 30.0, 0.9, 20, "min", "right")
    )
    return Verdict(
        bout,
        answer,
        0.91 if settled else 0.08,
        "moved" if settled else "not_moved",
        Level("low" if settled else "high", estimate(0.62, 0.15), estimate(0.55, 0.2) if grade != "D" else None),
        estimate(14.0 if settled else 1.0, 4.0, "min"),
        latency,
        estimate(-6.5 if settled else 0.4, 1.8, "bpm"),
        estimate(0.21 if settled else 0.01, 0.09) if grade != "D" else None,
        grade,
        reasons or (Reason("moved" if settled else "not_moved"), Reason("breathing_unknown")),
    )


def share_of(judged: list[Verdict]) -> Estimate | None:
    if not judged:
        return None
    value = sum(one.answer == "settled" for one in judged) / len(judged)
    return Estimate(value, max(value - 0.2, 0.02), min(value + 0.2, 0.98), 0.9, len(judged), "")


def pooled_of(
    kind: str, verdicts: tuple[Verdict, ...], *, label: str = "", against: Estimate | None = None, **changes: object
) -> Pooled:
    own = [one for one in verdicts if one.bout.kind == kind and (not label or one.bout.label == label)]
    judged = [one for one in own if one.answer != "cannot_tell"]
    settled = sum(one.answer == "settled" for one in judged)
    quiet = [one for one in verdicts if one.bout.kind == "quiet" and one.answer != "cannot_tell"]
    share = share_of(judged)
    pooled = Pooled(
        kind,
        label,
        len(own),
        len(judged),
        share,
        estimate(11.0, 3.0, "min") if judged else None,
        estimate(10.0, 4.0, "min") if settled else None,
        estimate(0.5, 0.1) if judged else None,
        None,
        None,
        None if kind == "quiet" else share_of(quiet),
        against,
    )
    return replace(pooled, **changes)  # type: ignore[arg-type]


def recording_of(
    *, grade: Grade = "B", clock: str | None = ZONE, start_ms: int = START_MS, hours: float = 24.0
) -> RecordingSummary:
    beats = 0 if grade == "D" else round(hours * 4200)
    note = Phrase("{n} repeated rows were left out.", {"n": 2})
    return RecordingSummary(
        "elite_hrv",
        "2026-03-03.txt",
        clock,
        start_ms if clock else 0,
        hours * 3600,
        beats,
        97.2,
        None if grade == "D" else 1.4,
        grade,
        (note,),
    )


SCALE = Scale(84.0, 55.0, 2.9, 3.9, 12, 11, estimate(0.1, 0.4, "bpm"))


def findings_of(
    verdicts: tuple[Verdict, ...],
    pooled: tuple[Pooled, ...],
    *,
    scale: Scale | None = SCALE,
    zone: str | None = ZONE,
    recordings: tuple[RecordingSummary, ...] | None = None,
) -> Findings:
    traces = tuple(
        None
        if one.answer == "cannot_tell"
        else trace_of(one.bout, onset_min=7.0 if one.answer == "settled" else None, beats=one.confidence != "D")
        for one in verdicts
    )
    return Findings((recording_of(),) if recordings is None else recordings, verdicts, traces, pooled, scale, zone)


def days_of_rest(*, against: Estimate | None = None, days: int = 8) -> Findings:
    """Rest with a warm bottle settles mostly, plain rest sometimes, quiet time now and then."""
    verdicts: list[Verdict] = []
    for day in range(days):
        at = day * 1440
        verdicts += [
            verdict_of(at + 10 * 60 + 30, "settled" if day % 4 == 0 else "not_settled", kind="quiet", minutes=20),
            verdict_of(at + 14 * 60, "settled" if day % 6 else "not_settled", label="kruik"),
            verdict_of(at + 16 * 60, "settled" if day % 3 == 0 else "not_settled", label=""),
            verdict_of(
                at + 19 * 60, ("breathing_only", "settled", "cannot_tell")[day % 3], kind="breathing", minutes=15
            ),
        ]
    done = tuple(verdicts)
    pooled = (
        pooled_of(
            "passive",
            done,
            label="kruik",
            against=against or estimate(0.5, 0.3),
            felt=estimate(0.8, 0.1, n=10),
            next_day=estimate(0.5, 0.2, n=10),
        ),
        pooled_of("breathing", done, against=estimate(0.1, 0.4), reasons=(Reason("no_answers"),)),
        pooled_of("nsdr", done, reasons=(Reason("too_few_bouts", 0.0, 8.0, ""),)),
        pooled_of("quiet", done),
    )
    return findings_of(done, pooled)


def a_day() -> Findings:
    """One day: two rests, quiet time, something that can't be told."""
    verdicts = (
        verdict_of(10 * 60 + 30, "not_settled", kind="quiet", minutes=20),
        verdict_of(14 * 60, "settled"),
        verdict_of(16 * 60, "cannot_tell"),
        verdict_of(
            19 * 60,
            "breathing_only",
            kind="breathing",
            minutes=15,
            reasons=(Reason("breathing_only"), Reason("slow_breathing", 12.0, None, "min")),
        ),
    )
    early = (Reason("too_few_bouts", 2.0, 8.0, ""),)
    pooled = (
        pooled_of("passive", verdicts, against=estimate(0.2, 0.6), reasons=early),
        pooled_of("breathing", verdicts, against=estimate(0.0, 0.6), reasons=early),
        pooled_of("quiet", verdicts),
    )
    return findings_of(verdicts, pooled)


def nothing_found() -> Findings:
    return findings_of((), (), scale=None)


def nothing_at_all() -> Findings:
    return findings_of((), (), scale=None, zone=None, recordings=())


def one_bout() -> Findings:
    verdicts = (verdict_of(14 * 60, "settled", reasons=(Reason("moved"), Reason("no_reference"))),)
    reasons = (Reason("too_few_bouts", 1.0, 8.0, ""), Reason("no_quiet_time"))
    return findings_of(verdicts, (pooled_of("passive", verdicts, reasons=reasons),), scale=None)


def only_untold() -> Findings:
    verdicts = tuple(
        verdict_of(60.0 * hour, "cannot_tell", reasons=(Reason("artefacts", 22.0, 5.0, "%"),)) for hour in (9, 12, 15)
    )
    return findings_of(
        verdicts, (pooled_of("passive", verdicts, reasons=(Reason("few_judged", 0.0, 8.0, ""),)),), scale=None
    )


def no_quiet_time() -> Findings:
    verdicts = tuple(verdict_of(1440.0 * day + 840, "settled" if day % 2 else "not_settled") for day in range(6))
    return findings_of(verdicts, (pooled_of("passive", verdicts, reasons=(Reason("no_quiet_time"),)),))


def only_quiet() -> Findings:
    verdicts = tuple(
        verdict_of(1440.0 * day + 840, "settled" if day else "not_settled", kind="quiet") for day in range(3)
    )
    return findings_of(verdicts, (pooled_of("quiet", verdicts),))


def calibrating() -> Findings:
    scale = Scale(None, None, None, None, 1, 0, None, (Reason("calibrating", 3.0, 14.0, ""),))
    return replace(a_day(), scale=scale)


def heart_rate_only() -> Findings:
    reasons = (Reason("hr_fell", 6.5, 1.5, "bpm"), Reason("heart_rate_only"))
    verdicts = tuple(
        verdict_of(1440.0 * day + 840, "settled" if day % 2 else "not_settled", grade="D", reasons=reasons)
        for day in range(4)
    )
    scale = Scale(84.0, 55.0, None, None, 4, 3)
    return findings_of(verdicts, (pooled_of("passive", verdicts),), scale=scale, recordings=(recording_of(grade="D"),))


def clockless() -> Findings:
    verdicts = (
        verdict_of(12, "settled", from_ms=0, reasons=(Reason("moved"), Reason("clockless"))),
        verdict_of(75, "not_settled", from_ms=0),
    )
    pooled = (pooled_of("passive", verdicts, reasons=(Reason("too_few_bouts", 2.0, 8.0, ""),)),)
    return findings_of(verdicts, pooled, zone=None, recordings=(recording_of(clock=None, hours=2.0),))


def no_difference() -> Findings:
    return days_of_rest(against=estimate(0.02, 0.3), days=3)


def less_than_quiet() -> Findings:
    verdicts = (
        *(verdict_of(1440.0 * day + 840, "not_settled") for day in range(5)),
        *(verdict_of(1440.0 * day + 1000, "settled", kind="quiet") for day in range(5)),
    )
    return findings_of(
        verdicts, (pooled_of("passive", verdicts, against=estimate(-0.5, 0.3)), pooled_of("quiet", verdicts))
    )


STATES: dict[str, Callable[[], Findings]] = {
    made.__name__: made
    for made in (
        days_of_rest,
        a_day,
        nothing_found,
        nothing_at_all,
        one_bout,
        only_untold,
        no_quiet_time,
        only_quiet,
        calibrating,
        heart_rate_only,
        clockless,
        no_difference,
        less_than_quiet,
    )
}


@pytest.fixture(scope="session")
def states() -> dict[str, Callable[[], Findings]]:
    """Each state by name: call it for its findings."""
    return STATES


@pytest.fixture(scope="session")
def build() -> SimpleNamespace:
    """The builders, for a test that needs a case of its own."""
    return SimpleNamespace(estimate=estimate, verdict=verdict_of, pooled=pooled_of, findings=findings_of)


@lru_cache(maxsize=len(STATES) * 2)
def rendered_page(state: str, lang: str) -> str:
    return render_page(STATES[state](), lang)


@pytest.fixture(scope="session")
def rendered() -> Callable[[str, str], str]:
    """The page of a state in a language, made once."""
    return rendered_page


@pytest.fixture(scope="session")
def state_named() -> Callable[[str], Findings]:
    """The findings of a state by its name."""
    return lambda name: STATES[name]()


@pytest.fixture
def findings(state: str) -> Findings:
    """The findings of each state in turn."""
    return STATES[state]()


@pytest.fixture
def html(state: str, lang: str) -> str:
    """The page of each state in turn, in both languages."""
    return rendered_page(state, lang)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all pages; its policy lets axe-core be run in them."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(window: Page, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page with all its folds, in place of the one before, and sees that it asks for nothing but itself."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def open_page(html: str, *, scheme: Literal["dark", "light"] = "dark", width: int = 400) -> Page:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(media="null", color_scheme=scheme)
        asked.clear()
        window.goto(file.as_uri())
        window.evaluate(OPEN_ALL)
        assert asked == [file.as_uri()]
        return window

    window.on("request", note)
    yield open_page
    window.remove_listener("request", note)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `findings` or `html` runs for every state, with `lang` or `html` in both languages."""
    marked = {name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[0]}
    wanted = set(metafunc.fixturenames)
    if wanted & {"findings", "html"} and "state" not in marked:
        metafunc.parametrize("state", list(STATES))
    if wanted & {"lang", "html"} and "lang" not in marked:
        metafunc.parametrize("lang", ["nl", "en"])
