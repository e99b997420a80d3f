"""The texts of the model's own data: in both languages, and without judgement, alarm or promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources

import pytest
from never_said import not_to_be_said

from uitknop.body import sbml_notes, sbml_scenario
from uitknop.body.landscape_shares import FATES
from uitknop.body.landscape_targets import TARGETS
from uitknop.body.load import body_model, published_model
from uitknop.body.scenario_file import scenarios
from uitknop.body.spec import Spec, Title

LONGEST = 90
OF_THE_MODEL = {"a verdict on the body", "doom"}
"""What an equation is about must be named (the adrenal gland, a danger signal); that a person has it is never said."""


def of_specs() -> Iterator[tuple[str, Title]]:
    specs: list[Spec] = [body_model(), published_model("karin"), published_model("gupta")]
    for spec in specs:
        yield spec.name, spec.title
        for part in (spec.inputs, spec.states, spec.parameters, spec.couplings, spec.readouts, spec.kinds):
            for name, item in part.items():
                yield f"{spec.name} {name}", item.title


def of_scenarios() -> Iterator[tuple[str, Title]]:
    yield from ((name, item.title) for name, item in scenarios().items())
    yield from ((name, phase.title) for name, item in scenarios().items() for phase in item.phases)


def of_landscape() -> Iterator[tuple[str, Title]]:
    yield from ((target.name, target.title) for target in TARGETS)
    yield from FATES.items()


def of_notes() -> Iterator[tuple[str, Title]]:
    for module in (sbml_notes, sbml_scenario):
        for name, item in vars(module).items():
            if isinstance(item, Title):
                yield name, item
    yield from sbml_notes.GRADE.items()


@pytest.mark.parametrize(
    ("titles", "allowed"),
    [(of_specs, OF_THE_MODEL), (of_scenarios, set()), (of_landscape, OF_THE_MODEL), (of_notes, set())],
)
def test_no_title_judges_alarms_promises_or_diagnoses(
    titles: Callable[[], Iterator[tuple[str, Title]]],
    allowed: set[str],
) -> None:
    said = {
        f"{name}, {lang}: {text}": found
        for name, title in titles()
        for lang, text in (("nl", title.nl), ("en", title.en))
        if (found := set(not_to_be_said(text, lang)) - allowed)
    }
    assert said == {}


def test_titles_are_short_and_plain() -> None:
    for name, title in (*of_specs(), *of_scenarios(), *of_landscape()):
        for text in (title.nl, title.en):
            assert len(text) <= LONGEST, name
            assert "—" not in text, name
            assert text == text.strip(), name


def test_no_data_file_speaks_of_a_twin_or_of_exhausted_adrenals() -> None:
    for path in resources.files("uitknop.body").joinpath("data").iterdir():
        text = path.read_text(encoding="utf-8").casefold()
        for words in ("digital twin", "adrenal fatigue", "exhausted", "bijnieruitputting", "uitgeput", "dorsal"):
            assert words not in text, path.name
