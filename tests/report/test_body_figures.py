"""The figures of the body model: many people, the label, a table; and after exertion nothing of what is closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from xml.etree import ElementTree

import pytest

from uitknop.body import Ensemble, body_model, simulate
from uitknop.body.crash import crash
from uitknop.body.landscape_people import Landscapes, landscapes
from uitknop.body.landscape_shares import FATES, fates
from uitknop.body.landscape_tipping import relapse_map
from uitknop.body.people import draw_people
from uitknop.body.story import Story, story
from uitknop.body.what_if import Effort, after_effort
from uitknop.core.errors import LimitError, ModelError
from uitknop.report import body_figures
from uitknop.report.body_bifurcation import bifurcation_figure
from uitknop.report.body_couplings import couplings_figure
from uitknop.report.body_crash import crash_figure
from uitknop.report.body_fates import fates_figure
from uitknop.report.body_figure import standalone
from uitknop.report.body_protected import PROTECTED, protected_ensemble, protected_figure
from uitknop.report.body_relapse import relapse_figure
from uitknop.report.body_story import story_figure
from uitknop.report.body_words import disclaimer, in_hundred, nature
from uitknop.report.drawing import Figure
from uitknop.report.words import Catalogue, catalogue

N = 24
Drawn = Callable[[Catalogue], Figure]
CLOSED = re.compile(r"of every 100 (?!made-up people\.$)|in 100|restart|relapse|back below|safety|\bday", re.IGNORECASE)


@cache
def told_story() -> Story:
    return story(n=N)


@cache
def two_places() -> Landscapes:
    return landscapes(n=2)


@pytest.fixture(scope="module")
def drawn() -> dict[str, Drawn]:
    """Each of the six, of few people computed once."""
    told, felt, places = told_story(), crash(n=N), two_places()
    relapses = relapse_map((10, 60), (0.2, 0.6), draw_people(body_model(), N))
    becomes = [fates(spread, n=N) for spread in (0.05, 0.2)]
    made: dict[str, Drawn] = {
        "story": lambda words: story_figure(told, words),
        "crash": lambda words: crash_figure(felt, words),
        "bifurcation": lambda words: bifurcation_figure(places, words),
        "relapse": lambda words: relapse_figure(relapses, words),
        "shares": lambda words: fates_figure(becomes, words),
        "couplings": couplings_figure,
    }
    return {name: cache(draw) for name, draw in made.items()}


def text_of(figure: Figure) -> str:
    root = ElementTree.fromstring(standalone(figure))
    parts = [
        *root.itertext(),
        figure.title,
        figure.description,
        *figure.head,
        *(cell for row in figure.rows for cell in row),
    ]
    return "\n".join(parts)


def test_the_six_figures_have_a_name(drawn: dict[str, Drawn]) -> None:
    assert set(body_figures.FIGURES) == set(drawn)


@pytest.mark.parametrize("name", body_figures.FIGURES)
def test_a_figure_has_the_label_a_description_and_a_table_and_no_stand_in(name: str, drawn: dict[str, Drawn]) -> None:
    words = catalogue("nl")
    figure = drawn[name](words)
    assert nature(words) in " ".join(ElementTree.fromstring(standalone(figure)).itertext())
    assert disclaimer(words) in figure.description
    assert figure.rows
    assert all(len(row) == len(figure.head) for row in figure.rows)
    assert all(row[0] for row in figure.rows)
    assert "TITLE_" not in figure.svg
    assert not re.search(r"#0\d0\d0\d", figure.svg)
    assert "NaN" not in figure.svg


def test_the_story_tells_how_many_are_ill_after_each_stretch(drawn: dict[str, Drawn]) -> None:
    words = catalogue("en")
    figure, told = drawn["story"](words), told_story()
    assert [row[0] for row in figure.rows] == [phase.title.en for phase in told.phases]
    assert in_hundred(told.shares[0]["severe"], words) == figure.rows[0][-1]
    assert all(row[0] in figure.description and row[-1] in figure.description for row in figure.rows)


def test_the_bifurcation_names_both_folds_and_draws_people_beside_the_model(drawn: dict[str, Drawn]) -> None:
    figure, found = drawn["bifurcation"](catalogue("en")), two_places()
    drawn_words = " ".join(ElementTree.fromstring(figure.svg).itertext())
    for ends, said in (("well", "tips above"), ("ill", "back below")):
        level = found.model.fold(ends)  # type: ignore[arg-type]
        assert f"{said} {level:.2f}" in drawn_words
    assert "2 made-up people" in figure.description
    assert figure.rows[2][1:] == ("0.00 and 0.97", "0.59")


def test_the_crash_comes_later_when_ill(drawn: dict[str, Drawn]) -> None:
    figure = drawn["crash"](catalogue("en"))
    ill, well = ([float(row[column].split()[0]) for row in figure.rows] for column in (1, 2))
    assert ill.index(max(ill)) > 2
    assert well.index(max(well)) == 0


def test_every_cell_of_the_relapse_map_and_every_fate_has_its_interval(drawn: dict[str, Drawn]) -> None:
    for name in ("relapse", "shares"):
        cells = [cell for row in drawn[name](catalogue("en")).rows for cell in row[1:]]
        assert all(re.fullmatch(r"\d+ \(\d+ to \d+\)", cell) for cell in cells)
    assert len(drawn["shares"](catalogue("en")).rows) == len(FATES)


def test_a_name_that_is_no_figure_is_refused_and_the_nearest_offered() -> None:
    with pytest.raises(ModelError, match="Did you mean couplings"):
        body_figures.body_figure("coupling", catalogue("en"))
    with pytest.raises(ModelError, match="crash"):
        protected_figure("crush", catalogue("en"))


@pytest.mark.parametrize("name", ["story", "relapse", "shares", "bifurcation"])
def test_what_is_closed_after_exertion_is_no_figure_there(name: str) -> None:
    assert name not in PROTECTED
    with pytest.raises(ModelError):
        protected_figure(name, catalogue("en"))


@pytest.mark.parametrize("name", PROTECTED)
def test_after_exertion_a_figure_holds_no_way_back_no_share_and_no_day(name: str) -> None:
    words = catalogue("en")
    figure = protected_figure(name, words)
    said = text_of(figure).replace(disclaimer(words), "")
    said = re.sub(r"hold 95 of every 100 made-up people", "", said)
    assert not CLOSED.search(said), CLOSED.search(said)
    assert figure.rows


def test_the_protected_crash_is_the_open_one_without_its_shares() -> None:
    words = catalogue("en")
    figure = protected_figure("crash", words)
    opened = body_figures.body_figure("crash", words)
    assert figure.rows == opened.rows
    assert "12 to 48 hours later" in opened.description
    assert "12 to 48 hours later" not in text_of(figure)


@pytest.fixture(scope="module")
def effort() -> Ensemble:
    return after_effort(Effort())


def test_the_hours_after_an_effort_are_bands_without_an_outcome(effort: Ensemble) -> None:
    words = catalogue("en")
    figure = protected_ensemble(effort, words)
    assert len(figure.head) == 4
    assert figure.rows[0][0] == words.number(-24)
    assert not CLOSED.search(text_of(figure).replace("95 of every 100 made-up people", ""))


def test_a_way_back_is_never_drawn_after_exertion() -> None:
    words = catalogue("en")
    with pytest.raises(LimitError):
        protected_ensemble(simulate("rest-much-safety", n=8), words)
    with pytest.raises(LimitError):
        protected_ensemble(simulate("acute-stress", n=8, inputs={"safety": 0.7}), words)
    assert protected_ensemble(simulate("acute-stress", n=8, inputs={"stress": 0.7}), words).rows
