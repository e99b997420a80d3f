"""Numbers as words, for pages that show no numbers."""

from __future__ import annotations

from collections.abc import Mapping

from uitknop.report.words import Language

_ONES_NL = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien"
)
_ONES_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_NL = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES: Mapping[Language, list[str]] = {"nl": _ONES_NL.split(), "en": _ONES_EN.split()}
TENS: Mapping[Language, list[str]] = {"nl": _TENS_NL.split(), "en": _TENS_EN.split()}
HALF: Mapping[Language, str] = {"nl": "een half", "en": "a half"}
AND: Mapping[Language, str] = {"nl": " en ", "en": " and "}


def spelled(number: float, lang: Language) -> str:
    """A number below a hundred in words, down to the half: never more than was said.

    >>> spelled(21, "nl"), spelled(2.7, "nl"), spelled(45, "en")
    ('eenentwintig', 'twee en een half', 'forty-five')
    """
    halves = int(number * 2)
    whole, half = divmod(halves, 2)
    if not 0 <= whole < 100:
        return f"{number:g}"
    if whole == 0 and half:
        return HALF[lang]
    return f"{_whole(whole, lang)}{AND[lang]}{HALF[lang]}" if half else _whole(whole, lang)


def _whole(number: int, lang: Language) -> str:
    if number < 20:
        return ONES[lang][number]
    tens, ones = TENS[lang][number // 10 - 2], number % 10
    if not ones:
        return tens
    if lang == "en":
        return f"{tens}-{ONES[lang][ones]}"
    return f"{ONES[lang][ones]}{'ën' if ones in (2, 3) else 'en'}{tens}"
