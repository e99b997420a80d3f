import re
from xml.etree import ElementTree

import numpy as np
import pytest

from uitknop.core import Findings
from uitknop.report.answer import kind_answers, quiet_answer
from uitknop.report.figures import MOST_POINTS, BoutFigures, _thinned, kinds_figure
from uitknop.report.words import catalogue


def drawn(findings: Findings, index: int, lang: str = "en", figure_id: str = "f"):
    return BoutFigures(findings, catalogue(lang)).figure(index, figure_id)


def shown_text(svg: str) -> str:
    return " ".join(part.text or "" for part in ElementTree.fromstring(svg).iter() if part.tag.endswith("text"))


def test_a_figure_says_what_it_shows(states, lang: str) -> None:
    figure = drawn(states["a_day"](), 1, lang)
    assert f'<title id="f-title">{figure.title}</title>' in figure.svg
    assert figure.description in figure.svg
    assert {"nl": "dinsdag 3 maart 14:00", "en": "Tuesday 3 March 14:00"}[lang] in figure.title


def test_a_figure_has_a_table_twin(states) -> None:
    figure = drawn(states["a_day"](), 1)
    assert 5 <= len(figure.rows) <= 10
    assert all(len(row) == len(figure.head) == 5 for row in figure.rows)
    assert figure.rows[-1][1] == "65"  # 72 bpm before, 7 bpm lower at the end


def test_the_own_scale_and_the_moment_of_rest_are_drawn(states) -> None:
    svg = drawn(states["a_day"](), 1).svg
    assert shown_text(svg).count("your upright day") == 2
    assert shown_text(svg).count("your night") == 2
    assert "var(--settled)" in svg


def test_no_moment_of_rest_is_drawn_where_there_was_none(states) -> None:
    assert "var(--settled)" not in drawn(states["a_day"](), 0).svg


def test_heart_rate_only_draws_no_ln_rmssd(states) -> None:
    figure = drawn(states["heart_rate_only"](), 0)
    assert "RMSSD" not in figure.svg
    assert len(figure.head) == 3


def test_dutch_axes_have_decimal_commas(states) -> None:
    assert "3,4" in shown_text(drawn(states["a_day"](), 1, "nl").svg)


def test_a_drawing_leaves_its_colours_to_the_page(states) -> None:
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn(states["a_day"](), 1).svg))
    assert {colour for colour in colours if not colour.startswith("var(--")} <= {"none", "transparent"}


def test_nothing_to_draw_gives_no_figure(states) -> None:
    assert drawn(states["only_untold"](), 0) is None


@pytest.mark.parametrize("state", ["only_untold", "nothing_found"])
def test_without_a_judged_bout_there_is_no_picture_of_kinds(states, state: str) -> None:
    findings, words = states[state](), catalogue("en")
    assert kinds_figure(kind_answers(findings, words), quiet_answer(findings, words), words) is None


def test_the_picture_of_kinds_shows_every_kind_beside_quiet_time(states) -> None:
    findings, words = states["days_of_rest"](), catalogue("en")
    figure = kinds_figure(kind_answers(findings, words), quiet_answer(findings, words), words)
    assert figure is not None
    names = ["rest with kruik", "breathing exercise", "quiet time"]
    assert [row[0] for row in figure.rows] == names
    assert "rest with kruik: 6 of 8" in shown_text(figure.svg)


def test_thinning_keeps_the_mean_and_the_gaps() -> None:
    values = np.arange(480.0)
    values[40:48] = np.nan
    thin = _thinned(values, MOST_POINTS)
    assert thin.size == MOST_POINTS
    assert np.isnan(thin[10:12]).all()
    assert thin[0] == 1.5
    assert np.isfinite(np.delete(thin, [10, 11])).all()
