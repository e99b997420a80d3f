"""Changed copies of small files: bits turned over, parts cut, doubled and mixed, numbers put out of all bounds.

A mutant is told by its number alone: the same number gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fuzz_corpus import Files, packed

from uitknop.synthetic.garmin_fit import checksum

MOST_BYTES = 400_000
TOGETHER = ("wfdb_signal", "wfdb_marks", "empatica_e4")
"""Sources whose files lie beside each other: all of them are laid down, and one is changed."""

NUMBERS = (
    b"0", b"-1", b"1", b"nan", b"inf", b"-inf", b"1e308", b"-1e308", b"1e-308", b"255", b"256", b"65535", b"65536",
    b"2147483648", b"-2147483649", b"9223372036854775807", b"9223372036854775808", b"1" * 40, b"1" * 400, b"9" * 5000,
    b"0.000000001", b"1e99999", b"1_000", b"0x10", b"1,5", b"null", b"true", b'""', b"[]", b"{}",
)  # fmt: skip
WORDS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\n\n\n", b'"', b"'", b",", b";", b"\t", b"[", b"{", b"}", b"<",
    b"]]>", b"<!DOCTYPE x [<!ENTITY a \"b\">]>", b"&a;", b"&#0;", b"\xc3\x28", b"\xed\xa0\x80", b"%s%n", b"../../x",
    b"0001-01-01T00:00:00", b"9999-12-31T23:59:59Z", b"2026-02-30", b"2026-03-29T02:30:00", b"+99:99", b"24:00:00",
    b"PT99999999H", b"Nowhere/Land", "\u0660\u0661".encode(), "\u202e".encode(), b"[" * 3000, b'{"a":' * 2000,
    b"<a>" * 3000, b"=cmd|' /C'!A1",
    b"(" * 60_000, b" " * 60_000, b"hardware:" * 9_000, b'"' * 9_000, b"1" * 60_000, b"-" * 60_000, b"\r" * 9_000,
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed file.

    Args:
        source: whose file it was.
        number: which mutant it is.
        files: what lies in the folder, by name.
        given: name of the file that is given; empty for the folder itself.
    """

    source: str
    number: int
    files: Mapping[str, bytes]
    given: str


def mutant(corpus: Mapping[str, Files], number: int) -> Mutant:
    """The mutant of a number; numbers go round through the sources."""
    chance = random.Random(number)
    sources = sorted(corpus)
    source = sources[number % len(sources)]
    file = chance.choice(sorted(corpus[source]))
    content = _changed(chance, file, corpus[source][file], corpus)
    if source in TOGETHER and not file.endswith(".zip"):
        return _laid_down(source, number, corpus[source] | {file: content}, file)
    name = PurePosixPath(file).name
    if chance.random() < 0.04:
        content, name = gzip.compress(content, mtime=0), f"{name}.gz"
    elif chance.random() < 0.04:
        content, name = packed([(file, content)]), "export.zip"
    return Mutant(source, number, {name: content}, name)


def unchanged(corpus: Mapping[str, Files]) -> Iterator[Mutant]:
    """Every file as it is."""
    for source, files in corpus.items():
        for file in files:
            alone = source not in TOGETHER or file.endswith(".zip")
            yield _laid_down(source, 0, {file: files[file]} if alone else files, file)


def _laid_down(source: str, number: int, files: Files, given: str) -> Mutant:
    beside = {PurePosixPath(file).name: content for file, content in files.items() if not file.endswith(".zip")}
    if given.endswith(".zip"):
        beside = {PurePosixPath(given).name: files[given]}
    folder = source == "empatica_e4" and not given.endswith(".zip")
    header = source == "wfdb_signal" and not given.endswith(".zip")
    name = "" if folder else "rec2.hea" if header else PurePosixPath(given).name
    return Mutant(source, number, beside, name)


def _changed(chance: random.Random, file: str, content: bytes, corpus: Mapping[str, Files]) -> bytes:
    if file.endswith(".zip") and chance.random() < 0.75:
        content = _repacked(chance, content, corpus)
        return content if chance.random() < 0.9 else _mutated(chance, content, corpus)
    changed = _mutated(chance, content, corpus)
    return _with_checksum(changed) if file.endswith(".fit") and chance.random() < 0.8 else changed


def _mutated(chance: random.Random, content: bytes, corpus: Mapping[str, Files]) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        content = chance.choice(CHANGES)(chance, content, corpus)[:MOST_BYTES]
    return content


def _repacked(chance: random.Random, content: bytes, corpus: Mapping[str, Files]) -> bytes:
    """A zip file around members of which some were changed, renamed, doubled or left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.randrange(len(members))
    name, inside = members[at]
    members[at] = (name, _changed(chance, name, inside, corpus))
    if chance.random() < 0.2:
        members.append((chance.choice(("../../out.csv", "/etc/x.csv", "a" * 300, ".hidden", name + "x")), inside))
    if chance.random() < 0.2:
        members.pop(chance.randrange(len(members)))
    if chance.random() < 0.1:
        members.append(("inner.zip", content))
    return packed(dict(members).items(), chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_LZMA)))


def _with_checksum(content: bytes) -> bytes:
    """A FIT file whose length and check sums fit again: what was changed must be noticed by what it says."""
    if len(content) < 16 or content[0] not in (12, 14):
        return content
    head = bytearray(content[: content[0]])
    head[4:8] = struct.pack("<I", max(0, len(content) - content[0] - 2))
    if len(head) == 14:
        head[12:14] = struct.pack("<H", checksum(bytes(head[:12])))
    body = bytes(head) + content[content[0] : -2]
    return body + struct.pack("<H", checksum(body))


def _flip(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    changed = bytearray(content)
    for _bit in range(chance.choice((1, 2, 8, 64)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    at = chance.randrange(len(content) + 1)
    put = chance.choice((b"\xff", b"\x00", b"\x7f", b"\x80")) * chance.choice((1, 2, 4, 8, 300))
    return content[:at] + put + content[at + len(put) :]


def _cut(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:start] if chance.random() < 0.4 else content[:start] + content[end:]


def _insert(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    at = chance.randrange(len(content) + 1)
    put = chance.choice(WORDS) if chance.random() < 0.8 else chance.randbytes(chance.choice((1, 4, 64, 4096)))
    return content[:at] + put + content[at:]


def _double(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.choice((1, 8, 100, 1000, 10_000))]
    times = chance.choice((1, 2, 30, 1000, 20_000))
    return content[:start] + piece * min(times, MOST_BYTES // max(1, len(piece))) + content[start:]


def _splice(chance: random.Random, content: bytes, corpus: Mapping[str, Files]) -> bytes:
    """The beginning of one file and the end of another."""
    other = chance.choice(sorted(corpus[chance.choice(sorted(corpus))].items()))[1]
    at, from_there = chance.randrange(len(content) + 1), chance.randrange(len(other) + 1)
    return content[:at] + other[from_there:]


def _swap(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    a, b, c = sorted(chance.randrange(len(content) + 1) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _renumber(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    """Another number in place of one or many that stand there."""
    start = chance.randrange(len(content) + 1)
    put = chance.choice(NUMBERS)
    return content[:start] + _NUMBER.sub(lambda _: put, content[start:], count=chance.choice((1, 1, 1, 5, 0)))


def _reword(chance: random.Random, content: bytes, _: Mapping[str, Files]) -> bytes:
    """A word of the file somewhere else in it, again and again."""
    words = re.findall(rb"[A-Za-z_]{3,20}", content[: 1 << 16]) or [b"x"]
    old, new = chance.choice(words), chance.choice(words + list(WORDS[:30]))
    return content.replace(old, new, chance.choice((1, 3, -1)))


Change = Callable[[random.Random, bytes, Mapping[str, Files]], bytes]
CHANGES: tuple[Change, ...] = (
    _flip,
    _flip,
    _overwrite,
    _cut,
    _insert,
    _double,
    _splice,
    _swap,
    _renumber,
    _renumber,
    _reword,
)
