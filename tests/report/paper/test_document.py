"""What stands on a page: its texts in the order of reading."""

from __future__ import annotations

from uitknop.report.paper import Block, Line, Paper
from uitknop.report.paper.document import lines


def test_texts_come_in_the_order_of_reading_and_none_is_lost() -> None:
    paper = Paper(
        title="b",
        lang="en",
        form="sheet",
        above="a",
        below=("c",),
        front=(Block("list", (Line("e", "f"),), "d"),),
        foot=("g",),
        back_title="h",
        back=(Block("text", (Line("i"),)),),
    )
    assert list(paper.texts) == list("abcdefghi")


def test_empty_lines_are_left_out() -> None:
    assert lines("a", "", "b") == (Line("a"), Line("b"))
