"""Writes the figures' Vega-Lite specifications, made with Altair, to where the page reads them."""

from __future__ import annotations

from pathlib import Path

from uitknop.report.kept_specs import SPECS, spec_text

FOLDER = Path(__file__).parent.parent / "src/uitknop/report/specs"


def main() -> None:
    """Writes each specification."""
    for name in SPECS:
        (FOLDER / f"{name}.json").write_text(spec_text(name), encoding="utf-8")


if __name__ == "__main__":
    main()
