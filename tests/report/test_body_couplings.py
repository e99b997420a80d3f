"""The coupling diagram: it follows the specification, and no arrow runs behind a box."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.body import body_model
from uitknop.body.slope import slope
from uitknop.core.errors import ModelError
from uitknop.report.body_couplings import couplings_figure
from uitknop.report.body_layout import arc, firm_pairs, inside, layout
from uitknop.report.words import catalogue

Floats = npt.NDArray[np.float64]


def test_every_state_and_input_has_a_place_of_its_own() -> None:
    spec, kept = body_model(), layout()
    assert set(kept.places) == {*spec.inputs, *spec.states}, "run `python scripts/couplings_layout.py`"
    assert len(set(kept.places.values())) == len(kept.places)


def test_every_arrow_has_its_bow_and_runs_behind_no_box() -> None:
    spec, kept = body_model(), layout()
    pairs = [(item.begins, item.ends) for item in spec.couplings.values() if item.begins != item.ends]
    drawn = [*pairs, *firm_pairs(spec)]
    assert {pair: len(bows) for pair, bows in kept.bows.items()} == {pair: drawn.count(pair) for pair in drawn}
    for (begins, ends), bows in kept.bows.items():
        others = [place for name, place in kept.places.items() if name not in (begins, ends)]
        for bow in bows:
            points = arc(kept.places[begins], kept.places[ends], bow).points()
            assert not any(inside(point, place, 1.0) for point in points for place in others), (begins, ends)


def test_arrows_and_thin_arrows_are_all_that_acts_on_a_state() -> None:
    # By how the compiled slopes answer to a push, at a moment at which nothing is at rest.
    spec = body_model()
    draws = np.random.default_rng(1)
    states = np.array([state.start for state in spec.states.values()]) + draws.uniform(0.1, 0.3, len(spec.states))
    states[[list(spec.states).index(name) for name in ("debt", "vagal", "energy", "cortisol")]] = 0.6, 0.5, 0.4, 1.3
    within, beyond = (np.array([0.5, 0.4, exertion, 0.8, 0.9, 0.5]) for exertion in (0.02, 0.9))  # of the limit
    person = np.array([item.value or 0.01 for item in spec.parameters.values()])
    person[list(spec.parameters).index("cF")] = 0.3
    names = [*spec.inputs, *spec.states]

    def slopes(levels: Floats, pushed: int | None) -> Floats:
        values, found = np.concatenate((levels, states)), np.empty(states.size)
        if pushed is not None:
            values[pushed] += 1e-4
        slope(values[levels.size :], person, values[: levels.size], found)
        return found

    acts = {
        (name, ends)
        for place, name in enumerate(names)
        for levels in (within, beyond)
        for ends, change in zip(spec.states, slopes(levels, place) - slopes(levels, None), strict=True)
        if change != 0 and name != ends
    }
    coupled = {(item.begins, item.ends) for item in spec.couplings.values() if item.begins != item.ends}
    assert acts == coupled | set(firm_pairs(spec))


def test_every_coupling_is_an_arrow_in_the_style_of_its_grade_and_a_row_of_the_table(lang: str) -> None:
    spec, words = body_model(), catalogue(lang)
    figure = couplings_figure(words)
    assert [row[2] for row in figure.rows] == [item.title.said(lang) for item in spec.couplings.values()]
    assert [row[3][0] for row in figure.rows] == [item.grade for item in spec.couplings.values()]
    hypotheses = sum(item.grade == "H" for item in spec.couplings.values())
    assert figure.svg.count('stroke-dasharray="7 4"') == hypotheses + 2  # the legend has one, and one for the loop
    assert figure.svg.count("<polygon") == len(spec.couplings) + len(firm_pairs(spec))


def test_the_loop_is_thick_and_named(lang: str) -> None:
    figure = couplings_figure(catalogue(lang))
    assert len(re.findall(r'<g opacity="1"><path [^>]*stroke-width="3.2"', figure.svg)) == len(body_model().loop)


def test_what_is_switched_off_is_faint_and_named_and_the_places_stay() -> None:
    words = catalogue("en")
    figure, whole = couplings_figure(words, switched_off=["safety_threat"]), couplings_figure(words)
    title = body_model().couplings["safety_threat"].title.en
    assert f"Left out: {title}." in figure.description
    assert figure.svg.count('<g opacity="0.25">') == 1
    assert re.findall(r"<rect [^>]*>", figure.svg) == re.findall(r"<rect [^>]*>", whole.svg)


def test_some_couplings_alone_show_only_the_states_they_join() -> None:
    figure = couplings_figure(catalogue("en"), only=["stressors_load", "load_threat"])
    assert figure.svg.count("<rect") == 3
    assert len(figure.rows) == 2
    assert "loop" not in figure.svg


def test_a_coupling_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ModelError, match="load_threat"):
        couplings_figure(catalogue("en"), switched_off=["load_treat"])
