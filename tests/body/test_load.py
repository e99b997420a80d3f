"""The specification: complete, sourced, in line with the claims, and strict about faults."""

from __future__ import annotations

from importlib import resources

import pytest
from body_kernel import ROOT, expected

from uitknop.body.load import read_spec
from uitknop.body.play import simulate
from uitknop.body.spec import Spec
from uitknop.core.errors import KnowledgeError
from uitknop.knowledge import library

TEXT = resources.files("uitknop.body").joinpath("data/model.toml").read_text(encoding="utf-8")

SMALL = """
name = "small"
nl = "klein"
en = "small"
[input]
push = { symbol = "u", usual = 1.0, low = 0.0, high = 2.0, nl = "duw", en = "push" }
[state]
place = { symbol = "x", start = 0.0, low = 0.0, high = 9.0, target = "k * u", tau = "tau", nl = "plek", en = "place" }
[parameter]
k = { value = 1.0, unit = "1", low = 0.0, high = 2.0, grade = "H", source = "none", nl = "k", en = "k" }
tau = { value = 1.0, unit = "d", low = 0.5, high = 2.0, grade = "M", source = "none", nl = "tau", en = "tau" }
[coupling]
push_place = { from = "push", to = "place", grade = "H", off = { k = 0 }, claims = ["C001"], nl = "a", en = "b" }
"""


def test_the_model_has_at_most_seventeen_states(spec: Spec) -> None:
    assert len(spec.states) <= 17
    assert next(iter(spec.inputs)) == "stress"  # the kernel puts the noise on the first


def test_the_kernels_and_the_tables_follow_the_specification() -> None:
    for name, text in expected().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, "run scripts/body_kernel.py --write"


def test_every_parameter_is_used_and_has_a_grade_and_a_source(spec: Spec) -> None:
    used: set[str] = set()
    for formula in spec.quantities.values():
        used |= formula.names
    for state in spec.states.values():
        for part in (state.target, state.tau, state.rate):
            used |= part.names if part is not None else set()
    assert set(spec.parameters) - used == set()
    assert {item.symbol for item in spec.inputs.values()} - used == set()
    assert {item.grade for item in spec.parameters.values()} == {"E", "H", "M"}


def test_what_was_not_tuned_names_its_source(spec: Spec) -> None:
    published = [item for item in spec.parameters.values() if "doi:" in item.source]
    assert {"gA", "gF", "gP", "gQ", "KGR"} <= {item.symbol for item in published}


def test_every_coupling_changes_something_when_it_is_off(spec: Spec) -> None:
    for coupling in spec.couplings.values():
        for symbol, value in coupling.off.items():
            other = spec.parameters[value].value if isinstance(value, str) else value
            on = {spec.parameters[symbol].value, *(kind.values.get(symbol, other) for kind in spec.kinds.values())}
            assert on != {other}, coupling.name  # in the model, or in a kind of course of its own


def test_couplings_and_claims_point_at_each_other() -> None:
    spec, known = read_spec("model.toml", TEXT), library()
    for coupling in spec.couplings.values():
        pointing = [claim.id for claim in known.claims if coupling.name in claim.couplings]
        assert list(coupling.claims) == sorted(pointing), coupling.name
    for name, title in known.links.couplings.items():
        assert (spec.couplings[name].title.nl, spec.couplings[name].title.en) == (title.nl, title.en)


@pytest.mark.parametrize(
    ("change", "instead", "said"),
    [
        ('usual = 1.0, low = 0.0, high = 2.0, nl = "duw"', 'usual = 3.0, low = 0.0, high = 2.0, nl = "duw"', "usual"),
        ("value = 1.0, unit", "value = nan, unit", "value should be a number"),
        ("value = 1.0, unit", 'value = "1", unit', "value should be a number"),
        ('unit = "d"', 'unit = "days"', "days does not exist"),
        ('grade = "M"', 'grade = "A"', "A does not exist"),
        ('target = "k * u"', 'target = "kk * u"', "Did you mean k"),
        ('target = "k * u", ', "", "target is missing"),
        ("low = 0.5, high = 2.0", "low = 2.0, high = 0.5", "above low"),
        ('from = "push"', 'from = "pushh"', r"Did you mean push\?"),
        ("off = { k = 0 }", "off = { kk = 0 }", "Did you mean k"),
        ("off = { k = 0 }", "off = { }", "not empty"),
        ('claims = ["C001"]', 'claims = ["C001", "C001"]', "without doubles"),
        ('nl = "klein"\n', "", "nl is missing"),
        ('nl = "klein"\n', 'nl = "klein"\nwhy = "so"\n', "why is not known"),
        ('symbol = "x"', 'symbol = "u"', "stands twice"),
        ("[input]", "[input", "not TOML"),
    ],
)
def test_a_fault_is_named(change: str, instead: str, said: str) -> None:
    assert change in SMALL
    read_spec("small.toml", SMALL)
    with pytest.raises(KnowledgeError, match=said):
        read_spec("small.toml", SMALL.replace(change, instead, 1))


def test_each_coupling_of_the_loop_ends_where_the_next_begins_and_is_needed(spec: Spec) -> None:
    links = [spec.couplings[name] for name in spec.loop]
    assert [link.ends for link in links] == [link.begins for link in (*links[1:], links[0])]
    for name in spec.loop:  # without it the person without spread does not stay ill on rest alone
        assert simulate("passive-rest", n=1, spread=0.0, switch_off=[name]).bands["defence"].high[-1] < 0.1, name


@pytest.mark.parametrize("loop", ['["push_plaice"]', '["push_place"]'])
def test_a_loop_that_is_none_is_refused(loop: str) -> None:
    with pytest.raises(KnowledgeError, match=r"loop"):
        read_spec("small.toml", f"loop = {loop}\n{SMALL}")
