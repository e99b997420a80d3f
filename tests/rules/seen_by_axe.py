"""What axe-core finds against a page that is open in a browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
# Of what is in order only one example comes back: to write out every element takes longer than to look at it.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


def found_by_axe(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds against a page, as pairs of rule and place."""
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in AXE.run(page, options=RULES).response["violations"]]
