"""The figures of the page: one per bout, and one for the kinds of rest beside quiet time."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from uitknop.core import Findings, Scale, Trace, Verdict
from uitknop.report.answer import KindAnswer
from uitknop.report.bout_words import answer_sentence, level_sentence, when
from uitknop.report.drawing import Drawing, Figure, Rows
from uitknop.report.findings_json import has_beats
from uitknop.report.words import Catalogue

MOST_POINTS = 120
"""A night is thinned to this many epochs, by means over equal stretches; nobody sees more on a telephone."""

MOST_TABLE_ROWS = 10


class BoutFigures:
    """Figures of bouts in one language; the specification is compiled once for all of them."""

    def __init__(self, findings: Findings, words: Catalogue) -> None:
        self._findings = findings
        self._words = words
        self._drawings: dict[bool, Drawing] = {}

    def figure(self, index: int, figure_id: str) -> Figure | None:
        """The figure of the bout at `index`; None when there is nothing to draw."""
        verdict, trace = self._findings.verdicts[index], self._findings.traces[index]
        if trace is None or not bool(np.any(np.isfinite(trace.hr_bpm))):
            return None
        words = self._words
        with_beats = has_beats(verdict) and bool(np.any(np.isfinite(trace.ln_rmssd)))
        minute = (trace.t_ms - verdict.bout.span.start_ms) / 60_000.0
        title = words.say("Your heart on {when}", when=when(verdict.bout, self._findings.zone, words))
        description = _description(verdict, trace, minute, words)
        data: dict[str, Rows] = {
            "rows": _rows(trace, minute, with_beats=with_beats),
            "anchors": _anchors(self._findings.scale, words, with_beats=with_beats),
            "moments": [{"minute": 0}],
            "onset": _onset(verdict),
        }
        svg = self._drawing(with_beats).draw(data, figure_id=figure_id, title=title, description=description)
        head, rows = _table(trace, minute, words, with_beats=with_beats)
        return Figure(svg, title, description, head, rows)

    def _drawing(self, with_beats: bool) -> Drawing:
        if with_beats not in self._drawings:
            words = self._words
            titles = {
                "TITLE_HEART": words.say("Heart rate (beats a minute)"),
                "TITLE_VARIATION": words.say("Variation between beats (ln RMSSD)"),
                "TITLE_MINUTES": words.say("minutes since the start"),
            }
            self._drawings[with_beats] = Drawing("bout", titles, words, without=None if with_beats else 1)
        return self._drawings[with_beats]


def kinds_figure(answers: tuple[KindAnswer, ...], quiet: KindAnswer | None, words: Catalogue) -> Figure | None:
    """How often each kind settled, with its interval, beside quiet time; None when nothing was judged."""
    shown = [answer for answer in (*answers, quiet) if answer is not None and answer.share is not None]
    if not shown:
        return None
    lines = [
        words.say("{name}: {settled} of {n}", name=answer.name, settled=answer.settled, n=answer.judged)
        for answer in shown
    ]
    rows = [
        {
            "row": place,
            "share": 10 * answer.share.value,
            "low": 10 * answer.share.low,
            "high": 10 * answer.share.high,
            "words": line,
            "is_quiet": answer is quiet,
        }
        for place, (answer, line) in enumerate(zip(shown, lines, strict=True))
        if answer.share is not None
    ]
    title = words.say("How often your heart came to rest")
    description = words.say(
        "For each kind a dot with the range in which it probably lies in the long run, out of every 10 times. {kinds}.",
        kinds="; ".join(lines),
    )
    drawing = Drawing("kinds", {"TITLE_SHARE": words.say("out of every 10 times")}, words)
    svg = drawing.draw({"kinds": rows}, figure_id="kinds-figure", title=title, description=description)
    head = (
        words.say("kind"),
        words.say("came to rest"),
        words.say("could be judged"),
        words.say("probably, out of every 10 times"),
    )
    cells = tuple(
        (
            answer.name,
            str(answer.settled),
            str(answer.judged),
            words.say(
                "{first} to {last}",
                first=words.number(10 * answer.share.low),
                last=words.number(10 * answer.share.high),
            ),
        )
        for answer in shown
        if answer.share is not None
    )
    return Figure(svg, title, description, head, cells)


def _description(verdict: Verdict, trace: Trace, minute: npt.NDArray[np.float64], words: Catalogue) -> str:
    known = np.isfinite(trace.hr_bpm)
    inside = known & (minute >= 0)
    said = []
    if bool(inside.any()):
        said.append(
            words.say(
                "Heart rate per minute, from {first} at the start to {last} beats a minute at the end.",
                first=words.number(float(trace.hr_bpm[inside][:3].mean())),
                last=words.number(float(trace.hr_bpm[inside][-3:].mean())),
            )
        )
    said += [answer_sentence(verdict, words), level_sentence(verdict, words)]
    return " ".join(part for part in said if part)


def _thinned(values: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.float64]:
    """Means over equal stretches so that at most `most` remain; a stretch without values stays NaN."""
    step = math.ceil(values.size / most)
    if step <= 1:
        return values
    padded = np.full(math.ceil(values.size / step) * step, np.nan)
    padded[: values.size] = values
    blocks = padded.reshape(-1, step)
    known = np.isfinite(blocks)
    count = known.sum(axis=1)
    total = np.where(known, blocks, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _columns(trace: Trace, minute: npt.NDArray[np.float64], most: int, *, with_beats: bool) -> dict[str, list[float]]:
    names = {
        "hr": trace.hr_bpm,
        "hr_fit": trace.hr_fit_bpm,
        "hr_low": trace.hr_fit_low_bpm,
        "hr_high": trace.hr_fit_high_bpm,
    }
    if with_beats:
        names |= {
            "ln": trace.ln_rmssd,
            "ln_fit": trace.ln_fit,
            "ln_low": trace.ln_fit_low,
            "ln_high": trace.ln_fit_high,
        }
    return {name: _thinned(values, most).tolist() for name, values in {"minute": minute, **names}.items()}


def _rows(trace: Trace, minute: npt.NDArray[np.float64], *, with_beats: bool) -> list[dict[str, float | None]]:
    columns = _columns(trace, minute, MOST_POINTS, with_beats=with_beats)
    return [
        {name: round(value, 3) if math.isfinite(value) else None for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]


def _anchors(scale: Scale | None, words: Catalogue, *, with_beats: bool) -> list[dict[str, object]]:
    return list(_anchor_rows(scale, words, with_beats=with_beats)) if scale is not None else []


def _anchor_rows(scale: Scale, words: Catalogue, *, with_beats: bool) -> Iterator[dict[str, object]]:
    day, night = words.say("your upright day"), words.say("your night")
    places = [("hr", scale.day_hr_bpm, day), ("hr", scale.night_hr_bpm, night)]
    if with_beats:
        places += [("ln", scale.day_ln_rmssd, day), ("ln", scale.night_ln_rmssd, night)]
    for channel, value, said in places:
        if value is not None and math.isfinite(value):
            yield {"channel": channel, "value": value, "words": said}


def _onset(verdict: Verdict) -> list[dict[str, float]]:
    latency = verdict.latency_min
    if verdict.answer != "settled" or latency is None or latency.censored is not None:
        return []
    return [
        {
            "minute": latency.value,
            "low": max(latency.low, 0.0),
            "high": min(latency.high, verdict.bout.span.duration_min),
        }
    ]


def _table(
    trace: Trace, minute: npt.NDArray[np.float64], words: Catalogue, *, with_beats: bool
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    columns = _columns(trace, minute, MOST_TABLE_ROWS, with_beats=with_beats)
    head = [words.say("minute"), words.say("heart rate"), words.say("fitted (range)")]
    if with_beats:
        head += [words.say("ln RMSSD"), words.say("fitted (range)")]
    channels = [("hr", 0), ("ln", 2)] if with_beats else [("hr", 0)]
    rows = []
    for place, at_minute in enumerate(columns["minute"]):
        row = [words.number(math.floor(at_minute + 0.5))]
        for channel, digits in channels:
            values = [columns[f"{channel}{part}"][place] for part in ("", "_fit", "_low", "_high")]
            row += _cells(values, digits, words)
        rows.append(tuple(row))
    return tuple(head), tuple(rows)


def _cells(values: list[float], digits: int, words: Catalogue) -> list[str]:
    measured, fit, low, high = (words.number(value, digits) if math.isfinite(value) else "–" for value in values)
    fitted = fit if fit == "–" else words.say("{value} ({low} to {high})", value=fit, low=low, high=high)
    return [measured, fitted]
