"""`uitknop diagnose`: what helps to find a fault, without a name, a path or a health value."""

from __future__ import annotations

import sys
from collections import Counter
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from uitknop.cli.own_file import File, PassphraseFile, opened, path_of
from uitknop.cli.said import Lang, _, speak
from uitknop.core.errors import UitknopError

if TYPE_CHECKING:
    from uitknop.report.diagnosis import Circumstances
    from uitknop.store import Store

HELP = _("Print versions, counts and kinds of error, to show to somebody who helps. Nothing personal is in it.")
LIBRARIES = ("numpy", "sqlcipher3", "pynacl", "keyring", "msgspec", "bleak", "altair", "fitdecode")


def run(file: File = None, passphrase_file: PassphraseFile = None, lang: Lang = None) -> None:
    """Look, tell."""
    from uitknop.report.diagnosis import diagnose

    words = speak(lang)
    sys.stdout.write(diagnose(_circumstances(file, passphrase_file), words.lang))


def _circumstances(file: Path | None, passphrase_file: Path | None) -> Circumstances:
    """What is known; that the file does not open is one of the things to tell."""
    import platform

    from uitknop.report.diagnosis import Circumstances
    from uitknop.sources import all_sources

    counts: dict[str, int] = {}
    sources: Counter[str] = Counter()
    faults: list[BaseException] = []
    version = None
    try:
        with opened(file, passphrase_file) as store:
            version, counts, sources = store.schema_version, _counts(store), _sources(store)
            store.check()
    except UitknopError as fault:
        faults.append(fault)
    path = path_of(file)
    return Circumstances(
        versions=_versions(),
        system=platform.system(),
        machine=platform.machine(),
        schema_version=version,
        file_bytes=path.stat().st_size if path.is_file() else None,
        counts=counts,
        sources=sources,
        known_sources=frozenset(source.name for source in all_sources()),
        faults=tuple(faults),
    )


def _counts(store: Store) -> dict[str, int]:
    from uitknop.person import findings_of

    batches, series = store.batches(), store.series()
    beats = [each for each in series if each.kind in ("rr", "ppg")]
    return {
        "files": sum(batch.withdrawn_ms is None for batch in batches),
        "withdrawn": sum(batch.withdrawn_ms is not None for batch in batches),
        "series": len(series),
        "beats": sum(each.n for each in beats),
        "samples": sum(each.n for each in series) - sum(each.n for each in beats),
        "entries": len(store.entries()),
        "aside": len(store.aside(10_000)),
        "verdicts": len(findings_of(store).verdicts),
    }


def _sources(store: Store) -> Counter[str]:
    return Counter(each.source for each in store.series())


def _versions() -> dict[str, str]:
    import platform
    import sqlite3

    from uitknop import __version__

    found = {"uitknop": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
