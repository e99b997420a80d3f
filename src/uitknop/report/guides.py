"""The pages of the room `guidance` to print: the card for the door, worksheets and talk sheets, and the guided rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from uitknop.guidance import Script, Sheet
from uitknop.guidance.sheets import SheetPart
from uitknop.report.paper import Block, Line, Paper
from uitknop.report.paper.document import Form, Kind, lines
from uitknop.report.paper.told import Words
from uitknop.report.words import Language, catalogue

FOR_THE_DOOR = ("resting_now",)
"""Pages that are read from a distance: their first part stands large in a frame."""
HANDED_OVER = ("work_talk",)
"""Pages that end with an employer: what is for the person only is not printed on them, and neither is help."""
FOR_ME = "for_me"


def guide_to_paper(sheet: Sheet, lang: str) -> Paper:
    """A page of `guidance.sheets` to print.

    Raises:
        UitknopError: no such language.
    """
    words = Words(catalogue(lang))
    spoken = words.catalogue.lang
    for_the_door = sheet.id in FOR_THE_DOOR
    handed_over = sheet.id in HANDED_OVER
    form: Form = "card" if for_the_door else "letter"
    printed = [part for part in sheet.part if not (handed_over and part.id == FOR_ME)]
    parts = [_part(part, spoken, framed=for_the_door and not place) for place, part in enumerate(printed)]
    if not handed_over:
        parts.append(Block("text", lines(sheet.closing.said(spoken))))
    return Paper(
        title=sheet.title.said(spoken),
        lang=spoken,
        form=form,
        below=(sheet.intro.said(spoken),),
        front=tuple(parts),
        foot=() if for_the_door or handed_over else (words.told("help_short"),),
    )


def said_beside(sheet: Sheet, lang: str) -> tuple[str, ...]:
    """What is for the person only and so is not printed on a page they hand over; empty for other pages.

    Raises:
        UitknopError: no such language.
    """
    words = Words(catalogue(lang))
    spoken = words.catalogue.lang
    if sheet.id not in HANDED_OVER:
        return ()
    mine = [(part.heading.said(spoken), *part.lines.said(spoken)) for part in sheet.part if part.id == FOR_ME]
    return (*(line for part in mine for line in part), sheet.closing.said(spoken), words.told("help_short"))


def rest_to_paper(script: Script) -> Paper:
    """The guided rest to read along: the time each part begins, what is said, and how long it is still after it.

    Raises:
        UitknopError: no such language.
    """
    words = Words(catalogue(script.lang))
    return Paper(
        title=script.title,
        lang=script.lang,
        form="letter",
        below=(script.before, words.told("rest_marks")),
        front=tuple(_sections(script, words)),
        foot=(words.told("rest_after"), words.told("help_short")),
    )


def _sections(script: Script, words: Words) -> Iterator[Block]:
    """One block per section of the script, the parts of it in their order."""
    for section, parts in groupby(script.parts, key=lambda part: part.section):
        rows = tuple(Line(part.words, _time(part.start_s)) for part in parts)
        yield Block("rows", rows, words.told(f"rest_{section}"))


def _time(start_s: float) -> str:
    minutes, seconds = divmod(round(start_s), 60)
    return f"{minutes}:{seconds:02d}"


def _part(part: SheetPart, lang: Language, *, framed: bool) -> Block:
    kind: Kind = "card" if framed else "room" if part.room else "list"
    return Block(kind, lines(*part.lines.said(lang)), "" if framed else part.heading.said(lang))
