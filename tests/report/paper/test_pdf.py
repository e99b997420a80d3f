"""The PDF: tagged, titled, in its language, with its own fonts, and words that can't be orders."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from uitknop.core.errors import UitknopError
from uitknop.report.paper import Block, Paper, check_pdf, paper_to_pdf
from uitknop.report.paper.document import lines


def read(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(paper_to_pdf(paper)))


def plain(text: str) -> str:
    return "".join(text.split())


def fonts_of(reader: PdfReader) -> Iterator[tuple[str, bool]]:
    """Every font of a file, and whether it is inside it."""
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner: Any = font.get_object()["/DescendantFonts"][0].get_object()
            held = inner["/FontDescriptor"].get_object()
            yield str(inner["/BaseFont"]), any(key in held for key in ("/FontFile2", "/FontFile3"))


def test_it_is_marked_as_readable_aloud_with_title_and_language(every_kind: Paper) -> None:
    reader = read(every_kind)
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "nl"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata is not None
    assert reader.metadata.title == every_kind.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert "/StructTreeRoot" in root


def test_headings_and_lists_are_told_apart_for_a_screen_reader(every_kind: Paper) -> None:
    tags: set[str] = set()

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                tags.add(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(read(every_kind).trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/L", "/LI", "/P"} <= tags


def test_every_text_is_on_it_and_the_back_is_a_page_of_its_own(every_kind: Paper) -> None:
    pages = [plain(page.extract_text()) for page in read(every_kind).pages]
    assert len(pages) == 2
    assert "Achterop." not in pages[0]
    together = "".join(pages)
    assert [text for text in every_kind.texts if plain(text) not in together] == []


def test_words_are_never_orders(nasty: Paper) -> None:
    told = plain("".join(page.extract_text() for page in read(nasty).pages))
    assert told.count(plain('#read("/etc/passwd") *bold* _it_ $x$ <script>')) >= 3
    assert "root:" not in told


def test_its_fonts_are_inside_it_and_are_those_of_typst(every_kind: Paper) -> None:
    fonts = set(fonts_of(read(every_kind)))
    assert fonts
    assert all("Libertinus" in name and inside for name, inside in fonts)


def test_the_same_page_gives_the_same_bytes(every_kind: Paper) -> None:
    assert paper_to_pdf(every_kind) == paper_to_pdf(every_kind)


@pytest.mark.parametrize("form", ["sheet", "letter", "card"])
def test_letters_grow_until_the_page_is_full(form: str) -> None:
    def size(n: int) -> float:
        paper = Paper("Titel", "nl", form, (Block("list", lines(*["Een gewone regel over rust."] * n)),))  # type: ignore[arg-type]
        sizes: list[float] = []
        pages = read(paper).pages
        pages[0].extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.append(size * abs(tm[0])))
        assert len(pages) == 1
        return max(sizes)

    few, many = size(3), size(35)
    assert few >= many


def test_without_typst_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, every_kind: Paper) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for make in (check_pdf, lambda: paper_to_pdf(every_kind)):
        with pytest.raises(UitknopError, match=r"uitknop\[pdf\]"):
            make()
