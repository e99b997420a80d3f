"""Do words in free text speak of suicide? The words stand in `data/red_flags.toml`; once too often does no harm.

A line of words is looked for as it stands: `a|b` is one of them, `a_b` two words that take one place, `stem*` every
word that begins so, and `..` up to four words in between.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from uitknop.guidance.help_actions import red_flag_words

_BETWEEN = r"(?: [a-z]+){0,4}"


def speaks_of_suicide(text: str) -> bool:
    """Whether words in free text open the help page.

    >>> speaks_of_suicide("Ik wil niet meer leven."), speaks_of_suicide("Ik maak er een eind aan")
    (True, True)
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = re.sub(r"['’‘`´\u0300-\u036f\u200b-\u200f\u00ad]", "", plain)
    plain = re.sub(r"\d\s*kms?\b", " ", plain)  # kilometres, and not the letters for "kill myself"
    plain = f" {re.sub(r'[^a-z]+', ' ', plain)} "
    return _words().search(plain) is not None


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    lines = (line for lines in red_flag_words().words.values() for line in lines)
    return re.compile("|".join(f"(?:{pattern_of(line)})" for line in lines))


def pattern_of(line: str) -> str:
    """A line of words as a pattern over a text of small letters with single spaces around every word."""
    parts = [_BETWEEN if part == ".." else f" {_one(part)}" for part in line.split()]
    return f"{''.join(parts)}(?= )"


def _one(part: str) -> str:
    return "(?:" + "|".join(word.replace("*", "[a-z]*").replace("_", " ") for word in part.split("|")) + ")"
