"""Writes the tables of docs/body-model.md that hold what the model gives: facts it was not tuned to, and calibration.

`--write` rewrites them; without it, exit code 1 says that the documentation is not what the model gives.
"""

from __future__ import annotations

import sys
from pathlib import Path

from uitknop.body import facts, inference_offered

PAGE = Path(__file__).parent.parent / "docs/body-model.md"
BEGIN, END = "<!-- {name}: written by scripts/body_facts.py -->\n\n", "\n<!-- end of {name} -->"


def written(page: str) -> str:
    """The page with the tables as they are now."""
    tables = {
        "facts": facts.markdown(facts.compare()),
        "calibration": inference_offered.markdown(inference_offered.kept()),
    }
    for name, table in tables.items():
        begin, end = (mark.format(name=name) for mark in (BEGIN, END))
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}{table}{rest[rest.index(end) :]}"
    return page


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(written(text), encoding="utf-8")
    elif written(text) != text:
        sys.exit("docs/body-model.md does not hold what the model gives: run scripts/body_facts.py --write")
