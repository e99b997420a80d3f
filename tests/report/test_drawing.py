import re
from xml.etree import ElementTree

from uitknop.report.drawing import COLOURS, Drawing
from uitknop.report.words import catalogue

KINDS = [{"row": 0, "share": 5.0, "low": 2.0, "high": 8.0, "words": "nap & <rest>", "is_quiet": False}]


def drawn(figure_id: str, lang: str = "en") -> str:
    drawing = Drawing("kinds", {"TITLE_SHARE": 'out of "ten"'}, catalogue(lang))
    return drawing.draw({"kinds": KINDS}, figure_id=figure_id, title="a < b", description="c & d")


def test_a_drawing_is_well_formed_and_says_its_words() -> None:
    texts = [part.text for part in ElementTree.fromstring(drawn("one")).iter() if part.text]
    assert {"a < b", "c & d", "nap & <rest>", 'out of "ten"'} <= set(texts)


def test_two_drawings_share_no_id() -> None:
    first, second = (set(re.findall(r'id="([^"]+)"', drawn(name))) for name in ("one", "two"))
    assert first
    assert not first & second


def test_every_reference_within_a_drawing_has_its_target() -> None:
    svg = drawn("one")
    ids = set(re.findall(r'id="([^"]+)"', svg))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= ids


def test_no_stand_in_is_left() -> None:
    svg = drawn("one")
    assert "TITLE_" not in svg
    assert not any(colour in svg for colour in COLOURS)


def test_a_drawing_brings_no_font_and_no_second_title() -> None:
    svg = drawn("one")
    assert "font-family" not in svg
    assert svg.count("<title") == 1
