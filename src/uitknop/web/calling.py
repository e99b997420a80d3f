"""Help numbers in words: each one can be tapped to call it, and none breaks over two lines."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from uitknop.guidance import help_numbers


def calls(text: str, *, link: bool = True) -> Markup:
    """Words as part of a page, with each help number in them as a link that calls it.

    A place to chat is no link: nothing leads out of this computer by a tap that was meant for something else.

    Args:
        text: as it is said; it is escaped here.
        link: off where the words stand in a link already; the numbers are only kept whole then.
    """

    def whole(found: re.Match[str]) -> str:
        number = found[0]
        if link and number in _to_call():
            return f'<a class="call" href="tel:{number.replace("-", "")}">{number}</a>'
        return f'<span class="call">{number}</span>'

    return Markup(_numbers().sub(whole, str(escape(text))))


@lru_cache(maxsize=1)
def _to_call() -> frozenset[str]:
    return frozenset(one.call for one in help_numbers().values() if one.call)


@lru_cache(maxsize=1)
def _numbers() -> re.Pattern[str]:
    """Every number and place to chat, the longest first, so that 113 is not found in 0800-0113."""
    known = {one.call or one.chat for one in help_numbers().values()} - {""}
    longest = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
