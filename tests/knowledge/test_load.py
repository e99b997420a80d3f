"""A data file that breaks its schema is refused with the file, the id and the field; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from uitknop.core.errors import KnowledgeError
from uitknop.knowledge import library, read_library

SEED = "claims/s0_cell_danger.toml"


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_copy_of_the_files_gives_the_same_library(copy: Path) -> None:
    assert read_library(copy) == library()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (SEED, 'grade = "D"', 'grade = "E"', "s0_cell_danger.toml, C001: the field grade names E"),
        (SEED, 'grade = "D"', "", "C001: the field grade is missing"),
        (SEED, 'grade = "D"', "grade = 4", "C001: the field grade should be a text"),
        (SEED, 'nl = "Werkt', 'nl = ""\nx = "Werkt', "C001: the field nl should be a text"),
        (SEED, 'why_en = "', 'why_fr = "', "C001: the field why_en is missing"),
        (SEED, 'id = "C001"', 'id = "C001"\nyear = 2026', "C001: the field year is not known"),
        (SEED, '"naviaux2019"]', '"naviaux2099"]', "C001: the field sources names naviaux2099"),
        (SEED, '["never_tell_user"]', '["never_tell"]', "C001: the field flags names never_tell, which"),
        (SEED, '["never_tell_user"]', '["safety", "safety"]', "C001: the field flags should be a list without doubles"),
        (SEED, '["never_tell_user"]', '"safety"', "C001: the field flags should be a list"),
        (SEED, '["rest_feel"]', '["rest"]', "C001: the field screens names rest, which"),
        (SEED, 'id = "C002"', 'id = "C001"', "s0_cell_danger.toml: C001 stands in the data twice"),
        (SEED, 'seed = "s0"', 'seed = "s9"', "the field seed names s9"),
        (SEED, "[[claim]]", "[[claim]", "s0_cell_danger.toml is not TOML"),
        ("sources.toml", "verified = true", 'verified = "yes"', "naviaux2014: the field verified should be true"),
        ("sources.toml", "verified = true", "verified = false", "naviaux2014: the field checked should be the part"),
        ("sources.toml", 'checked = "highlights"', 'checked = "none"', "naviaux2014: the field checked should be"),
        ("sources.toml", 'checked = "highlights"', "", "naviaux2014: the field checked should be"),
        ("labels.toml", "[grade.X]", "[grade.Y]", "labels.toml, grade: the field X is missing"),
        ("labels.toml", "[say.claim]", "[told.claim]", "labels.toml, say: the field claim is missing"),
        ("links.toml", "[screen.load]", "[screens.load]", "links.toml, file: the field screens is not known"),
        ("glossary.toml", "meaning_en", "meaning", "adaptogen: the field meaning_en is missing"),
        ("contradictions.toml", '"C165"]', '"C999"]', "K01: the field claims names C999"),
        ("questions.toml", 'leans_on = ["C018", "C019"]', 'leans_on = ["C035"]', "may be said about a user"),
        ("questions.toml", 'leans_on = ["C029", "C030"]', "leans_on = []", "points 1: the field leans_on should be"),
    ],
)
def test_a_fault_is_named_with_its_place(copy: Path, name: str, old: str, new: str, told: str) -> None:
    change(copy, name, old, new)
    with pytest.raises(KnowledgeError) as fault:
        read_library(copy)
    assert told in str(fault.value)


@pytest.mark.parametrize("name", ["labels.toml", "links.toml", "sources.toml", "glossary.toml", SEED])
def test_a_file_that_can_not_be_read_is_refused(copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"\xff\xfe broken")
    with pytest.raises(KnowledgeError, match="can't be read"):
        read_library(copy)


def test_a_list_that_is_something_else_is_refused(copy: Path) -> None:
    (copy / "glossary.toml").write_text("term = 3", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"glossary\.toml, file: the field term should be a list of tables"):
        read_library(copy)
    (copy / "glossary.toml").write_text("term = [3]", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"glossary\.toml, file term 1: .* should be a table"):
        read_library(copy)


def test_a_missing_file_is_refused(copy: Path) -> None:
    (copy / "questions.toml").unlink()
    with pytest.raises(KnowledgeError, match=r"questions\.toml can't be read"):
        read_library(copy)


def test_no_claims_at_all_is_refused(copy: Path) -> None:
    for path in (copy / "claims").glob("*.toml"):
        path.unlink()
    (copy / "contradictions.toml").write_text("contradiction = []", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="holds no claims"):
        read_library(copy)


def test_a_claim_that_is_not_there_is_refused_with_where_they_run() -> None:
    with pytest.raises(KnowledgeError, match=r"no claim C200.*C001 to C183"):
        library().claim("C200")
    assert library().claim(" c007 ").id == "C007"
