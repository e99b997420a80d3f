"""What was meant? The error for a name that does not exist, with the names that come nearest."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from uitknop.core import Phrase
from uitknop.core.errors import ModelError, UitknopError

MOST = 3


def unknown(
    what: str | Phrase, name: str, known: Collection[str], kind: type[UitknopError] = ModelError
) -> UitknopError:
    """The error, ready to raise.

    Args:
        what: what the name should name, such as "scenario".
        name: the name that was given.
        known: the names that exist.
        kind: the class of the error.

    >>> str(unknown("coupling", "threat_vagel", ["threat_vagal", "sleep_energy"]))
    'coupling: threat_vagel does not exist. Did you mean threat_vagal?'
    """
    near = difflib.get_close_matches(str(name), sorted(known), n=MOST, cutoff=0.5)
    if near:
        return kind(
            Phrase(
                "{what}: {name} does not exist. Did you mean {near}?",
                {"what": what, "name": name, "near": ", ".join(near)},
            )
        )
    return kind(
        Phrase(
            "{what}: {name} does not exist. There are: {names}.",
            {"what": what, "name": name, "names": ", ".join(sorted(known))},
        )
    )
