"""Writes the table of facts that the body model was not tuned to, with what the model gives, into its documentation.

`--write` rewrites it; without it, exit code 1 says that the documentation is not what the model gives.
"""

from __future__ import annotations

import sys
from pathlib import Path

from uitknop.body.facts import compare, markdown

PAGE = Path(__file__).parent.parent / "docs/body-model.md"
BEGIN, END = "<!-- facts: written by scripts/body_facts.py -->\n\n", "\n<!-- end of facts -->"


def written(page: str) -> str:
    """The page with the table as the model gives it now."""
    begin, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:begin]}{markdown(compare())}{page[end:]}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(written(text), encoding="utf-8")
    elif written(text) != text:
        sys.exit("docs/body-model.md does not hold what the model gives: run scripts/body_facts.py --write")
