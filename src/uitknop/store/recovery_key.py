"""The recovery key on paper: seven groups of five characters, typed back by a tired person.

28 characters of Crockford's base 32 carry 140 random bits; the last character of each group checks the four before
it and its place, so a slip of the pen is found in the group where it was made. Over the field of 32 elements a sum
with a weight of its own for each place catches every single wrong character, every swap of two within a group and
every swap of two groups.
"""

from __future__ import annotations

from uitknop.core.errors import WrongKey
from uitknop.core.phrase import Phrase
from uitknop.store.keys import new_secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U."""

GROUPS = 7
GROUP = 5
_DATA = GROUP - 1
BITS = GROUPS * _DATA * 5

_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", "\u2010": "", "\u2011": "", "\u2013": "", "\u2014": ""})
_POLYNOMIAL = 0b100101
"""x^5 + x^2 + 1, whose root generates all 31 elements but zero."""


def new_recovery_secret() -> bytes:
    """140 random bits in 18 bytes, the upper 4 of them zero."""
    n_bytes = (BITS + 7) // 8
    return (int.from_bytes(new_secret(n_bytes)) >> (n_bytes * 8 - BITS)).to_bytes(n_bytes)


def printed(secret: bytes) -> str:
    """The secret as it is written down.

    >>> printed(bytes(18))
    '00005-0000A-0000F-0000M-0000H-0000Y-0000V'
    """
    number = int.from_bytes(secret)
    places = [(number >> shift) & 31 for shift in range(BITS - 5, -1, -5)]
    groups = [places[i : i + _DATA] for i in range(0, len(places), _DATA)]
    return "-".join("".join(ALPHABET[v] for v in (*group, _check(group, i))) for i, group in enumerate(groups))


def typed(text: str) -> bytes:
    """The secret from what was typed; dashes, spaces and case don't matter, O is read as 0, I and L as 1.

    Raises:
        WrongKey: too short or too long, or a group holds a slip; the sentence says which.
    """
    characters = "".join(text.upper().split()).translate(_MEANT)
    if len(characters) != GROUPS * GROUP:
        raise WrongKey(
            Phrase(
                "A recovery key has {needed} characters in {groups} groups, and this has {found}. Type it again from "
                "the paper.",
                {"needed": GROUPS * GROUP, "groups": GROUPS, "found": len(characters)},
            )
        )
    number = 0
    for i in range(GROUPS):
        group = [ALPHABET.find(character) for character in characters[i * GROUP : (i + 1) * GROUP]]
        if min(group) < 0 or group[-1] != _check(group[:_DATA], i):
            raise WrongKey(
                Phrase(
                    "Group {group} of the recovery key holds a typing error. Compare it with the paper.",
                    {"group": i + 1},
                )
            )
        for value in group[:_DATA]:
            number = number << 5 | value
    return number.to_bytes((BITS + 7) // 8)


def _check(group: list[int], place: int) -> int:
    """The check character of a group: a weighted sum that also knows which group it is."""
    total = _times(place + 1, _WEIGHTS[_DATA])
    for value, weight in zip(group, _WEIGHTS, strict=False):
        total ^= _times(value, weight)
    return total


def _times(a: int, b: int) -> int:
    """The product of two elements of the field of 32."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a <<= 1
        a ^= _POLYNOMIAL if a & 32 else 0
        b >>= 1
    return product


_WEIGHTS = (2, 4, 8, 16, 5)
"""Powers of the root, all distinct and none of them 1, the weight of the check character itself."""
