import io

from rich.console import Console

from uitknop.core import Findings
from uitknop.report import print_findings


def printed(findings: Findings, lang: str, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    print_findings(findings, console, lang)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_it_answers_first_and_never_stays_silent(findings: Findings, lang: str) -> None:
    lines = printed(findings, lang).splitlines()
    assert lines[0] == {"nl": "Doet rust iets voor jou?", "en": "Does rest do something for you?"}[lang]
    assert lines[1].strip()
    assert {"nl": "Er hoeft niets.", "en": "Nothing has to be done."}[lang] in lines[-1]


def test_the_answer_stands_above_the_table_and_what_is_missing_below(states) -> None:
    text = printed(states["a_day"](), "en")
    order = ("too early to say", "14:00 to 14:30", "A large part of this stretch")
    assert sorted(order, key=text.index) == list(order)


def test_every_bout_has_its_line(states) -> None:
    findings = states["a_day"]()
    lines = printed(findings, "nl").splitlines()
    assert sum("Dinsdag 3 maart" in line for line in lines) == 1
    assert sum(line.lstrip()[:3] in {"10:", "14:", "16:", "19:"} for line in lines) == len(findings.verdicts)


def test_a_persons_own_words_are_not_read_as_markup(build) -> None:
    verdicts = (build.verdict(840, label="[bold]x[/bold]"),)
    assert "[bold]x[/bold]" in printed(build.findings(verdicts, (build.pooled("passive", verdicts),)), "en", 140)
