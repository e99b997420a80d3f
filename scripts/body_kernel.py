"""Writes the fast kernels of the body model from its specification; `--write` rewrites, otherwise exit code 1 tells."""

from __future__ import annotations

import sys
from pathlib import Path

from uitknop.body.generate import kernel_source, slope_source
from uitknop.body.load import MODEL, body_model

BODY = Path(__file__).parent.parent / "src/uitknop/body"


def expected() -> dict[str, str]:
    """The generated modules by file name, as the specification asks for them."""
    spec = body_model()
    return {"kernel.py": kernel_source(spec, MODEL), "slope.py": slope_source(spec, MODEL)}


if __name__ == "__main__":
    for name, text in expected().items():
        if "--write" in sys.argv:
            (BODY / name).write_text(text, encoding="utf-8")
        elif (BODY / name).read_text(encoding="utf-8") != text:
            sys.exit(f"src/uitknop/body/{name} does not follow data/{MODEL}: run scripts/body_kernel.py --write")
