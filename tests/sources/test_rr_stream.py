"""Long lists in pieces: joined, the pieces are what the list is when it is read at once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Beats
from uitknop.core.errors import Malformed, SourceError, TooLarge
from uitknop.sources import limits, rr_stream, rr_text
from uitknop.sources.pieces import pieces
from uitknop.sources.probe import look
from uitknop.sources.rr_stream import list_parts
from uitknop.sources.source import Request

Floats = npt.NDArray[np.float64]
HELD_BACK = 320
"""Intervals that wait for the next piece, because a copied block may begin there."""

Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]

SHAPES: dict[str, Callable[[Floats], list[str]]] = {
    "ms": lambda rr: [f"{value:.0f}" for value in rr],
    "s with decimal comma": lambda rr: [f"{value / 1000:.3f}".replace(".", ",") for value in rr],
    "with a counter": lambda rr: [f"{i}\t{value:.0f}" for i, value in enumerate(rr, 1)],
    "times in s": lambda rr: [f"{t / 1000:.3f}" for t in np.cumsum(rr)],
    "times since 1970 in ms": lambda rr: [f"{1_700_000_000_000 + t:.0f}" for t in np.cumsum(rr)],
    "times and intervals": lambda rr: [f"{t:.0f};{value:.0f}" for t, value in zip(np.cumsum(rr), rr, strict=True)],
    "start and interval": lambda rr: [f"{t:.0f} {value:.0f}" for t, value in zip(np.cumsum(rr) - rr, rr, strict=True)],
}


@st.composite
def lists(draw: st.DrawFn) -> Floats:
    """Intervals with a few gaps, and blocks that stand twice."""
    n = draw(st.integers(300, 900))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rr_ms = np.rint(draw(st.integers(600, 1200)) + 40 * np.sin(np.arange(n) * 1.3) + rng.normal(0, 25, n))
    for at in draw(st.lists(st.integers(0, n - 1), max_size=4)):
        rr_ms[at] = draw(st.integers(3001, 60_000))
    if draw(st.booleans()):
        first, length, at = draw(st.integers(0, n - 1)), draw(st.integers(1, n)), draw(st.integers(0, n))
        rr_ms = np.insert(rr_ms, at, rr_ms[first : first + length])
    return rr_ms


@st.composite
def lines_between(draw: st.DrawFn, lines: list[str]) -> str:
    """Lines of a file, with comments, blank lines and a few words between them."""
    for at in draw(st.lists(st.integers(0, len(lines)), max_size=3)):
        lines.insert(at, draw(st.sampled_from(["", "# a remark", "lost"])))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + draw(st.sampled_from(["", "\n"]))


def join(parts: Sequence[Beats]) -> tuple[Floats, Floats, Floats]:
    """Times, intervals and starts of runs of pieces, as whoever keeps them joins them: a later piece repeats the last
    interval of the one before, and a run starts only where no piece knows that it goes on."""
    t_ms, rr_ms, starts = (np.array(column) for column in (parts[0].t_ms, parts[0].rr_ms, parts[0].starts_run))
    for piece in parts[1:]:
        assert (piece.t_ms[0], piece.rr_ms[0]) == (t_ms[-1], rr_ms[-1])
        t_ms, rr_ms = np.concatenate((t_ms, piece.t_ms[1:])), np.concatenate((rr_ms, piece.rr_ms[1:]))
        starts = np.concatenate((starts, piece.starts_run[1:]))
    return t_ms, rr_ms, starts


@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.data(), rr_ms=lists(), rows=st.integers(1, 700), block_bytes=st.integers(1, 5000))
@settings(max_examples=10, deadline=None)
def test_pieces_joined_are_the_list_read_at_once(
    shape: str, data: st.DataObject, rr_ms: Floats, rows: int, block_bytes: int
) -> None:
    text = data.draw(lines_between(SHAPES[shape](rr_ms)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rr.txt"
        path.write_bytes(text.encode())
        probe = look(path)
        (whole,) = rr_text.read(probe, Request())
        found = list(list_parts(probe, rr_text.NAME, rows=rows, block_bytes=block_bytes))
    assert whole.beats is not None
    t_ms, rr_found, starts = join([part.made.beats for part in found])
    np.testing.assert_array_equal(t_ms, whole.beats.t_ms)
    np.testing.assert_array_equal(rr_found, whole.beats.rr_ms)
    np.testing.assert_array_equal(starts, whole.beats.starts_run)
    assert found[-1].notes == whole.notes
    assert {part.made.beats.tick_ms for part in found} == {whole.beats.tick_ms}
    assert {part.clocked for part in found} == {whole.clock is not None}
    assert all(len(part.made.beats) <= rows + HELD_BACK + 1 for part in found)


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits a short list can reach: 2,000 numbers are long, a piece has 500."""
    monkeypatch.setattr(limits, "BEATS", 2_000)
    monkeypatch.setattr(rr_stream, "ROWS", 500)
    monkeypatch.setattr(rr_stream.list_parts, "__kwdefaults__", {"rows": 500, "block_bytes": 1_000})


def text_of(rr_ms: Floats) -> str:
    return "".join(f"{value:.0f}\n" for value in rr_ms)


def parts_of(path: Path, **said: str | int) -> list[Beats]:
    request = Request(str(said.get("zone", "UTC")), int(said.get("start_ms", 0)))
    found = [piece.recording for piece in pieces(path, request)]
    return [recording.beats for recording in found if recording is not None and recording.beats is not None]


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize("name", ["rr.txt", "2026-03-01 08-15-00.txt"])
def test_only_a_list_that_is_long_comes_in_pieces(write: Write, rr: Make, name: str) -> None:
    assert len(parts_of(write(name, text_of(rr(2_000))))) == 1
    in_pieces = parts_of(write(name, text_of(rr(2_001))))
    assert len(in_pieces) == 5
    t_ms, rr_ms, starts = join(in_pieces)
    assert rr_ms.tolist() == rr(2_001).tolist()
    assert np.diff(t_ms).tolist() == rr_ms[1:].tolist()
    assert np.flatnonzero(starts).tolist() == [0]


@pytest.mark.usefixtures("little")
def test_a_long_list_starts_where_it_is_said_to(write: Write, rr: Make) -> None:
    first, *_ = parts_of(write("rr.txt", text_of(rr(3_000))), start_ms=1_700_000_000_000, zone="Europe/Amsterdam")
    assert int(first.t_ms[0]) == 1_700_000_000_000 + int(rr(1)[0])


@pytest.mark.usefixtures("little")
def test_a_long_list_starts_at_the_time_in_its_name(write: Write, rr: Make) -> None:
    found = [
        piece.recording
        for piece in pieces(write("2026-03-01 08-15-00.txt", text_of(rr(3_000))), Request("Europe/Amsterdam"))
    ]
    assert found[0] is not None
    assert {each.clock for each in found if each is not None} == {"Europe/Amsterdam"}
    assert {each.source for each in found if each is not None} == {"elite_hrv"}
    assert found[0].span is not None
    assert found[0].span.start_ms == 1_772_349_300_000


@pytest.mark.usefixtures("little")
@pytest.mark.parametrize(
    ("line", "said"), [("0", "an RR interval of zero or less"), ("nan", "not a finite number"), ("-850", "or less")]
)
def test_a_fault_far_into_a_long_list_names_its_line(write: Write, rr: Make, line: str, said: str) -> None:
    lines = text_of(rr(5_000)).splitlines()
    lines[4_321] = line
    with pytest.raises(Malformed, match=f"rr.txt line 4322: .*{said}"):
        parts_of(write("rr.txt", "\n".join(lines)))


@pytest.mark.usefixtures("little")
def test_times_that_go_back_far_into_a_long_list_are_refused_with_the_line(write: Write, rr: Make) -> None:
    times = np.cumsum(rr(5_000))
    times[4_321:] -= 5_000
    with pytest.raises(SourceError, match=r"line 4322: the beat times go back"):
        parts_of(write("rr.txt", text_of(times)))


@pytest.mark.usefixtures("little")
def test_many_words_far_into_a_long_list_are_refused_with_the_first_line(write: Write, rr: Make) -> None:
    lines = text_of(rr(5_000)).splitlines()
    lines[4_321:] = ["lost"] * 100
    with pytest.raises(Malformed, match="100 of 4421 lines are no numbers, the first at line 4322"):
        parts_of(write("rr.txt", "\n".join(lines)))


@pytest.mark.usefixtures("little")
def test_a_long_list_has_an_end(write: Write, rr: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIST_ROWS", 4_000)
    with pytest.raises(TooLarge, match="more than 4000 numbers"):
        parts_of(write("rr.txt", text_of(rr(5_000))))


def test_a_list_of_too_many_bytes_is_refused(write: Write, rr: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BEATS", 100)
    monkeypatch.setattr(limits, "LIST_BYTES", 19_000)
    with pytest.raises(TooLarge, match="larger than"):
        parts_of(write("rr.txt", text_of(rr(5_000))))


@pytest.mark.usefixtures("little")
def test_a_line_without_end_is_refused(write: Write, rr: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINE_BYTES", 4_000)
    text = text_of(rr(3_000))
    with pytest.raises(TooLarge, match="line 3001 is longer than any line"):
        parts_of(write("rr.txt", text + text.replace("\n", " ")))


@pytest.mark.usefixtures("little")
def test_bytes_that_are_no_text_are_refused_wherever_they_stand(write: Write, rr: Make) -> None:
    with pytest.raises(SourceError, match=r"rr.txt"):
        list(list_parts(look(write("rr.txt", text_of(rr(30_000)).encode() + b"\0\0")), rr_text.NAME))


@pytest.mark.usefixtures("little")
def test_a_day_that_no_heart_makes_is_refused_and_the_rest_goes_on(write: Write, rr: Make) -> None:
    intervals = np.concatenate([rr(2_000), np.full(1_500, 210.0), rr(2_000, seed=2)])
    found = list(pieces(write("rr.txt", text_of(intervals)), Request()))
    refused = [piece.fault for piece in found if piece.fault is not None]
    assert refused
    assert all("no heart keeps up" in str(fault) for fault in refused)
    assert sum(len(piece.recording.beats) for piece in found if piece.recording and piece.recording.beats) >= 3_000


@pytest.mark.usefixtures("little")
def test_what_was_left_out_is_told_once_for_the_whole_list(write: Write, rr: Make) -> None:
    intervals = rr(5_000)
    intervals[[700, 4_000]] = 9_000
    notes = [
        piece.recording.notes for piece in pieces(write("rr.txt", text_of(intervals)), Request()) if piece.recording
    ]
    assert [str(note) for found in notes for note in found if "Gaps" in str(note)] == [
        "Gaps: 2; nothing is computed across them."
    ]
