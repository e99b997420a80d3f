"""A page as a PDF that a screen reader can read (PDF/UA-1), set by Typst with the fonts Typst carries itself.

The layout is one template; the words come to it as data, never as markup, so nothing in them can be an order. The same
page gives the same bytes: there is no date in the file.
"""

from __future__ import annotations

import importlib
import json
from functools import lru_cache
from importlib import resources
from typing import Any

from uitknop.core import Phrase
from uitknop.core.errors import UitknopError
from uitknop.report.paper.document import Paper

STANDARD = "ua-1"


def paper_to_pdf(paper: Paper) -> bytes:
    """The whole page as a PDF.

    Raises:
        UitknopError: what makes a PDF is not installed.
    """
    typst = _typst()
    pdf: bytes = typst.compile(
        _layout(),
        format="pdf",
        sys_inputs={"paper": json.dumps(paper.to_dict(), ensure_ascii=False)},
        pdf_standards=STANDARD,
        ignore_system_fonts=True,
    )
    return pdf


def check_pdf() -> None:
    """Whether a PDF can be made here; before any other work.

    Raises:
        UitknopError: what makes it is not installed.
    """
    _typst()


def _typst() -> Any:
    try:
        return importlib.import_module("typst")
    except ImportError as fault:
        raise UitknopError(
            Phrase(
                "A PDF needs an extra part that is not installed. Install it with: pip install {extra}. "
                "Or write the page as HTML; a browser can print that.",
                {"extra": '"uitknop[pdf]"'},
            )
        ) from fault


@lru_cache(maxsize=1)
def _layout() -> bytes:
    return resources.files("uitknop.report.paper").joinpath("paper.typ").read_bytes()
