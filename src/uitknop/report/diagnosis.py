"""A report on a person's file that may be shown to strangers: versions, counts, sizes and kinds of error, nothing else.

Nothing is blacked out; the other way round, only words from lists of our own pass, and whole numbers. A name, a path, a
health value or a word of the person's own has no way in, wherever it is put.
"""

from __future__ import annotations

import builtins
import errno
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from uitknop.core.errors import UitknopError
from uitknop.core.table import Value
from uitknop.report.words import N_, Catalogue, catalogue

SYSTEMS = frozenset({"Linux", "Darwin", "Windows", "FreeBSD", "Android"})
MACHINES = frozenset({"x86_64", "AMD64", "arm64", "aarch64", "armv7l", "i686", "riscv64"})
PARTS = (
    *("uitknop", "python", "numpy", "scipy", "sqlcipher3", "sqlite", "pynacl", "keyring", "msgspec", "bleak"),
    *("altair", "fitdecode"),
)
"""What a version may be told of."""

COUNTS: Mapping[str, str] = {
    "files": N_("Files taken in"),
    "withdrawn": N_("Files withdrawn"),
    "series": N_("Series"),
    "beats": N_("Beats"),
    "samples": N_("Samples"),
    "entries": N_("Diary lines"),
    "aside": N_("Facts kept aside"),
    "days": N_("Days with data"),
    "verdicts": N_("Verdicts"),
}
"""What may be counted, and how it is called."""

OTHER = N_("other")

_VERSION = re.compile(r"\d{1,5}(\.\d{1,8}){0,3}((a|b|rc|\.post|\.dev)\d{1,4})?")
_MOST = 1 << 62


@dataclass(frozen=True, slots=True)
class Circumstances(Value):
    """What is known of an installation and a file. Whatever is not on a list of this module is told as "other".

    Args:
        versions: of each of `PARTS`.
        system: as `platform.system()` says it.
        machine: as `platform.machine()` says it.
        schema_version: of the person's file; None when there is none, or it can't be opened.
        file_bytes: its size; None likewise.
        counts: how many of each of `COUNTS`.
        sources: files taken in, by name of their source.
        known_sources: the names of all sources there are.
        faults: what went wrong lately; their kinds are told, never their words.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    system: str = ""
    machine: str = ""
    schema_version: int | None = None
    file_bytes: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    known_sources: frozenset[str] = frozenset()
    faults: tuple[BaseException, ...] = ()


def diagnose(circumstances: Circumstances, lang: str) -> str:
    """The report, a few lines of text.

    Raises:
        UitknopError: no such language.
    """
    words = catalogue(lang)
    return "\n".join(
        (words.say("Uitknop: report on this installation, without personal data"), *_lines(circumstances, words), "")
    )


def _lines(told: Circumstances, words: Catalogue) -> Iterator[str]:
    other = words.say(OTHER)
    yield _line(words.say("System"), told.system if told.system in SYSTEMS else other)
    yield _line(words.say("Machine"), told.machine if told.machine in MACHINES else other)
    for part in PARTS:
        if part in told.versions:
            yield _line(part, _version(told.versions[part], other))
    if told.schema_version is None and told.file_bytes is None:
        yield words.say("No file, or it can't be opened.")
    else:
        yield _line(words.say("Version of the file's layout"), _number(told.schema_version, other))
        yield _line(words.say("Size in bytes"), _number(told.file_bytes, other))
    for name, title in COUNTS.items():
        if name in told.counts:
            yield _line(words.say(title), _number(told.counts[name], other))
    known = {name: n for name, n in told.sources.items() if name in told.known_sources and _NAME.fullmatch(name)}
    for name in sorted(known):
        yield _line(words.say("Source {name}", name=name), _number(known[name], other))
    if len(told.sources) > len(known):
        yield _line(words.say("Other sources"), str(len(told.sources) - len(known)))
    for kind, n in sorted(Counter(_kind(fault, other) for fault in told.faults).items()):
        yield _line(words.say("Error {kind}", kind=kind), str(n))


_NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")


def _line(title: str, value: str) -> str:
    return f"  {title}: {value}"


def _version(version: object, other: str) -> str:
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else other


def _number(number: object, other: str) -> str:
    whole = isinstance(number, int) and not isinstance(number, bool)
    return str(number) if whole and 0 <= number < _MOST else other  # type: ignore[operator]


def _kind(fault: BaseException, other: str) -> str:
    """The class of an error of ours or of Python itself, with the system's code where it has one."""
    kind = type(fault)
    ours = isinstance(fault, UitknopError) and kind.__module__ == "uitknop.core.errors"
    if not ours and getattr(builtins, kind.__name__, None) is not kind:
        return other
    code = errno.errorcode.get(fault.errno or 0) if isinstance(fault, OSError) else None
    return f"{kind.__name__} {code}" if code else kind.__name__
