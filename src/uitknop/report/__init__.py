"""What a person gets to see: words, the terminal, the page, and the findings as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uitknop.core.on_demand import on_demand

if TYPE_CHECKING:
    from uitknop.report.findings_json import findings_to_dict as findings_to_dict
    from uitknop.report.page import render_page as render_page
    from uitknop.report.terminal import print_findings as print_findings
    from uitknop.report.words import LANGUAGES as LANGUAGES
    from uitknop.report.words import Catalogue as Catalogue
    from uitknop.report.words import catalogue as catalogue

_HOMES = {
    "findings_to_dict": "uitknop.report.findings_json",
    "render_page": "uitknop.report.page",
    "print_findings": "uitknop.report.terminal",
    "LANGUAGES": "uitknop.report.words",
    "Catalogue": "uitknop.report.words",
    "catalogue": "uitknop.report.words",
}

__all__ = sorted(_HOMES)
__getattr__ = on_demand(__name__, _HOMES)
