"""A claim that is never said about a user can't be: not at run time, and not past the type checker."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

import uitknop.knowledge.values as values
from uitknop.core.errors import KnowledgeError
from uitknop.knowledge import Claim, Claimed, Library, TellableClaim, Text, tellable

PLANTED = """
from uitknop.knowledge import Claim, TellableClaim, library, tellable


def sentence(claim: TellableClaim) -> str:
    return claim.words.said("en")


claim: Claim = library().claim("C039")
sentence(claim)
sentence(tellable(claim))
print(claim.words)
if told := tellable(claim):
    sentence(told)
"""


def test_the_type_checker_refuses_a_claim_in_a_sentence_about_a_person(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(PLANTED, encoding="utf-8")
    kept = Path(__file__).parents[2] / ".mypy_cache"  # of `make types`: what is known of numpy need not be found again
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(kept), str(planted)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    lines = [line for line in told.stdout.splitlines() if ": error:" in line]
    assert [line.split(":")[1] for line in lines] == ["10", "11", "12"], told.stdout + told.stderr
    assert 'incompatible type "Claim"; expected "TellableClaim"' in lines[0]
    assert 'incompatible type "TellableClaim | None"' in lines[1]
    assert 'has no attribute "words"' in lines[2]


def test_what_is_never_told_is_not_narrowed(known: Library) -> None:
    never = [claim for claim in known.claims if "never_tell_user" in claim.flags]
    assert len(never) == 26
    assert [tellable(claim) for claim in never] == [None] * 26


def test_every_other_claim_is_narrowed_with_its_grade(known: Library) -> None:
    told = [tellable(claim) for claim in known.claims if "never_tell_user" not in claim.flags]
    assert len(told) == 183 - 26
    grades = {claim.id: claim.grade for claim in known.claims}
    assert all(claim is not None and claim.grade == grades[claim.id] for claim in told)


def test_a_tellable_claim_cannot_be_made_by_hand_of_one_that_is_never_told() -> None:
    with pytest.raises(KnowledgeError, match="C039 is never said about a user"):
        TellableClaim("C039", "X", Text("a", "b"), Text("a", "b"), Text("a", "b"), frozenset({"never_tell_user"}))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_words_of_a_claim_come_with_the_word_claim_and_the_grade(lang: str, known: Library) -> None:
    word = {"nl": "Bewering", "en": "Claim"}[lang]
    for claim in known.claims:
        said = claim.claimed.said(lang)  # type: ignore[arg-type]
        assert said.startswith(word)
        assert f" {claim.grade} (" in said
        assert claim.claimed._words.said(lang) in said  # type: ignore[arg-type]


def test_nothing_public_gives_the_bare_words_of_a_claim(known: Library) -> None:
    # Every public attribute and every way to print a claim; the words may appear only beside the grade.
    for claim in known.claims:
        words = claim.claimed._words
        shown = [str(claim), repr(claim), str(claim.claimed), repr(claim.claimed)]
        shown += [str(getattr(claim, name)) for name in dir(claim) if not name.startswith("_")]
        for text in shown:
            if words.nl in text or words.en in text:
                assert f"grade {claim.grade}" in text or f"graad {claim.grade}" in text


def test_a_claim_has_no_field_that_a_sentence_could_take(known: Library) -> None:
    kinds = {field.name: type(getattr(known.claims[0], field.name)) for field in dataclasses.fields(Claim)}
    assert kinds["claimed"] is Claimed
    assert [name for name, kind in kinds.items() if kind is Text] == ["comment"]
    assert not issubclass(Claim, TellableClaim)
    assert not issubclass(TellableClaim, Claim)


def test_no_other_module_reaches_for_the_bare_words() -> None:
    package = Path(values.__file__).parents[1]
    reaching = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "claimed._words" in path.read_text(encoding="utf-8")
    }
    assert reaching == {"knowledge/values.py"}
