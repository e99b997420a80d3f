"""Pages for the printers: one of every kind of block, and one whose words look like orders."""

from __future__ import annotations

import pytest

from uitknop.report.paper import Block, Line, Paper
from uitknop.report.paper.document import lines

NASTY = '#read("/etc/passwd") *bold* _it_ $x$ <script>alert(1)</script> {{ 7*7 }} \\ @ref = head // not "said" & co'


@pytest.fixture
def every_kind() -> Paper:
    """One of each kind of block, on both sides."""
    return Paper(
        title="Proef van een blad",
        lang="nl",
        form="sheet",
        above="Boven",
        below=("Onder de titel",),
        front=(
            Block("text", lines("Een alinea."), "Kop één"),
            Block("list", (Line("Een punt", "C"), Line("Nog een punt"))),
            Block("card", lines("In een kader."), "Kop twee"),
            Block("quote", lines("Een bewering.")),
            Block("room", (Line("Naam:"), Line(""))),
            Block("rows", (Line("Eerste", "0:00"), Line("Tweede", "1:10"))),
            Block("small", lines("Kleine letters.")),
        ),
        foot=("Hulp: 112.",),
        back=(Block("list", lines("Achterop."), "Kop drie"),),
        back_title="Achterkant",
    )


@pytest.fixture
def nasty() -> Paper:
    """Words that would be orders to Typst, Jinja or a browser if they were read as such."""
    return Paper(NASTY, "en", "letter", (Block("text", lines(NASTY), NASTY), Block("rows", (Line(NASTY, NASTY),))))
