"""The recovery key on paper."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core.errors import WrongKey
from uitknop.store.recovery_key import ALPHABET, BITS, GROUP, GROUPS, new_recovery_secret, printed, typed

secrets = st.integers(0, 2**BITS - 1).map(lambda number: number.to_bytes((BITS + 7) // 8))


@given(secrets)
def test_what_is_printed_is_read_back(secret: bytes) -> None:
    assert typed(printed(secret)) == secret


@given(secrets, st.sampled_from(["", "-", " ", " - ", "\u2011"]))
def test_dashes_case_and_letters_that_look_like_digits_are_forgiven(secret: bytes, between: str) -> None:
    groups = printed(secret).split("-")
    sloppy = between.join(groups).lower().replace("0", "o").replace("1", "l")
    assert typed(f"  {sloppy}\n") == secret


@given(secrets, st.integers(0, GROUPS * GROUP - 1), st.sampled_from(ALPHABET))
def test_every_single_slip_is_found_in_its_group(secret: bytes, place: int, wrong: str) -> None:
    characters = list(printed(secret).replace("-", ""))
    if characters[place] == wrong:
        return
    characters[place] = wrong
    with pytest.raises(WrongKey, match=f"Group {place // GROUP + 1} "):
        typed("".join(characters))


@given(secrets, st.integers(0, GROUPS - 1), st.permutations(range(GROUP)))
def test_two_characters_that_changed_places_are_found(secret: bytes, group: int, order: list[int]) -> None:
    characters = list(printed(secret).replace("-", ""))
    first, second = group * GROUP + order[0], group * GROUP + order[1]
    if characters[first] == characters[second]:
        return
    characters[first], characters[second] = characters[second], characters[first]
    with pytest.raises(WrongKey, match=f"Group {group + 1} "):
        typed("".join(characters))


@given(secrets, st.permutations(range(GROUPS)))
def test_groups_in_another_order_are_found(secret: bytes, order: list[int]) -> None:
    groups = printed(secret).split("-")
    groups[order[0]], groups[order[1]] = groups[order[1]], groups[order[0]]
    with pytest.raises(WrongKey, match="typing error"):
        typed("-".join(groups))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    with suppress(WrongKey):
        assert len(typed(text)) == (BITS + 7) // 8


def test_a_key_that_is_too_short_says_how_long_it_should_be() -> None:
    with pytest.raises(WrongKey, match="35 characters in 7 groups, and this has 5"):
        typed("ABCDE")


def test_a_letter_outside_the_alphabet_is_a_slip() -> None:
    with pytest.raises(WrongKey, match="Group 1 "):
        typed("U" * GROUP * GROUPS)


def test_new_secrets_differ_and_use_all_their_bits() -> None:
    drawn = [int.from_bytes(new_recovery_secret()) for _ in range(64)]
    assert len(set(drawn)) == 64
    assert max(drawn) < 2**BITS
    assert max(drawn).bit_length() > BITS - 8  # missed by chance once in 2^512
