"""Every sentence exists in both languages, says the same in both, and none judges, alarms, promises or diagnoses."""

from __future__ import annotations

import ast
import gettext
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from never_said import not_to_be_said

import words
from words import LANGUAGES, PACKAGE, ROOT


@cache
def sentences() -> dict[tuple[str, str | None], words.Sentence]:
    """Every sentence of the code, by its first form and its context."""
    return {
        (sentence if isinstance(sentence, str) else sentence[0], context): sentence
        for _, sentence, context in words.extracted()
    }


def forms(sentence: object) -> tuple[str, ...]:
    """A sentence as its forms for one and for more."""
    return tuple(sentence) if isinstance(sentence, (list, tuple)) else (str(sentence),)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def messages(language: str) -> list[Message]:
    """The sentences of a catalogue, without its head and without what the code no longer says."""
    return [message for message in words.read(language) if message.id]


# --- Complete ------------------------------------------------------------------------------------------------------


def test_sentences_are_found_in_every_place_where_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "room.py").write_text(
        'Phrase("one {n}", {})\nMalformed("two")\ncatalogue.say("three")\n_("four" " five")\n'
        'catalogue.count("{n} beat", "{n} beats", n)\nN_("six")\n"abc".count("b")\n'
        'say(row["no sentence"])\nsay("nine" if n else "ten")\npgettext("where", "eleven")\nremark(words, "twelve")\n',
        encoding="utf-8",
    )
    (tmp_path / "templates/page.html").write_text('<p>{{ say("seven", at=n) }}{{ _("eight") }}</p>', encoding="utf-8")
    found = {sentence for _, sentence, _ in words.extracted(tmp_path)}
    expected = {"one {n}", "two", "three", "four five", ("{n} beat", "{n} beats"), "six", "seven", "eight"}
    expected |= {"nine", "ten", "eleven", "twelve"}
    assert found == expected


def test_the_code_says_something() -> None:
    assert len(sentences()) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_words(language: str) -> None:
    catalogue = words.read(language)
    missing = []
    for first, context in sentences():
        message = catalogue.get(first, context)
        if message is None or message.fuzzy or not words.translated(message):
            missing.append(first)
    assert missing == [], f"{len(missing)} sentences have no {language} words: run `make words` and fill them in"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_fields_of_its_sentence(language: str) -> None:
    wrong = []
    for message in messages(language):
        wanted = set().union(*(fields(form) for form in forms(message.id)))
        for said in forms(message.string):
            # "one beat" may leave its number out; nothing may name a field that is not filled in.
            plural = isinstance(message.id, (list, tuple))
            if said and not (fields(said) == wanted or (plural and fields(said) <= wanted)):
                wrong.append((message.id, said))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_nothing_that_is_no_longer_said(language: str) -> None:
    held = {(forms(message.id)[0], message.context) for message in messages(language)}
    assert held - set(sentences()) == set(), "run `make words`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_words_are_those_of_the_catalogue(language: str) -> None:
    path = words.path_of(language).with_suffix(".mo")
    with path.open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)
    checked = [
        spoken.gettext(message.id) == message.string
        for message in messages(language)
        if isinstance(message.id, str) and message.context is None and message.string
    ]
    assert len(checked) > 20
    assert all(checked)


def dutch_left_in_english() -> list[str]:
    """English words that are really Dutch."""
    dutch = re.compile(r"\b(het|een|niet|geen|wordt|rust|hartslag|deze|zijn)\b", re.IGNORECASE)
    return [form for message in messages("en") for form in forms(message.string) if dutch.search(form)]


def test_the_english_words_are_english() -> None:
    assert dutch_left_in_english() == []


# --- In one place --------------------------------------------------------------------------------------------------


REBUILT = {
    "guidance/steps.py": "the words of a step stand in both languages in its data file, and are looked up there",
    "report/": "looks up templates it was given, in `Catalogue.say` and in the words of reasons",
    "store/notes.py": "a note comes back from the file as the phrase that was written to it",
    "sources/apple_wire.py": "a fault of the process that reads a part comes back as it was raised there",
}
"""Where a phrase is made from a template that was written out elsewhere, and why."""


def test_every_phrase_is_written_out_where_it_is_made() -> None:
    # Only a literal can be found by the extraction, and only a template can be translated.
    spoken = {"Phrase", *words.ERRORS_FOR_PEOPLE}
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name == "core" and path.stem in {"phrase", "errors", "table"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in spoken and node.args:
                first = node.args[0]
                literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
                if isinstance(first, ast.JoinedStr) or (ast.unparse(node.func) == "Phrase" and not literal):
                    wrong.append(f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}: {ast.unparse(first)[:60]}")
    assert [line for line in wrong if not line.startswith(tuple(REBUILT))] == []
    assert [place for place in REBUILT if not any(line.startswith(place) for line in wrong)] == []


# --- What is not said ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Uw zenuwstelsel is hersteld"),
        ("nl", "U heeft burn-out"),
        ("nl", "Je hebt PEM"),
        ("nl", "Risico op crash 82%"),
        ("nl", "Dit is uw behandelplan"),
        ("nl", "Bewezen effectief"),
        ("nl", "Het is veilig om te sporten"),
        ("nl", "Definitief van uw burn-out af"),
        ("nl", "Dit gaat niet over"),
        ("nl", "Het zit tussen de oren"),
        ("nl", "Uw bijnieren zijn uitgeput"),
        ("nl", "De rust is mislukt"),
        ("nl", "Een slechte nacht"),
        ("nl", "Niet genoeg rust"),
        ("nl", "Zeven dagen op rij!"),
        ("nl", "De diagnose: stress"),
        ("nl", "Je bent veilig"),
        ("en", "Your nervous system is recovered"),
        ("en", "You have ME/CFS"),
        ("en", "It is safe to exercise"),
        ("en", "You are safe"),
        ("en", "There is no risk"),
        ("en", "A bad rest"),
        ("en", "Poor recovery"),
        ("en", "A good night"),
        ("en", "A 7-day streak"),
        ("en", "This cures burn-out"),
        ("en", "You must rest"),
        ("en", "Better than other people"),
    ],
)
def test_the_lists_catch_what_must_not_be_said(language: str, sentence: str) -> None:
    assert not_to_be_said(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Uw rustmoment gaf een verschuiving ten opzichte van uw eigen gemiddelde"),
        ("nl", "Een meting, geen diagnose"),
        ("nl", "Veiligheidssignaal: een warme deken"),
        ("nl", "Stop als het slechter gaat"),
        ("nl", "Er zijn nog niet genoeg hartslagen om iets te zeggen"),
        ("en", "A measurement, no diagnosis"),
        ("en", "Heart rate stayed 6 bpm above your lying reference"),
        ("en", "There were too few beats to tell"),
    ],
)
def test_the_lists_let_facts_through(language: str, sentence: str) -> None:
    assert not_to_be_said(sentence, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_judges_alarms_promises_or_diagnoses(language: str) -> None:
    found = {
        form: kinds
        for message in messages(language)
        for form in forms(message.string)
        if form and (kinds := not_to_be_said(form, language))
    }
    assert found == {}


def test_no_english_sentence_in_the_code_does_either() -> None:
    found = {
        form: kinds
        for sentence in sentences().values()
        for form in forms(sentence)
        if (kinds := not_to_be_said(form, "en"))
    }
    assert found == {}


@pytest.mark.parametrize("name", ["README.md", "docs/index.md", "docs/cli.md", "docs/python.md"])
def test_the_documentation_does_not_either(name: str) -> None:
    # Paragraph by paragraph, so that a failure names the place.
    text = (ROOT / name).read_text(encoding="utf-8")
    found = {part[:80]: kinds for part in text.split("\n\n") if (kinds := not_to_be_said(part, "en"))}
    assert found == {}


def test_the_page_templates_hold_no_words_of_their_own() -> None:
    # A word between tags that is not looked up would stay English in a Dutch page.
    not_words = r"(?s)\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<(style|script)\b.*?</\1>|<!--.*?-->"
    loose = []
    templates = sorted(PACKAGE.rglob("templates/*.html*"))
    for path in templates:
        text = re.sub(not_words, "", path.read_text(encoding="utf-8"))
        words_between_tags = re.findall(r">[^<>]*?([^\W\d_]{3,})[^<>]*?<", text)
        loose += [f"{path.name}: {word}" for word in words_between_tags if word != "Uitknop"]
    assert templates
    assert loose == []
