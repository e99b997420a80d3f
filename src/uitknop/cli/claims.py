"""`uitknop claims`: what the texts behind this project claim, and how well each claim is supported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from uitknop.cli.said import Lang, Quiet, _, print_json, remark, speak
from uitknop.core import Phrase

if TYPE_CHECKING:
    from uitknop.knowledge import Claim, Library, Source
    from uitknop.report.words import Catalogue

HELP = _("Search what the texts behind this project claim, each with a grade for how well it is supported.")
NOTHING_FOUND = 3

Choice = TypeVar("Choice", bound=str)
Words = Annotated[
    list[str] | None, typer.Argument(help=_("Words to look for, in Dutch or English. All of them must be there."))
]
Id = Annotated[str | None, typer.Option("--id", help=_("One claim, with its sources, such as C001."))]
OfSeed = Annotated[
    str | None, typer.Option("--seed", help=_("Only claims of one of the five texts."), metavar="s0|s1|s2|s3|s4")
]
OfGrade = Annotated[
    str | None,
    typer.Option("--grade", help=_("Only claims with this grade, from A to D, or X."), metavar="A|B|C|D|X"),
]
OfKind = Annotated[
    str | None,
    typer.Option(
        "--kind", help=_("Only claims of this kind: mechanism, symptom, practice, nutrient, safety, process.")
    ),
]
WithFlag = Annotated[
    str | None,
    typer.Option(
        "--flag",
        help=_("Only claims with this flag: safety, pem_gate, never_tell_user, commercial, citation_error."),
    ),
]
AsList = Annotated[bool, typer.Option("--json", help=_("Print a JSON list of objects, for programs."))]


def run(
    words: Words = None,
    claim_id: Id = None,
    seed: OfSeed = None,
    grade: OfGrade = None,
    kind: OfKind = None,
    flag: WithFlag = None,
    lang: Lang = None,
    as_json: AsList = False,
    quiet: Quiet = False,
) -> None:
    """List, search, filter or show the claims."""
    from uitknop.knowledge import FLAGS, GRADES, KINDS, SEEDS, find_claims, library

    spoken = speak(lang)
    known = library()
    found = find_claims(
        (known.claim(claim_id),) if claim_id is not None else known.claims,
        words or (),
        seed=_one_of("--seed", seed, SEEDS),
        grade=_one_of("--grade", grade, GRADES),
        kind=_one_of("--kind", kind, KINDS),
        flag=_one_of("--flag", flag, FLAGS),
    )
    if as_json:
        print_json([_as_object(claim, known, spoken) for claim in found])
    elif len(found) == 1:
        _show(found[0], known, spoken)
    elif found:
        _list(found, spoken)
        remark(
            spoken,
            Phrase(
                "{n} of {total} claims. See one with its sources: --id.", {"n": len(found), "total": len(known.claims)}
            ),
            quiet=quiet,
        )
    if not found:
        remark(spoken, "No claim holds all of that. Leave out a word or a filter.", quiet=quiet)
        sys.exit(NOTHING_FOUND)


def _one_of(option: str, given: str | None, known: tuple[Choice, ...]) -> Choice | None:
    if given is None:
        return None
    for name in known:
        if name.casefold() == given.strip().casefold():
            return name
    raise typer.BadParameter(", ".join(known), param_hint=option)


def _as_object(claim: Claim, known: Library, spoken: Catalogue) -> dict[str, Any]:
    return {
        "id": claim.id,
        "seed": claim.seed,
        "kind": claim.kind,
        "grade": claim.grade,
        "grade_label": claim.claimed.grade_label.said(spoken.lang),
        "claim": claim.claimed.said(spoken.lang),
        "comment": claim.comment.said(spoken.lang),
        "sources": [_source_object(source, spoken) for source in claim.sources],
        "sources_said": _sources_said(claim, known, spoken),
        "flags": [name for name in known.labels.flags if name in claim.flags],
        "practices": list(claim.practices),
        "screens": list(claim.screens),
        "couplings": list(claim.couplings),
    }


def _source_object(source: Source, spoken: Catalogue) -> dict[str, Any]:
    return {
        "key": source.key,
        "cite": source.cite,
        "doi": source.doi,
        "pmid": source.pmid,
        "verified": source.verified,
        "checked": source.checked.said(spoken.lang),
        "note": source.note.said(spoken.lang) if source.note else None,
    }


def _sources_said(claim: Claim, known: Library, spoken: Catalogue) -> list[str]:
    return [_source_line(source, spoken) for source in claim.sources] or [known.labels.no_source.said(spoken.lang)]


def _source_line(source: Source, spoken: Catalogue) -> str:
    parts = [source.checked.said(spoken.lang), *([source.note.said(spoken.lang)] if source.note else [])]
    doi = f" doi:{source.doi}" if source.doi else ""
    return f"{source.cite}.{doi} ({'; '.join(parts)})"


def _list(found: tuple[Claim, ...], spoken: Catalogue) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for claim in found:
        table.add_row(claim.id, claim.seed, Text(claim.claimed.said(spoken.lang)))
    Console(highlight=False).print(table)


def _show(claim: Claim, known: Library, spoken: Catalogue) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for line in _lines(claim, known, spoken):
        console.print(line, markup=False)


def _lines(claim: Claim, known: Library, spoken: Catalogue) -> Iterator[str]:
    lang = spoken.lang
    yield f"{claim.id}  {known.labels.seeds[claim.seed].said(lang)} ({claim.seed})"
    yield claim.claimed.said(lang)
    yield f"{spoken.say('Why this grade:')} {claim.comment.said(lang)}"
    yield f"{spoken.say('Kind of claim:')} {known.labels.kinds[claim.kind].said(lang)}"
    yield spoken.say("Sources:")
    yield from (f"  {line}" for line in _sources_said(claim, known, spoken))
    for name, label in known.labels.flags.items():
        if name in claim.flags:
            yield f"{spoken.say('Mind:')} {label.said(lang)}"
    links = known.links
    for heading, ids, names in (
        (spoken.say("Practices:"), claim.practices, links.practices),
        (spoken.say("Questions of ours:"), claim.screens, links.screens),
        (spoken.say("In the body model:"), claim.couplings, links.couplings),
    ):
        if ids:
            yield f"{heading} {'; '.join(names[key].said(lang) for key in ids)}"
