"""`uitknop simulate`: play a scenario of the body model with many made-up people."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from uitknop.cli.output import check_writable, write_text
from uitknop.cli.said import Lang, Quiet, _, print_json, progress, remark, speak
from uitknop.core import Phrase
from uitknop.core.errors import Malformed

if TYPE_CHECKING:
    from rich.console import Console

    from uitknop.body import Ensemble, Schedule
    from uitknop.report.words import Catalogue

HELP = _("Play a scenario of the body model with many made-up people: an explanation, nobody's forecast.")
MOST_BYTES = 1_000_000

MANY = 200
OF_A_SCENARIO = ("NAME", "--noise", "--input", "--kind", "--table", "--sbml")

People = Annotated[int | None, typer.Option("--n", help=_("How many made-up people, at least 20."), min=20, max=10_000)]
Seed = Annotated[int, typer.Option("--seed", help=_("The same seed gives the same people."), min=0)]
Spread = Annotated[
    float, typer.Option("--spread", help=_("How much people differ, as a share of each number."), min=0.0, max=0.5)
]
NoiseSd = Annotated[float, typer.Option("--noise", help=_("Noise on the load from outside, 0 to 1."), min=0.0, max=1.0)]
SwitchOff = Annotated[
    list[str] | None,
    typer.Option("--switch-off", metavar="COUPLING", help=_("Leave out a coupling; may be given more than once.")),
]
Inputs = Annotated[
    list[str] | None,
    typer.Option(
        "--input",
        metavar="NAME=VALUE|FILE.csv",
        help=_("Hold an input at another level, or take all inputs from a table; may be given more than once."),
    ),
]
KindOfCourse = Annotated[
    str | None, typer.Option("--kind", help=_("Kind of course: overload, defence_held or post_exertional."))
]
FigureFile = Annotated[
    Path | None, typer.Option("--figure", metavar="FILE.svg", readable=False, help=_("Write the figure."))
]
Of = Annotated[
    str | None,
    typer.Option(
        "--of",
        metavar="FIGURE",
        help=_("A figure of the model instead: bifurcation, story, crash, relapse, couplings or shares."),
    ),
]
TableFile = Annotated[
    Path | None, typer.Option("--table", metavar="FILE.csv", readable=False, help=_("Write the course as a table."))
]
SbmlFile = Annotated[
    Path | None,
    typer.Option(
        "--sbml", metavar="FILE.xml", readable=False, help=_("Write the model for other simulators, as SBML.")
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print JSON, for programs."))]


def run(
    name: Annotated[str | None, typer.Argument(help=_("The scenario, such as chronic-load."))] = None,
    listed: Annotated[
        bool, typer.Option("--list", help=_("List the scenarios, the inputs and the couplings instead."))
    ] = False,
    n: People = None,
    seed: Seed = 1,
    spread: Spread = 0.1,
    noise_sd: NoiseSd = 0.0,
    switch_off: SwitchOff = None,
    inputs: Inputs = None,
    kind: KindOfCourse = None,
    figure: FigureFile = None,
    of: Of = None,
    table: TableFile = None,
    sbml: SbmlFile = None,
    lang: Lang = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List, or play, print and write."""
    words = speak(lang)
    if listed or (name is None and of is None):
        _list(words, as_json=as_json)
        return
    for path in (figure, table, sbml):
        if path is not None:
            check_writable(path)
    if of is not None:
        from uitknop.cli.simulate_figure import Many, show_figure

        given = (name, noise_sd, inputs, kind, table, sbml)
        elsewhere = dict(zip(OF_A_SCENARIO, map(bool, given), strict=True))
        show_figure(of, figure, words, Many(n, seed, spread), switch_off or [], elsewhere, as_json=as_json, quiet=quiet)
        return
    assert name is not None
    from uitknop.body import simulate

    levels, schedule = _inputs(inputs or [])
    changes: dict[str, Any] = {"kind": kind, "inputs": levels, "schedule": schedule, "switch_off": switch_off or ()}
    with progress(words, "Computing", quiet=quiet or as_json):
        people = MANY if n is None else n
        found = simulate(name, n=people, seed=seed, spread=spread, noise_sd=noise_sd, **changes)
    if figure is not None:
        _write_figure(figure, found, words)
    if table is not None:
        write_text(table, _table(found))
    if sbml is not None:
        from uitknop.body import scenario_sbml

        write_text(sbml, scenario_sbml(name, lang=words.lang, **changes))
    if as_json:
        print_json(found.to_dict())
        return
    _print(found, words, quiet=quiet)


def _write_figure(path: Path, found: Ensemble, words: Catalogue) -> None:
    from uitknop.report.body_figure import ensemble_figure, standalone

    write_text(path, standalone(ensemble_figure(found, words)))


def _inputs(given: list[str]) -> tuple[dict[str, float], Schedule | None]:
    """Levels by name, and the schedule of a table where one was given.

    Raises:
        Malformed: neither a level nor a table that can be read.
    """
    levels: dict[str, float] = {}
    schedule = None
    for item in given:
        name, mark, value = item.partition("=")
        if mark:
            levels[name.strip()] = _level(name.strip(), value)
        else:
            schedule = _schedule(Path(item))
    return levels, schedule


def _level(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as fault:
        raise Malformed(
            Phrase(
                "The level of {name} is no number: {value}. Write it as {name}=0.5.",
                {"name": name[:40], "value": value[:40]},
            )
        ) from fault


def _schedule(path: Path) -> Schedule:
    from uitknop.body import body_model, read_schedule

    name = {"name": path.name}
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Malformed(Phrase("{name} is larger than 1 MB, too large for a table of inputs.", name))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise Malformed(Phrase("{name} can't be read. Give a table, or an input as stress=0.5.", name)) from fault
    return read_schedule(body_model(), path.name, text)


def _list(words: Catalogue, *, as_json: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from uitknop.body import body_model, scenarios

    if as_json:
        print_json([_scenario_object(name, words) for name in scenarios()])
        return
    spec, console = body_model(), Console(highlight=False)
    parts: list[tuple[str, list[tuple[str, str]]]] = [
        (words.say("Scenarios"), [(item.name, item.title.said(words.lang)) for item in scenarios().values()]),
        (words.say("Inputs"), [(item.name, item.title.said(words.lang)) for item in spec.inputs.values()]),
        (
            words.say("Couplings, with how sure each is: E established, H hypothesis, M metaphor"),
            [(f"{item.name} ({item.grade})", item.title.said(words.lang)) for item in spec.couplings.values()],
        ),
    ]
    for heading, rows in parts:
        table = Table(title=heading, box=None, pad_edge=False, show_header=False, title_justify="left")
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)
        console.print()


def _scenario_object(name: str, words: Catalogue) -> dict[str, Any]:
    from uitknop.body import scenarios

    item = scenarios()[name]
    return {
        "name": item.name,
        "title": item.title.said(words.lang),
        "claims": list(item.claims),
        "days": item.schedule.length_min / 1440,
        "kind": item.kind,
        "way_back": item.way_back,
    }


def _print(found: Ensemble, words: Catalogue, *, quiet: bool) -> None:
    from rich.console import Console

    from uitknop.report.body_words import change_lines, disclaimer, heading, ill_line, moment_line, outcome_lines
    from uitknop.report.what_if_words import never_ill_line

    console = Console(highlight=False)
    for line in (heading(found, words), *change_lines(found, words), never_ill_line(found, words)):
        if line:
            console.print(line, markup=False)
    console.print(f"  {ill_line(found, words)}", markup=False)
    for phase in found.phases:
        _print_outcomes(console, moment_line(phase.day, words, phase.title), outcome_lines(phase, words))
    last = moment_line(float(found.day[-1]), words) if found.phases else ""
    _print_outcomes(console, last, outcome_lines(found, words))
    if found.claims:
        console.print(words.say("Claims it is about: {claims}", claims=", ".join(found.claims)), markup=False)
    remark(words, disclaimer(words), quiet=quiet)


def _print_outcomes(console: Console, moment: str, lines: tuple[str, ...]) -> None:
    """Outcomes, below the moment they were counted at where there is more than one."""
    if moment:
        console.print(f"  {moment}", markup=False)
    for line in lines:
        console.print(f"    {line}" if moment else f"  {line}", markup=False)


def _table(found: Ensemble) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = list(found.bands)
    writer.writerow(["day", *(f"{name}{part}" for name in names for part in ("", "_low", "_high"))])
    for place, day in enumerate(found.day):
        row = [f"{day:.4f}"]
        for name in names:
            band = found.bands[name]
            row += [f"{float(values[place]):.6f}" for values in (band.middle, band.low, band.high)]
        writer.writerow(row)
    return out.getvalue()
