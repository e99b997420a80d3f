"""The coupling diagram: what leads to what in the model, how sure each step is, and the loop that makes it stick.

Everything comes from the specification; only the places are kept (`body_layout`). In words it is the list of couplings.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Iterator, Mapping
from html import escape

from uitknop.body import Spec, body_model
from uitknop.body.nearest import unknown
from uitknop.body.spec import Coupling, Input, State
from uitknop.core import Phrase
from uitknop.report.body_layout import BOX_PX, Arc, Pair, Point, arc, firm_pairs, layout
from uitknop.report.body_words import disclaimer, nature
from uitknop.report.drawing import Figure
from uitknop.report.words import Catalogue

LINE_PX, TEXT_PX = 14.0, 12.0
WIDEST_WORD = 15
HEAD_PX = 8.5
MARGIN_PX = 8.0
DASHES = {"E": "", "H": "7 4", "M": "1.5 3.5"}
NARROWEST_PX = 420.0
SHORT_PX, LETTER_PX = 60.0, 14.0
BESIDE_PX = 9.0
"""Between two couplings that lead the same way."""


def couplings_figure(
    words: Catalogue,
    *,
    switched_off: Collection[str] = (),
    only: Collection[str] | None = None,
    figure_id: str = "couplings",
) -> Figure:
    """States as boxes, couplings as arrows with their grade, the loop thick.

    Args:
        switched_off: couplings that are off: faint, and named as left out.
        only: couplings to show, with the states they join; None for all.

    Raises:
        ModelError: a coupling does not exist; the nearest are offered.
    """
    spec = body_model()
    for name in (*switched_off, *(only or ())):
        if name not in spec.couplings:
            raise unknown(Phrase("coupling"), name, spec.couplings)
    shown = {name: item for name, item in spec.couplings.items() if only is None or name in only}
    title = words.say("What leads to what in the model")
    drawn = _Diagram(spec, shown, switched_off, words, whole=only is None)
    description = _description(spec, shown, switched_off, words)
    left, top, width, height = drawn.view()
    svg = (
        f'<svg role="img" aria-labelledby="{figure_id}-title {figure_id}-text" '
        f'viewBox="{left:g} {top:g} {width:g} {height:g}"><title id="{figure_id}-title">{escape(title)}</title>'
        f'<desc id="{figure_id}-text">{escape(description)}</desc>{"".join(drawn.parts(title))}</svg>'
    )
    head = (words.say("from"), words.say("to"), words.say("what the model says"), words.say("how sure"))
    return Figure(svg, title, description, head, _table(spec, shown, switched_off, words))


class _Diagram:
    """The parts of the drawing, from back to front."""

    def __init__(
        self,
        spec: Spec,
        shown: Mapping[str, Coupling],
        switched_off: Collection[str],
        words: Catalogue,
        *,
        whole: bool,
    ) -> None:
        self._spec, self._shown, self._off, self._words = spec, shown, switched_off, words
        self._named: dict[str, Input | State] = {**spec.inputs, **spec.states}
        ends = {name for item in shown.values() for name in (item.begins, item.ends)}
        self._places = {name: at for name, at in layout().places.items() if whole or name in ends}
        self._firm = firm_pairs(spec) if whole else ()
        self._spots: list[Point] = []

    def view(self) -> tuple[float, float, float, float]:
        """What is seen: left, top, width and height, px."""
        across, down = zip(*self._places.values(), strict=True)
        left = min(across) - BOX_PX[0] / 2 - MARGIN_PX
        width = max(max(across) + BOX_PX[0] / 2 + MARGIN_PX - left, NARROWEST_PX)
        top = min(down) - BOX_PX[1] / 2 - MARGIN_PX - 42
        return left, top, width, max(down) + BOX_PX[1] / 2 + MARGIN_PX + 4 * 21 - top

    def parts(self, title: str) -> Iterator[str]:
        """The SVG, piece by piece."""
        left, top, _width, height = self.view()
        yield _text(title, (left + MARGIN_PX, top + 16), size=15, weight=600)
        yield _text(nature(self._words), (left + MARGIN_PX, top + 35), colour="--quiet-ink", size=13)
        for pair in self._firm:
            yield _line(self._arc(pair, 0), "--quiet-ink", 0.9, "", opacity=0.7)
        taken: dict[Pair, int] = {}
        letters: list[str] = []
        for name, item in self._shown.items():
            pair = (item.begins, item.ends)
            at = taken[pair] = taken.get(pair, -1) + 1
            curve = self._own(item.begins) if item.begins == item.ends else self._arc(pair, at)
            yield self._arrow(name, item, curve)
            letters.append(self._letter(name, item, curve))
        for name in self._places:
            yield from self._box(name)
        yield from letters
        yield from self._legend((left + MARGIN_PX, top + height - 4 * 21 + 10))

    def _arc(self, pair: Pair, at: int) -> Arc:
        begins, ends = (self._places[name] for name in pair)
        bows = layout().bows[pair]
        found = arc(begins, ends, bows[at])
        return found if bows.count(bows[at]) == 1 else found.beside(BESIDE_PX * (at - (len(bows) - 1) / 2))

    def _own(self, name: str) -> Arc:
        """The arrow of a state on itself, above the right corner of its box."""
        x, y = self._places[name]
        right, top = x + BOX_PX[0] / 2, y - BOX_PX[1] / 2
        return Arc((right - 30, top), (right + 26, top - 34), (right, top + 18))

    def _arrow(self, name: str, item: Coupling, curve: Arc) -> str:
        marked = self._marked(name)
        colour = "--settled" if marked else "--ink"
        return _line(
            curve, colour, 3.2 if marked else 1.5, DASHES[item.grade], opacity=0.25 if name in self._off else 1.0
        )

    def _letter(self, name: str, item: Coupling, curve: Arc) -> str:
        said = "×" if name in self._off else item.grade
        x, y = self._free_spot(curve)
        self._spots.append((x, y))
        colour = "--settled" if self._marked(name) else "--ink"
        return _text(said, (x, y + 4), colour=colour, size=11, weight=700, halo=True, middle=True)

    def _free_spot(self, curve: Arc) -> Point:
        """Where a letter is in nobody's way: on the line, or beside a short one."""
        (x, y), (bx, by) = curve.start, curve.end
        if (length := math.hypot(bx - x, by - y)) < SHORT_PX:
            return (x + bx) / 2 + 9 * (by - y) / length, (y + by) / 2 - 9 * (bx - x) / length
        spots = [curve.at(share) for share in (0.42, 0.5, 0.35, 0.58, 0.28, 0.66)]
        return max(spots, key=lambda spot: min(self._room(spot), LETTER_PX))

    def _room(self, spot: Point) -> float:
        """How far a spot is from the letters and boxes that are there, px."""
        letters = [math.dist(spot, other) for other in self._spots]
        boxes = [
            max(abs(spot[0] - at[0]) - BOX_PX[0] / 2, abs(spot[1] - at[1]) - BOX_PX[1] / 2)
            for at in self._places.values()
        ]
        return min((*letters, *(2 * room for room in boxes)))

    def _marked(self, name: str) -> bool:
        """Whether a coupling belongs to the loop; without the whole of it none does."""
        return name in self._spec.loop and set(self._spec.loop) <= set(self._shown)

    def _box(self, name: str) -> Iterator[str]:
        x, y = self._places[name]
        item = self._named[name]
        marked = any(name == self._spec.couplings[link].begins and self._marked(link) for link in self._spec.loop)
        corner = BOX_PX[1] / 2 if isinstance(item, Input) else 7.0
        stroke, width = ("--settled", 3.0) if marked else ("--quiet-ink", 1.2)
        yield (
            f'<rect x="{x - BOX_PX[0] / 2:g}" y="{y - BOX_PX[1] / 2:g}" width="{BOX_PX[0]:g}" height="{BOX_PX[1]:g}" '
            f'rx="{corner:g}" fill="var(--raised)" stroke="var({stroke})" stroke-width="{width}"/>'
        )
        said = textwrap.wrap(item.title.said(self._words.lang), WIDEST_WORD)
        first = y - (len(said) - 1) * LINE_PX / 2 + TEXT_PX / 3
        for place, line in enumerate(said):
            yield _text(line, (x, first + place * LINE_PX), size=TEXT_PX, weight=600 if marked else 400, middle=True)

    def _legend(self, at: Point) -> Iterator[str]:
        grades = [grade for grade in DASHES if any(item.grade == grade for item in self._shown.values())]
        rows = [(DASHES[grade], 1.5, "--ink", f"{grade}  {_sure(grade, self._words)}") for grade in grades]
        if set(self._spec.loop) <= set(self._shown):
            rows.append(("7 4", 3.2, "--settled", self._words.say("the loop that makes it stick")))
        if self._firm:
            rows.append(("", 0.9, "--quiet-ink", self._words.say("part of the equations themselves")))
        for place, (dash, width, colour, said) in enumerate(rows):
            x, y = at[0] + (place % 2) * 225, at[1] + (place // 2) * 21
            yield (
                f'<path d="M{x:g} {y:g}h38" fill="none" stroke="var({colour})" stroke-width="{width}"{_dashed(dash)}/>'
            )
            yield _text(said, (x + 46, y + 4), size=TEXT_PX)
        last = self._words.say("round: what comes from outside; square: what is in the body")
        yield _text(last, (at[0], at[1] + ((len(rows) + 1) // 2) * 21 + 4), size=TEXT_PX)


def _line(curve: Arc, colour: str, width: float, dash: str, *, opacity: float) -> str:
    """A curve with a head at its end."""
    (x, y), (bx, by) = curve.end, curve.at(0.9)
    length = math.hypot(x - bx, y - by) or 1.0
    dx, dy = (x - bx) / length, (y - by) / length
    size = HEAD_PX + width
    corners = [
        (x, y),
        *((x - size * dx + side * 0.45 * size * dy, y - size * dy - side * 0.45 * size * dx) for side in (1, -1)),
    ]
    head = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    d = "M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}".format(
        *curve.start, *curve.control, x - 0.6 * size * dx, y - 0.6 * size * dy
    )
    return (
        f'<g opacity="{opacity:g}"><path d="{d}" fill="none" stroke="var({colour})" stroke-width="{width:g}"'
        f'{_dashed(dash)}/><polygon points="{head}" fill="var({colour})"/></g>'
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _text(
    said: str,
    at: Point,
    *,
    colour: str = "--ink",
    size: float,
    weight: int = 400,
    halo: bool = False,
    middle: bool = False,
) -> str:
    around = ' stroke="var(--raised)" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size:g}" font-weight="{weight}" '
        f'fill="var({colour})"{around}{anchor}>{escape(said)}</text>'
    )


def _sure(grade: str, words: Catalogue) -> str:
    return {
        "E": words.say("established"),
        "H": words.say("hypothesis"),
        "M": words.say("metaphor"),
    }[grade]


def _description(spec: Spec, shown: Mapping[str, Coupling], off: Collection[str], words: Catalogue) -> str:
    said = [disclaimer(words)]
    said.append(words.say("{n} couplings between the parts of the model. The table names each of them.", n=len(shown)))
    if set(spec.loop) <= set(shown):
        loop = [spec.states[spec.couplings[name].begins].title.said(words.lang) for name in spec.loop]
        told = ", ".join((*loop, loop[0]))
        said.append(words.say("The loop that makes it stick is a hypothesis: {parts}.", parts=told))
    left = [item.title.said(words.lang) for name, item in shown.items() if name in off]
    if left:
        said.append(words.say("Left out: {coupling}", coupling="; ".join(left)) + ".")
    return " ".join(said)


def _table(
    spec: Spec, shown: Mapping[str, Coupling], off: Collection[str], words: Catalogue
) -> tuple[tuple[str, ...], ...]:
    parts: dict[str, Input | State] = {**spec.inputs, **spec.states}
    named = {name: item.title.said(words.lang) for name, item in parts.items()}
    rows = []
    for name, item in shown.items():
        sure = f"{item.grade} {_sure(item.grade, words)}"
        if name in off:
            sure = words.say("{grade}, left out", grade=sure)
        rows.append((named[item.begins], named[item.ends], item.title.said(words.lang), sure))
    return tuple(rows)
