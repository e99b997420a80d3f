"""The format: what breaks it is told with file and place, and nothing of it is half taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import KnowledgeError
from uitknop.instruments.condition import Picked, Within
from uitknop.instruments.schema import read_instruments

GOOD = """
id = "tea"
version = "1"
wording = "own"
licence = "own"
period_days = 7
burden_taps = 2
title = { nl = "Thee", en = "Tea" }
about = { nl = "Over thee.", en = "About tea." }

[options.how]
0 = { nl = "niet", en = "not" }
1 = { nl = "wel", en = "do" }

[options.kinds]
green = { urgency = "days", nl = "groen", en = "green" }
none = { nl = "geen", en = "none" }

[[item]]
id = "drinks"
options = "how"
nl = "Drink je thee?"
en = "Tea?"

[[item]]
id = "cups"
kind = "number"
low = 0
high = 9
needs = { item = "drinks", is = 1 }
nl = "Hoeveel?"
en = "How many?"

[[item]]
id = "kinds"
kind = "many"
options = "kinds"
from_day = 2
nl = "Welke?"
en = "Which?"

[[scale]]
id = "sum"
nl = "som"
en = "sum"
items = ["drinks", "cups"]
low = 0
high = 10

[[decision]]
id = "much"
source = "us"
verified = false
when = { any = [{ item = "cups", at_least = 5 }, { item = "kinds", picked = "any" }] }

[[flag]]
id = "a_lot"
urgency = "today"
when = { item = "cups", at_least = 9 }

[[contradiction]]
when = { all = [{ item = "drinks", is = 0 }, { not = { item = "kinds", picked = ["none"] } }] }
nl = "Dat kan niet allebei."
en = "Not both."
"""


def test_a_whole_file_becomes_an_instrument() -> None:
    (one,) = read_instruments(GOOD, "tea.toml")
    assert [(item.id, item.kind, item.low, item.high, item.from_day) for item in one.items] == [
        ("drinks", "choice", 0, 1, 1),
        ("cups", "number", 0, 9, 1),
        ("kinds", "many", 0, 1, 2),
    ]
    assert one.items[1].needs == Within("drinks", 1, 1)
    assert [(rule.id, rule.urgency, rule.when) for rule in one.flags] == [
        ("green", "days", Picked("kinds", ("green",), 1, 1)),
        ("a_lot", "today", Within("cups", 9, 9)),
    ]
    assert (one.item("cups"), one.scale("sum"), one.item("x"), one.scale("x")) == (
        one.items[1],
        one.scales[0],
        None,
        None,
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "tea"', "id = 3", "tea.toml, id: expected text, found a whole number"),
        ('version = "1"\n', "", "version: expected text, found nothing"),
        ('version = "1"', 'version = "1"\ncolour = "green"', "colour: expected no such field, found one"),
        ('nl = "Drink je thee?"\n', "", r"item\[1\].nl: expected text, found nothing"),
        ('en = "Tea?"', 'en = " "', r"item\[1\].en: expected text, found nothing"),
        ('id = "cups"', 'id = "drinks"', "a name of its own, found drinks"),
        ('options = "how"', 'options = "other"', "expected how, kinds, found other"),
        ('options = "how"', 'kind = "number"\noptions = "how"', "the options of a number"),
        ('options = "how"', 'options = "kinds"', "the options of a choice"),
        ('kind = "many"\noptions = "kinds"', 'kind = "many"\noptions = "how"', "the options of a many"),
        ('none = { nl = "geen", en = "none" }', "", "none of these as the last"),
        ('urgency = "days"', 'urgency = "soon"', "found soon"),
        (
            'needs = { item = "drinks", is = 1 }',
            'needs = { item = "kinds", is = 1 }',
            "the name of an item, found kinds",
        ),
        ('item = "cups", at_least = 5', 'item = "saucers", at_least = 5', "the name of an item, found saucers"),
        ('item = "cups", at_least = 5', 'item = "cups", at_least = 10', "a part of 0 to 9"),
        ('item = "cups", at_least = 5', 'item = "cups"', "a part of 0 to 9"),
        ('picked = "any"', 'picked = ["black"]', "keys of that item, found black"),
        (
            'any = [{ item = "cups", at_least = 5 }, { item = "kinds", picked = "any" }]',
            "any = []",
            "a list of conditions",
        ),
        ('any = [{ item = "cups"', 'any = [3, { item = "cups"', "a list of tables"),
        ("high = 10", "high = 11", "high: expected 10, found 11"),
        ("low = 0\nhigh = 10", "low = 1\nhigh = 10", "low: expected 0, found 1"),
        ('items = ["drinks", "cups"]', 'items = ["drinks", "kinds"]', "items with a number"),
        ('items = ["drinks", "cups"]', 'items = ["drinks", "pots"]', "names of items, found pots"),
        ('items = ["drinks", "cups"]', 'reversed = ["cups"]\nitems = ["drinks"]', "items of the scale"),
        ('items = ["drinks", "cups"]', 'weights = [1]\nitems = ["drinks", "cups"]', "2 weights, found 1"),
        ('items = ["drinks", "cups"]', 'recode = [0, 1]\nitems = ["drinks", "cups"]', "a number for each answer"),
        ('items = ["drinks", "cups"]', 'may_miss = 1\nitems = ["drinks", "cups"]', "0 unless the scale is a mean"),
        (
            'items = ["drinks", "cups"]',
            'how = "median"\nitems = ["drinks", "cups"]',
            "sum, mean, percent, found median",
        ),
        ("burden_taps = 2", "burden_taps = 3", "burden_taps: expected 2, found 3"),
        ('licence = "own"', 'licence = "free"', "own wording with its label"),
        ('wording = "own"', 'wording = "absent"', "own wording with its label"),
        (
            "low = 0\nhigh = 10",
            'cutoff = [{ value = 5, nl = "a", en = "a", source = "x", verified = true }]\nlow = 0\nhigh = 10',
            "no published limit on own wording",
        ),
        ("[[item]]", "[[item", "is not valid TOML"),
    ],
)
def test_a_broken_file_is_told_with_its_place(old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(KnowledgeError, match=sentence):
        read_instruments(GOOD.replace(old, new, 1), "tea.toml")


def test_two_scales_of_one_name_are_refused() -> None:
    scale = GOOD[GOOD.index("[[scale]]") : GOOD.index("[[decision]]")]
    with pytest.raises(KnowledgeError, match="a name of its own, found sum"):
        read_instruments(GOOD + scale, "tea.toml")


BARE = """
[[instrument]]
id = "shape"
version = "1"
wording = "absent"
licence = "free"
period_days = 0
burden_taps = 3
title = { nl = "Vorm", en = "Shape" }
about = { nl = "Vorm.", en = "Shape." }
items = { count = 3, low = 0, high = 4, step = 2, constructs = ["a", "b", "c"] }

[[instrument.scale]]
each = 3
id = "only_{n}"
nl = "alleen {n}"
en = "only {n}"
items = ["{n}"]
how = "mean"
factor = 2
low = 0
high = 8
"""


def test_a_row_for_each_number_stands_for_that_many() -> None:
    (one,) = read_instruments(BARE, "shape.toml")
    assert [(scale.id, scale.items) for scale in one.scales] == [
        ("only_1", ("1",)),
        ("only_2", ("2",)),
        ("only_3", ("3",)),
    ]
    assert one.items[2].numbers == (0, 2, 4)
    assert one.items[2].construct == "c"


def test_as_many_of_everything_is_asked_of_bare_items() -> None:
    with pytest.raises(KnowledgeError, match="as many of everything"):
        read_instruments(BARE.replace('"a", "b", "c"', '"a", "b"'), "shape.toml")


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(KnowledgeError, match=r"any\.toml"):
        read_instruments(text, "any.toml")


@given(cut=st.integers(0, len(GOOD)))
def test_a_file_that_was_cut_off_never_breaks_the_reader(cut: int) -> None:
    told = "tea.toml"
    try:
        assert [one.id for one in read_instruments(GOOD[:cut], "tea.toml")] == ["tea"]
    except KnowledgeError as fault:
        told = str(fault)
    assert told.startswith("tea.toml")
