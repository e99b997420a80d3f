"""`uitknop simulate --of NAME`: the figures of the whole model, as a file, as a table, or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from uitknop.cli.output import write_text
from uitknop.cli.said import print_json, progress, remark
from uitknop.core import Phrase
from uitknop.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uitknop.report.drawing import Figure
    from uitknop.report.words import Catalogue

COUPLINGS = "couplings"


class Many(NamedTuple):
    """How many people, from which seed, and how much they differ; None for as many as the figure needs."""

    n: int | None
    seed: int
    spread: float


def show_figure(
    of: str,
    path: Path | None,
    words: Catalogue,
    many: Many,
    switch_off: list[str],
    elsewhere: Mapping[str, bool],
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    """Draw one of the figures, write it where `path` says, and print its table.

    Args:
        elsewhere: options that belong to a scenario, and whether they were given.

    Raises:
        ModelError: there is no such figure, or an option was given that it does not have.
    """
    from uitknop.report.body_couplings import couplings_figure
    from uitknop.report.body_figure import standalone
    from uitknop.report.body_figures import body_figure, check_figure

    check_figure(of)
    given = [option for option, was in elsewhere.items() if was]
    if of != COUPLINGS and switch_off:
        given.append("--switch-off")
    if given:
        told = {"option": given[0], "name": of[:40]}
        raise ModelError(Phrase("{option} can't be used with --of {name}. Leave it out.", told))
    with progress(words, "Computing", quiet=quiet or as_json):
        if of == COUPLINGS:
            figure = couplings_figure(words, switched_off=switch_off)
        else:
            figure = body_figure(of, words, n=many.n, seed=many.seed, spread=many.spread)
    if path is not None:
        write_text(path, standalone(figure))
    if as_json:
        print_json(
            {
                "figure": of,
                "title": figure.title,
                "description": figure.description,
                "head": list(figure.head),
                "rows": [list(row) for row in figure.rows],
                "nature": "explanatory model",
            }
        )
        return
    _print(figure, words, quiet=quiet)


def _print(figure: Figure, words: Catalogue, *, quiet: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from uitknop.report.body_words import disclaimer

    console = Console(highlight=False)
    console.print(figure.title, markup=False)
    table = Table(box=None, pad_edge=False)
    for cell in figure.head:
        table.add_column(cell, overflow="fold")
    for row in figure.rows:
        table.add_row(*row)
    console.print(table)
    remark(words, disclaimer(words), quiet=quiet)
