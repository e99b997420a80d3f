"""Collects every sentence a person may see, and brings the catalogues of both languages up to date with them.

Sentences stand in the code as the first argument of `Phrase`, of an error that reaches people, or of `_` and its kin,
and in the page templates. New ones arrive in the Dutch catalogue without a translation (the tests then fail), in the
English one as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/uitknop"
LANGUAGES = ("nl", "en")
ERRORS_FOR_PEOPLE = [
    "UitknopError",
    "SourceError",
    "NotRecognised",
    "Malformed",
    "TooLarge",
    "Implausible",
    "StoreError",
    "WrongKey",
    "NewerSchema",
    "Damaged",
    "Conflict",
    "KnowledgeError",
]
SPOKEN_AT: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(["_", "N_", "say", "gettext", "Phrase", *ERRORS_FOR_PEOPLE], (0,)),
    **dict.fromkeys(["progress", "remark"], (1,)),
    **dict.fromkeys(["count", "ngettext"], (0, 1)),
    "pgettext": (1,),
}
"""Which arguments of which functions are sentences. The first argument of `pgettext` is the context."""
NOT_KEPT = (
    '"Project-Id',
    '"Report-Msgid',
    '"POT-',
    '"PO-Revision',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)
"""Lines of a catalogue's head that would change without a change of words, or that say nothing here."""
Sentence = str | tuple[str, ...]
"""A sentence, or its forms for one and for more."""


Found = tuple[Sentence, str | None]
"""A sentence and its context."""


def literals(node: ast.expr) -> list[str]:
    """The texts an argument may be: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else []


def in_python(source: str) -> Iterator[Found]:
    """Each sentence of a module."""
    for node in ast.walk(ast.parse(source)):
        name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in SPOKEN_AT:
            continue
        said = [literals(node.args[place]) for place in SPOKEN_AT[name] if place < len(node.args)]
        if len(SPOKEN_AT[name]) == 2:
            if len(said) == 2 and said[0] and said[1]:
                yield (said[0][0], said[1][0]), None
        elif said:
            context = literals(node.args[0])[0] if name == "pgettext" else None
            yield from ((sentence, context) for sentence in said[0])


def in_template(path: Path) -> Iterator[Found]:
    """Each sentence of a page template."""
    with path.open("rb") as page:
        for _line, name, message, _comments in babel_extract(page, tuple(SPOKEN_AT), [], {}):
            texts = tuple(text for text in (message if isinstance(message, tuple) else (message,)) if text)
            if name in SPOKEN_AT and texts:
                # What is no text comes as None: fields beside a sentence, so that only `count` has two forms.
                yield texts[0] if len(texts) == 1 else texts, None


def extracted(package: Path = PACKAGE) -> Iterator[tuple[str, Sentence, str | None]]:
    """Each sentence under `package` with the file it stands in (relative) and its context."""
    for path in sorted(package.rglob("*.py")):
        for sentence, context in in_python(path.read_text(encoding="utf-8")):
            yield path.relative_to(package).as_posix(), sentence, context
    for path in sorted(package.rglob("templates/*")):
        for sentence, context in in_template(path):
            yield path.relative_to(package).as_posix(), sentence, context


def template(package: Path = PACKAGE) -> Catalog:
    """All sentences, without translations."""
    catalogue = Catalog(domain="uitknop", fuzzy=False)
    for name, sentence, context in extracted(package):
        catalogue.add(sentence, locations=[(name, 1)], context=context)
    return catalogue


def translated(message: Message) -> bool:
    """Whether every form of a sentence has words."""
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return bool(forms) and all(forms)


def path_of(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "uitknop.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; empty when there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, domain="uitknop", fuzzy=False)
    with path.open("rb") as words:
        return read_po(words, locale=language, domain="uitknop")


def update(language: str) -> tuple[int, int]:
    """Brings one catalogue up to date; gives how many sentences it holds and how many wait for a translation."""
    catalogue, path = read(language), path_of(language)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.header_comment = f"# The words of Uitknop: {language}."
    for message in catalogue:
        if language == "en" and message.id and not translated(message):
            message.string = message.id
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole or not at all, so that no fault on the way costs a translation.
    words = BytesIO()
    # File names without line numbers and no dates: a catalogue changes only when a sentence does.
    write_po(words, catalogue, width=118, include_lineno=False, ignore_obsolete=True, sort_output=True)
    lines = words.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(NOT_KEPT)), encoding="utf-8")
    return len(catalogue), sum(1 for message in catalogue if message.id and not translated(message))


def main() -> None:
    """Updates both catalogues and says what is left to translate."""
    for language in LANGUAGES:
        held, waiting = update(language)
        print(f"{language}: {held} sentences, {waiting} without a translation")


if __name__ == "__main__":
    main()
