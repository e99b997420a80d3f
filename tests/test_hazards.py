"""Every hazard has a test that exists; and the tests of hazards that belong to no single room."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hazards
import pytest
from hazards import Hazard, Outcomes, lines, missing, read_hazards

from uitknop.guidance import practices
from uitknop.state import State
from words import PACKAGE, read

ROOT = Path(__file__).parent.parent
FALSE_SAFETY = {
    "nl": r"\b(je|u) bent veilig|\bbent (je|u) veilig|veilig om te|(geen|zonder) risico|niets aan de hand",
    "en": r"\byou('re| are) safe|safe to\b|(no|without) risk|risk-free|nothing to worry about",
}
A_GAME = {
    "nl": r"streak|dagen op rij|\bscore|punten (verdiend|gehaald)|beloning|medaille|badge|doel (gehaald|bereikt)",
    "en": r"streak|days in a row|\bscores?\b|points (earned|won)|reward|medal|badge|goal (reached|met)",
}
STANDING_TEST = {
    "nl": r"leuntest|sta-?test|schouders tegen de muur|minuten (stil )?staan",
    "en": r"lean test|standing test|stand test|shoulders against the wall|stand (still )?for \w+ minutes",
}
FORETOLD = {
    "nl": r"voorspel(t|d|len)\b(?! niets)|kans op een (crash|terugval)|er komt een crash",
    "en": r"predict(s|ed)?\b(?! nothing)|(chance|risk) of a (crash|relapse)|a crash is coming",
}


def said() -> Iterator[tuple[str, str, str]]:
    """Every text of the data files and of the catalogues: where, language, words. What the seeds claim is not ours."""
    for path in sorted(PACKAGE.rglob("*.toml")):
        if "knowledge" not in path.parts and "doses" not in path.parts:
            yield from in_table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    for language in ("nl", "en"):
        for message in read(language):
            words = message.string if isinstance(message.string, (tuple, list)) else [message.string]
            yield from (("catalogue", language, text) for text in words if message.id and text)


def in_table(value: Any, place: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("nl", "en") and isinstance(inner, (str, list)):
                yield from ((place, key, text) for text in ([inner] if isinstance(inner, str) else inner))
            else:
                yield from in_table(inner, place)
    elif isinstance(value, list):
        for inner in value:
            yield from in_table(inner, place)


SAID = list(said())


def holding(patterns: dict[str, str]) -> list[tuple[str, str]]:
    return [(place, text) for place, lang, text in SAID if re.search(patterns[lang], text, re.IGNORECASE)]


def test_the_texts_of_every_room_are_read() -> None:
    places = {place for place, _, _ in SAID}
    assert {"red_flags.toml", "steps.toml", "sheets.toml", "supplements.toml", "pem_screen.toml", "catalogue"} <= places
    assert len(SAID) > 1_500


@pytest.mark.parametrize("patterns", [FALSE_SAFETY, A_GAME, STANDING_TEST, FORETOLD])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_search_would_find_one(patterns: dict[str, str], lang: str) -> None:
    planted = {
        "nl": "Het is veilig om te lopen: 4 dagen op rij. Doe de leuntest. Dit voorspelt een crash.",
        "en": "It is safe to walk: a 4-day streak. Do the lean test. This predicts a crash.",
    }
    assert re.search(patterns[lang], planted[lang], re.IGNORECASE)


# --- Hazards of no single room -------------------------------------------------------------------------------------


def test_nothing_warns_of_a_crash_beforehand() -> None:
    assert [name for name in State.__slots__ if re.search("warn|predict|forecast|risk", name)] == []
    assert holding(FORETOLD) == []


def test_no_data_file_promises_safety() -> None:
    assert holding(FALSE_SAFETY) == []


def test_no_data_file_makes_a_game_of_rest() -> None:
    assert holding(A_GAME) == []


def test_no_standing_test_is_offered() -> None:
    assert holding(STANDING_TEST) == []
    assert [name for name in practices() if "lean" in name or "stand" in name] == []


def test_every_practice_says_when_to_stop_and_what_to_do_instead() -> None:
    for row in practices().values():
        for lang in ("nl", "en"):
            assert len(row.stop.said(lang).split()) >= 4, row.id
            assert len(row.worse.said(lang).split()) >= 4, row.id
            assert row.stop.said(lang) != row.worse.said(lang)
    for name in ("nsdr", "signals_worksheet", "eye_mask"):
        assert any("trauma" in care.conditions for care in practices()[name].careful)


def test_nothing_said_about_a_person_comes_from_the_model() -> None:
    rooms = ("core", "sources", "signals", "instruments", "knowledge", "rest", "state", "guidance", "person")
    found = [
        f"{path.relative_to(PACKAGE)}: {module}"
        for room in rooms
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for module in imported(node)
        if module.startswith("uitknop.body")
    ]
    assert found == []


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []


# --- The list itself -----------------------------------------------------------------------------------------------


def test_there_are_21_hazards_and_each_has_tests_that_exist() -> None:
    rows = read_hazards()
    assert [row.number for row in rows] == list(range(1, 22))
    assert len({row.name for row in rows}) == 21
    assert missing(rows) == ()


def test_a_hazard_without_a_test_and_a_test_that_is_not_there_are_seen() -> None:
    bare = Hazard(22, "Something else", (), "")
    gone = Hazard(23, "And this", ("tests/test_hazards.py::test_nobody_wrote", "tests/none.py::test_x"), "")
    assert missing([bare, gone]) == ("hazard 22 has no test", *gone.tests)


def test_a_failure_is_told_and_ends_in_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "tests/test_hazards.py::test_no_standing_test_is_offered"
    (tmp_path / "one.toml").write_text(
        f'[[hazard]]\nnumber = 1\nname = "One"\ntests = ["{name}"]\nleft = "a thing"\n', encoding="utf-8"
    )
    rows = read_hazards(tmp_path / "one.toml")
    monkeypatch.setattr(hazards, "read_hazards", lambda: rows)
    for outcome, code in (("passed", 0), ("failed", 1), ("skipped", 1)):
        seen = Outcomes()
        seen.pytest_runtest_logreport(report(f"{name}[a]", outcome))
        monkeypatch.setattr(hazards, "run", lambda _rows, _jobs, seen=seen: seen.seen)
        assert hazards.main([]) == code
    assert "FAILED    1" in capsys.readouterr().out
    assert "left: a thing" in "\n".join(lines(rows[0], {}))
    assert "NOT RUN" in "\n".join(lines(rows[0], {}))


def report(nodeid: str, outcome: str) -> Any:
    place = (nodeid, None, nodeid)
    return pytest.TestReport(nodeid, place, {}, outcome, None, "call")  # type: ignore[arg-type]
