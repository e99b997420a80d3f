"""The bifurcation diagram: at which load the model can stay where, and why the way back is not the way there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from uitknop.body.landscape_diagram import Branch, Landscape
from uitknop.body.landscape_people import Landscapes
from uitknop.report.body_words import disclaimer, nature
from uitknop.report.drawing import Drawing, Figure, Rows, lines
from uitknop.report.words import Catalogue

LEVELS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
USUAL = 0.25
SHOWN_POINTS = 60


def bifurcation_figure(found: Landscapes, words: Catalogue, *, figure_id: str = "bifurcation") -> Figure:
    """Fixed points of the model over the load from outside, among those of people, with the folds by name."""
    title = words.say("Where the model can stay, at each load")
    drawing = Drawing(
        "bifurcation",
        {
            "TITLE_WHOLE": lines(title),
            "TITLE_NATURE": [
                nature(words),
                *lines(words.say("solid: it stays; dashed: it does not; thin: {n} people", n=len(found.people)), 54),
            ],
            "TITLE_DEFENCE": words.say("Defence (0 off, 1 fully on)"),
            "TITLE_LEVEL": words.say("load from outside"),
        },
        words,
    )
    description = _description(found, words)
    data: dict[str, Rows] = {
        "people": list(_thin_lines(found)),
        "model": list(_model_lines(found.model)),
        "folds": [{"level": fold.level, "defence": fold.defence} for fold in found.model.folds],
        "moves": _moves(found.model),
        "labels": list(_labels(found.model, words)),
        "usual": [{"level": USUAL}],
    }
    svg = drawing.draw(data, figure_id=figure_id, title=title, description=description)
    head = (words.say("load from outside"), words.say("stays at defence"), words.say("is left again at defence"))
    return Figure(svg, title, description, head, _table(found.model, words))


def _description(found: Landscapes, words: Catalogue) -> str:
    model, said = found.model, [disclaimer(words)]
    said.append(words.say("Solid lines are places where the model stays, dashed lines places that it leaves again."))
    tips, returns = model.fold("well"), model.fold("ill")
    if tips is not None:
        said.append(words.say("Above a load of {load} it can't stay well.", load=words.number(tips, 2)))
    if returns is not None:
        said.append(words.say("Below a load of {load} it can't stay ill.", load=words.number(returns, 2)))
    said.append(words.say("In between it hangs on what came before: the way back is not the way there."))
    ends = sorted(own.tips for own in found.people if own.tips is not None)
    if ends:
        first, last = words.number(ends[0], 2), words.number(ends[-1], 2)
        said.append(
            words.say(
                "The thin lines are {n} made-up people. The load at which they tip lies between {first} and {last}.",
                n=len(found.people),
                first=first,
                last=last,
            )
        )
    both = round(found.two_places.value * found.two_places.n)
    said.append(
        words.say("On an ordinary day {count} of {n} could stay in both places.", count=both, n=found.two_places.n)
    )
    return " ".join(said)


def _model_lines(model: Landscape) -> Iterator[dict[str, object]]:
    """The curve in parts that are stable or not; a part begins where the one before ends."""
    part = 0
    for branch in model.branches:
        defence = branch.states["defence"]
        for at in range(branch.level.size):
            point = {"at": at, "level": float(branch.level[at]), "defence": float(defence[at])}
            stable = bool(branch.stable[at])
            if at and stable != bool(branch.stable[at - 1]):
                yield {**point, "part": part, "stable": not stable}
                part += 1
            yield {**point, "part": part, "stable": stable}
        part += 1


def _thin_lines(found: Landscapes) -> Iterator[dict[str, object]]:
    curves = [curve for own in found.people for curve in own.curves]
    for name, curve in enumerate(curves):
        step = max(curve.level.size // SHOWN_POINTS, 1)
        for at in range(0, curve.level.size, step):
            level, defence = (round(float(values[at]), 4) for values in (curve.level, curve.defence))
            yield {"curve": name, "at": at, "level": level, "defence": defence}


def _moves(model: Landscape) -> list[dict[str, object]]:
    """Where the model goes when one of its places is no longer there."""
    tips, returns = model.fold("well"), model.fold("ill")
    moves: list[dict[str, object]] = []
    if tips is not None:
        moves.append({"level": tips, "from": 0.06, "to": _highest(model, tips) - 0.05, "angle": 0})
    if returns is not None:
        moves.append({"level": returns, "from": 0.85, "to": 0.06, "angle": 180})
    return moves


def _labels(model: Landscape, words: Catalogue) -> Iterator[dict[str, object]]:
    tips, returns = model.fold("well"), model.fold("ill")
    if tips is not None:
        said = words.say("tips above {load}", load=words.number(tips, 2))
        yield {"level": tips + 0.03, "defence": 0.1, "words": said, "strong": True}
    if returns is not None:
        said = words.say("back below {load}", load=words.number(returns, 2))
        yield {"level": returns + 0.03, "defence": 0.14, "words": said, "strong": True}
    yield {"level": 1.3, "defence": 1.04, "words": words.say("ill"), "strong": True}
    yield {"level": 0.5, "defence": 0.05, "words": words.say("well"), "strong": True}
    yield {"level": USUAL + 0.02, "defence": 1.05, "words": words.say("ordinary day"), "strong": False}


def _highest(model: Landscape, level: float) -> float:
    return max((defence for defence, stable in _at(model, level) if stable), default=1.0)


def _at(model: Landscape, level: float) -> list[tuple[float, bool]]:
    """The fixed points at a level, as defence and whether the model stays there, least defence first."""
    return sorted(point for branch in model.branches for point in _crossings(branch, level))


def _crossings(branch: Branch, level: float) -> Iterator[tuple[float, bool]]:
    defence = branch.states["defence"]
    if branch.level[0] == level:
        yield float(defence[0]), bool(branch.stable[0])
    for first, last in pairwise(range(branch.level.size)):
        begins, ends = float(branch.level[first]), float(branch.level[last])
        if begins != level and (begins - level) * (ends - level) <= 0:
            share = (level - begins) / (ends - begins)
            yield float(defence[first] + share * (defence[last] - defence[first])), bool(branch.stable[last])


def _table(model: Landscape, words: Catalogue) -> tuple[tuple[str, ...], ...]:
    rows = []
    for level in LEVELS:
        found = _at(model, level)
        cells = (
            words.listed([words.number(defence, 2) for defence, stable in found if stable is wanted]) or "–"
            for wanted in (True, False)
        )
        rows.append((words.number(level, 2), *cells))
    return tuple(rows)
