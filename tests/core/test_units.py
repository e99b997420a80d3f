"""The unit belongs to the kind."""

from __future__ import annotations

from uitknop.core import SAMPLE_KINDS, UNIT_OF


def test_every_kind_of_sample_has_one_unit() -> None:
    assert set(UNIT_OF) == set(SAMPLE_KINDS)
    assert all(UNIT_OF.values())


def test_what_vendors_compute_is_a_kind_of_its_own() -> None:
    assert {"vendor_rmssd", "vendor_sdnn"} <= set(SAMPLE_KINDS)
    assert not {"rmssd", "sdnn", "ln_rmssd"} & set(SAMPLE_KINDS)
