"""An identifier is a UUID of its fact, as the standard library makes it."""

from __future__ import annotations

import json
import uuid

from hypothesis import given
from hypothesis import strategies as st

from uitknop.report.export.identity import SPACE, identity

part = st.none() | st.integers() | st.text(st.characters()) | st.floats(allow_nan=False)


@given(st.lists(part, max_size=5))
def test_it_is_the_uuid_5_of_the_parts(parts: list[str | float | None]) -> None:
    assert identity(*parts) == str(uuid.uuid5(uuid.UUID(bytes=SPACE), json.dumps(parts)))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_unlike_facts_have_unlike_identifiers(one: list[str], other: list[str]) -> None:
    assert (identity(*one) == identity(*other)) == (one == other)
