"""Changed files through every importer: each is read, or refused with a sentence; nothing else ever comes out.

`make campaign-fuzz` does the same with 100,000 of them, and measures time and memory.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fuzz import Escaped, check_recording, check_sentence, outcome, small_files
from fuzz_mutants import Mutant, mutant, unchanged
from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Beats, Entry, Phrase, Recording, Samples
from uitknop.core.errors import Malformed, SourceError

MUTANTS = int(os.environ.get("UITKNOP_MUTANTS", "1000"))
PARTS = 10
GOOD = Recording(
    "rr_text",
    "rr.txt",
    "UTC",
    Beats.from_rr_ms([800.0] * 20),
    (Samples("heart_rate", np.array([1000]), np.array([60.0])),),
    (Entry(1000, "UTC", "tag", "tea"),),
)


def tried(one: Mutant) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return outcome(one, Path(folder))


def test_every_source_reads_a_file_that_mutants_are_made_of() -> None:
    read = {one.source for one in unchanged(small_files()) if tried(one)}
    assert read == set(small_files())


@pytest.mark.parametrize("part", range(PARTS))
def test_a_changed_file_is_read_or_refused(part: int) -> None:
    files = small_files()
    found = [tried(mutant(files, number)) for number in range(part, MUTANTS, PARTS)]
    assert {True, False} == set(found)


CHANGE = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12))


@given(st.data(), st.lists(CHANGE, min_size=1, max_size=4), st.floats(0, 1))
def test_a_file_with_bytes_replaced_is_read_or_refused(
    data: st.DataObject, changes: list[tuple[float, int, bytes]], until: float
) -> None:
    one = data.draw(st.sampled_from([each for each in unchanged(small_files()) if each.source != "edf"]))
    name = one.given or "IBI.csv"
    content = one.files[name]
    for where, n_bytes, put in changes:
        at = int(where * len(content))
        content = content[:at] + put + content[at + n_bytes :]
    if until < 0.3:
        content = content[: int(until / 0.3 * len(content))]
    tried(replace(one, files={**one.files, name: content}))


@given(
    st.sampled_from(sorted({name for one in unchanged(small_files()) for name in one.files})), st.binary(max_size=400)
)
def test_any_bytes_under_a_known_name_are_read_or_refused(name: str, content: bytes) -> None:
    tried(Mutant("any", 0, {name: content}, name))


def test_a_mutant_is_told_by_its_number() -> None:
    files = small_files()
    assert all(mutant(files, number) == mutant(files, number) for number in range(60))
    assert mutant(files, 0).files != mutant(files, len(files)).files


@pytest.mark.parametrize(
    "broken",
    [
        replace(GOOD, name=""),
        replace(GOOD, name="folder/rr.txt"),
        replace(GOOD, beats=Beats.from_rr_ms([800.0, 5000.0])),
        replace(GOOD, beats=Beats.from_rr_ms([800.0], tick_ms=-1.0)),
        replace(GOOD, samples=(Samples("steps", np.array([1000]), np.array([np.nan])),)),
        replace(GOOD, samples=(Samples("steps", np.array([10**15]), np.array([1.0])),)),
        replace(GOOD, samples=(Samples("steps", np.array([1000]), np.array([1.0]), "x" * 600),)),
        replace(GOOD, entries=(Entry(1000, "UTC", "tag", "tea", 999),)),
        replace(GOOD, entries=(Entry(1000, "UTC", "tag", "t" * 600),)),
    ],
    ids=range(9),
)
def test_a_recording_that_breaks_a_rule_is_noticed(broken: Recording) -> None:
    check_recording(GOOD, own=False)
    with pytest.raises(Escaped):
        check_recording(broken, own=False)


def test_an_own_export_may_say_that_a_value_is_missing_and_a_long_word_whole() -> None:
    missing = Samples("steps", np.array([1000]), np.array([np.nan]))
    check_recording(replace(GOOD, samples=(missing,), entries=(Entry(1000, "UTC", "tag", "t" * 600),)), own=True)
    with pytest.raises(Escaped):
        check_recording(replace(GOOD, samples=(replace(missing, value=np.array([np.inf])),)), own=True)


def test_a_zone_that_does_not_exist_is_noticed() -> None:
    with pytest.raises(Malformed):
        check_recording(replace(GOOD, clock="Nowhere/Land"), own=False)


def test_an_error_that_names_a_folder_is_noticed(tmp_path: Path) -> None:
    check_sentence(SourceError(Phrase("{name} is empty.", {"name": "rr.txt"})), tmp_path)
    with pytest.raises(Escaped):
        check_sentence(SourceError(Phrase("{name} is empty.", {"name": str(tmp_path / "rr.txt")})), tmp_path)
