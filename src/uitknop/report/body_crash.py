"""The delayed crash as a figure: what exertion adds to symptoms over hours, in the ill beside the well."""

from __future__ import annotations

from uitknop.body.crash import BEGIN_H, END_H, Crash
from uitknop.body.fan import Fan
from uitknop.report.body_words import disclaimer, in_hundred, nature, ranged
from uitknop.report.drawing import Drawing, Figure, Rows, lines
from uitknop.report.words import Catalogue

LAST_H = 96
TABLE_H = (0, 6, 12, 24, 36, 48, 72, 96)
SHARES = 1
"""Place of the shares among the panels."""


def crash_figure(found: Crash, words: Catalogue, *, figure_id: str = "crash") -> Figure:
    """The course of the hours, and below it in how many symptoms were highest when."""
    said = [_when_words(name, words) for name in found.when]
    ended = words.say(
        "Of every 100 who are ill symptoms are highest: {lines}.",
        lines="; ".join(
            f"{line}: {in_hundred(share, words)}" for line, share in zip(said, found.when.values(), strict=True)
        ),
    )
    shares = [
        {
            "row": row,
            "share": 100 * share.value,
            "low": 100 * share.low,
            "high": 100 * share.high,
            "words": f"{line}: {in_hundred(share, words)}",
        }
        for row, (line, share) in enumerate(zip(said, found.when.values(), strict=True))
    ]
    return _figure(found, words, figure_id, f"{course_words(found, words)} {ended}", shares)


def crash_course(found: Crash, words: Catalogue, *, figure_id: str = "crash") -> Figure:
    """The course of the hours alone, without any share."""
    return _figure(found, words, figure_id, course_words(found, words), None)


def course_words(found: Crash, words: Catalogue) -> str:
    """What the course shows, in words."""
    middle, low, high = found.peak_h
    return " ".join(
        (
            disclaimer(words),
            words.say(
                "Six hours of exertion, for {ill} made-up people who are ill and {well} who are well.",
                ill=found.n_ill,
                well=found.n_well,
            ),
            words.say(
                "When ill most symptoms come {middle} hours after it ({low} to {high}), when well at once, and fewer.",
                middle=words.number(middle),
                low=words.number(low),
                high=words.number(high),
            ),
            words.say("The light bands hold 95 of every 100 made-up people, the dark ones the middle half."),
        )
    )


def _figure(found: Crash, words: Catalogue, figure_id: str, description: str, shares: Rows | None) -> Figure:
    title = words.say("After exertion: symptoms that come later")
    titles = {
        "TITLE_WHOLE": lines(title),
        "TITLE_NATURE": nature(words),
        "TITLE_SYMPTOMS": words.say("Symptoms that come on top (1 is most)"),
        "TITLE_HOURS": words.say("hours after the exertion"),
        "TITLE_SHARE": words.say("out of every 100 made-up people who are ill"),
    }
    data: dict[str, Rows] = {**_course(found, words), **({} if shares is None else {"shares": shares})}
    drawing = Drawing("crash", titles, words, without=SHARES if shares is None else None)
    svg = drawing.draw(data, figure_id=figure_id, title=title, description=description)
    head = (
        words.say("hours after the exertion"),
        words.say("ill: symptoms on top (range)"),
        words.say("well: symptoms on top (range)"),
    )
    return Figure(svg, title, description, head, _table(found, words))


def _course(found: Crash, words: Catalogue) -> dict[str, Rows]:
    rows = [
        {"hour": hour, "who": who, **_at(fan, place)}
        for who, fan in (("ill", found.ill), ("well", found.well))
        for place, hour in enumerate(found.hour.tolist())
        if BEGIN_H - END_H - 6 <= hour <= LAST_H
    ]
    middle, low, high = found.peak_h
    top = float(found.ill.high.max())
    later = list(found.hour).index(min(middle + 24, LAST_H))
    soon = list(found.hour).index(20)
    labels = [
        {"hour": middle + 24, "middle": float(found.ill.high[later]) + 0.06 * top, "words": words.say("ill")},
        {"hour": 42, "middle": float(found.well.high[soon]) + 0.05 * top, "words": words.say("well")},
        {"hour": middle + 1.5, "middle": 1.06 * top, "words": words.say("most after {n} hours", n=round(middle))},
    ]
    return {
        "rows": rows,
        "exertion": [{"from": BEGIN_H - END_H, "to": 0}],
        "peak": [{"hour": middle, "low": low, "high": high}],
        "labels": labels,
    }


def _at(fan: Fan, place: int) -> dict[str, float]:
    return {
        name: round(float(getattr(fan, name)[place]), 4) for name in ("middle", "half_low", "half_high", "low", "high")
    }


def _when_words(name: str, words: Catalogue) -> str:
    return {
        "at_once": words.say("within 12 hours"),
        "delayed": words.say("12 to 48 hours later"),
        "later": words.say("later than that"),
    }[name]


def _table(found: Crash, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    hours = list(found.hour)
    return tuple(
        (
            str(hour),
            *(
                ranged(fan.middle[hours.index(hour)], fan.low[hours.index(hour)], fan.high[hours.index(hour)], 3, words)
                for fan in (found.ill, found.well)
            ),
        )
        for hour in TABLE_H
    )
