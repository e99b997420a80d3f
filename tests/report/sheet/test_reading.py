"""What a person's own sheet says reads as easily as a letter."""

from __future__ import annotations

from collections.abc import Callable

from reading import measures

from uitknop.report.sheet import ConsultSheet


def test_a_sheet_reads_easily(make: Callable[..., ConsultSheet], who: str, lang: str) -> None:
    sheet = make(who, lang)
    lines = [line.text for section in sheet.sections for line in section.lines]
    found = measures((*lines, *sheet.unknown, sheet.help), lang)
    assert found.ease >= 75, found
    assert found.per_sentence <= 10.5
    assert found.long_share <= 0.05
