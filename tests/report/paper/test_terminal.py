"""The page in the terminal: every text of the front, and nothing read as markup."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from uitknop.report.paper import Paper
from uitknop.report.paper.terminal import print_paper


def printed(paper: Paper) -> str:
    out = StringIO()
    print_paper(paper, Console(file=out, width=10_000, highlight=False))
    return out.getvalue()


def test_the_front_and_its_foot_are_printed(every_kind: Paper) -> None:
    told = printed(every_kind)
    front = [text for text in every_kind.texts if text not in {"C", "Achterkant", "Achterop.", "Kop drie"}]
    assert [text for text in front if text not in told] == []
    assert "Achterop." not in told


def test_words_are_never_orders(nasty: Paper) -> None:
    assert printed(nasty).count("#read") == 5  # title, heading, paragraph, mark and row
