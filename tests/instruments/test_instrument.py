"""What an item offers."""

from __future__ import annotations

from uitknop.instruments import instrument
from uitknop.instruments.instrument import Item


def test_a_number_offers_all_between_its_ends_or_only_those_allowed() -> None:
    assert Item("a", 1, "number", 2, 5).numbers == (2, 3, 4, 5)
    assert Item("a", 1, "number", 1, 7, allowed=(1, 4, 7)).numbers == (1, 4, 7)


def test_an_item_with_several_answers_offers_keys_and_no_numbers() -> None:
    signs = instrument("red_flags").items[0]
    assert signs.numbers == ()
    assert signs.keys[-1] == "none"


def test_an_item_with_one_answer_offers_no_keys() -> None:
    often = instrument("pem_screen").items[0]
    assert often.keys == ()
    assert often.numbers == (0, 1, 2, 3, 4)


def test_only_lists_worded_here_carry_the_label() -> None:
    assert instrument("phq9").label is None
    assert instrument("load").label is not None
