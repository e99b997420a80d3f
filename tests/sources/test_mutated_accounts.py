"""Files of accounts with bytes changed, cut and doubled: read, or refused with a SourceError; nothing else."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import SourceError
from uitknop.sources import read_many
from uitknop.synthetic import make_bout_recording
from uitknop.synthetic.fitbit import fitbit_takeout
from uitknop.synthetic.oura import oura_account, oura_trends
from uitknop.synthetic.polar_flow import polar_flow
from uitknop.synthetic.whoop import whoop_export

ZONE = "Europe/Amsterdam"
PERSON = make_bout_recording("shift", seed=8).recording
FEW = replace(PERSON, clock=ZONE, beats=PERSON.beats and PERSON.beats.between(0, int(PERSON.beats.t_ms[200])))
FILES = [
    *fitbit_takeout(days=2, seed=1, zone=ZONE).items(),
    *whoop_export(days=3, seed=1).items(),
    *whoop_export(days=3, seed=1, language="other").items(),
    *polar_flow(FEW).items(),
    ("trends.csv", oura_trends(days=3, seed=1, zone=ZONE)),
    ("account.json", oura_account(days=1, seed=1, zone=ZONE)),
]
WORDS = (
    b"null",
    b"[]",
    b"{}",
    b"1e999",
    b"-1",
    b"9" * 20,
    b'"',
    b"true",
    b"0001-01-01T00:00:00",
    b"9999-12-31T23:59:59",
    b'"\xff"',
    b",",
    b"\n",
    b"NaN",
    b"\x00",
    b"2026-02-30",
    b"+99:99",
    b"[[[[",
    b"1e308",
    b"PT99999999S",
    b"02/30/26",
)
CHANGE = st.tuples(st.floats(0, 0.999), st.integers(0, 60), st.sampled_from(WORDS) | st.binary(max_size=8))


@settings(max_examples=300)
@given(
    st.sampled_from(FILES),
    st.lists(CHANGE, min_size=1, max_size=5),
    st.none() | st.just(ZONE),
    st.none() | st.floats(0, 1),
)
def test_a_changed_file_is_read_or_refused(
    file: tuple[str, bytes], changes: list[tuple[float, int, bytes]], zone: str | None, cut: float | None
) -> None:
    name, content = file
    for where, n_bytes, put in changes:
        at = int(where * len(content))
        content = content[:at] + put + content[at + n_bytes :]
    content = content if cut is None else content[: int(cut * len(content))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        found = read_many(path, zone=zone, now_ms=1_900_000_000_000)
        assert found.recordings or found.refused
        assert all(isinstance(error, SourceError) and folder not in str(error) for _, error in found.refused)
