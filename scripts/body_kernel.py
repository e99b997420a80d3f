"""Writes what follows from the specification of the body model: its kernels and the tables of the documentation.

`--write` rewrites them; without it, exit code 1 says that one of them is not as the specification asks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from uitknop.body.generate import kernel_source, slope_source
from uitknop.body.load import MODEL, body_model
from uitknop.body.tables import markdown

ROOT = Path(__file__).parent.parent
BODY = "src/uitknop/body"


def expected() -> dict[str, str]:
    """The text of each file by its path, as the specification asks for it."""
    spec = body_model()
    return {
        f"{BODY}/kernel.py": kernel_source(spec, MODEL),
        f"{BODY}/slope.py": slope_source(spec, MODEL),
        "docs/body-parameters.md": markdown(spec, "en"),
        "docs/body-parameters-nl.md": markdown(spec, "nl"),
    }


if __name__ == "__main__":
    for name, text in expected().items():
        if "--write" in sys.argv:
            (ROOT / name).write_text(text, encoding="utf-8")
        elif (ROOT / name).read_text(encoding="utf-8") != text:
            sys.exit(f"{name} does not follow data/{MODEL}: run scripts/body_kernel.py --write")
