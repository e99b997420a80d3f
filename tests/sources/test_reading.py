"""Bad input: one clear sentence, never another error, and the rest of many goes on."""

from __future__ import annotations

import gzip
import io
import re
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core.errors import Implausible, Malformed, NotRecognised, SourceError, TooLarge
from uitknop.sources import all_sources, read, read_many
from uitknop.synthetic.visible import visible_csv

Floats = npt.NDArray[np.float64]
Write = Callable[[str, str | bytes], Path]
Make = Callable[..., Floats]


def rr_lines(rr_ms: Floats) -> str:
    return "".join(f"{value:.0f}\n" for value in rr_ms)


def refusal(path: Path, **said: Any) -> SourceError:
    """The error of a path that must be refused; its sentence names the file and nothing of where it is."""
    with pytest.raises(SourceError) as caught:
        read(path, **said)
    sentence = str(caught.value)
    assert path.name.removesuffix(".gz") in sentence
    assert str(path.parent) not in sentence
    assert sentence.endswith(".")
    return caught.value


# --- One file ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"\n\n  \n", gzip.compress(b"", mtime=0)], ids=["no bytes", "blank lines", "packed"]
)
def test_an_empty_file_is_refused(write: Write, content: bytes) -> None:
    assert "is empty" in str(refusal(write("rr.txt", content)))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path / "rr.txt"), NotRecognised)


def test_a_binary_file_is_refused_with_what_is_expected(write: Write) -> None:
    content = np.random.default_rng(1).bytes(50_000)
    error = refusal(write("rr.bin", content))
    assert isinstance(error, NotRecognised)
    assert "Expected RR intervals as text or CSV, an Empatica folder or a FIT file" in str(error)


def test_text_that_is_no_recording_is_refused_with_what_to_do(write: Write) -> None:
    error = refusal(write("letter.txt", "Dear reader,\nthis is a letter.\n" * 30))
    assert isinstance(error, NotRecognised)
    assert "Export RR intervals, or say with a mapping which column is what" in str(error)


def test_a_truncated_gzip_file_is_refused(write: Write, rr: Make) -> None:
    packed = gzip.compress(rr_lines(rr(50_000)).encode())
    assert "damaged or cut off" in str(refusal(write("rr.txt.gz", packed[: len(packed) // 2])))


def test_a_truncated_list_gives_the_beats_before_the_cut(write: Write, rr: Make) -> None:
    text = rr_lines(rr())
    recording = read(write("rr.txt", text[:-3]))
    assert recording.beats is not None
    assert len(recording.beats) in {299, 300}


def test_300_beats_a_minute_for_an_hour_is_refused(write: Write) -> None:
    rr_ms = 200 + np.random.default_rng(1).integers(-3, 4, 18_000)
    error = refusal(write("rr.txt", rr_lines(rr_ms.astype(np.float64))))
    assert isinstance(error, Implausible)
    assert "too short, which no heart keeps up" in str(error)


def test_300_beats_a_minute_for_an_hour_within_a_day_is_refused(write: Write, rr: Make) -> None:
    rr_ms = rr(60_000)
    rr_ms[20_000:38_000] = 200 + np.random.default_rng(1).integers(-3, 4, 18_000)
    error = refusal(write("rr.txt", rr_lines(rr_ms)))
    assert isinstance(error, Implausible)
    assert "for 60 minutes the beats come at a rate no heart keeps up" in str(error)


def test_a_heart_rate_of_300_for_an_hour_is_refused(write: Write) -> None:
    error = refusal(write("hr.csv", "time,heart_rate\n" + "".join(f"{i},300\n" for i in range(3600))))
    assert isinstance(error, Implausible)
    assert "100 % of the heart rates lie outside 20 to 250" in str(error)


def test_a_heart_rate_of_nothing_is_refused(write: Write) -> None:
    error = refusal(write("hr.csv", "time,heart_rate\n" + "".join(f"{i},0\n" for i in range(60))))
    assert "holds no beats and no heart rate" in str(error)


def test_a_recording_in_the_future_is_refused_when_the_present_is_known(write: Write, rr: Make) -> None:
    path = write("2031-01-01 08-00-00.txt", rr_lines(rr()))
    now_ms = 1_800_000_000_000
    assert "lies in the future" in str(refusal(path, now_ms=now_ms))
    assert read(path).clock == "UTC"
    assert read(path, now_ms=now_ms + 5 * 365 * 86_400_000).clock == "UTC"


def test_a_recording_that_spans_years_is_refused(write: Write) -> None:
    text = "time,heart_rate\n" + "".join(f"20{i}-01-01T08:00:00Z,70\n" for i in range(10, 26))
    assert isinstance(refusal(write("hr.csv", text)), Implausible)


def test_irregular_intervals_as_in_atrial_fibrillation_are_read(write: Write) -> None:
    # Whether a rhythm can be judged is for the rooms after this one.
    rr_ms = np.rint(np.random.default_rng(2).uniform(450, 1000, 2000))
    recording = read(write("rr.txt", rr_lines(rr_ms)))
    assert recording.beats is not None
    assert len(recording.beats) == 2000


def test_a_text_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "rr.txt"
    with path.open("wb") as stream:
        stream.write(b"812\n" * 20_000)
        stream.truncate(2_000_000_000)  # a hole on disk: it takes no room
    tracemalloc.start()
    error = refusal(path)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(error, TooLarge)
    assert "larger than 64 MB" in str(error)
    assert peak_bytes < 5_000_000


@pytest.mark.parametrize("name", ["rr.txt", "hr.csv"])
def test_more_lines_than_are_read_at_once_are_refused_before_they_are_split(write: Write, name: str) -> None:
    start = b"812\n840\n" * 20 if name == "rr.txt" else b"time,heart_rate\n1,70\n"
    path = write(name, start + b"9\n" * 3_600_100)
    tracemalloc.start()
    error = refusal(path)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(error, TooLarge)
    assert peak_bytes < 60_000_000  # the text itself, twice, and little else


def test_a_gzip_bomb_is_stopped(write: Write) -> None:
    packed = gzip.compress(b"812\n" * 6_000_000)
    error = refusal(write("rr.txt.gz", packed))
    assert isinstance(error, TooLarge)
    assert "unpacks to more than 200 times its size" in str(error)


def test_a_zip_bomb_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("IBI.csv", "w") as stream:
        for _ in range(40):
            stream.write(b"0" * 1_000_000)
    with pytest.raises(TooLarge, match=r"IBI\.csv unpacks to more than 200 times its size"):
        read(path)


def test_a_zip_file_of_very_many_members_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("0.csv", b"")
        archive.filelist *= 60_001  # named so often in the list of contents
    assert isinstance(refusal(path), TooLarge)


def test_a_list_of_contents_beyond_the_limit_is_refused_before_it_is_read(write: Write) -> None:
    end = b"PK\x05\x06" + bytes(6) + (60_000).to_bytes(2, "little") + (900_000_000).to_bytes(4, "little") + bytes(6)
    assert isinstance(refusal(write("many.zip", b"PK\x03\x04" + bytes(100) + end)), TooLarge)


def test_a_damaged_zip_file_is_refused(write: Write) -> None:
    assert "damaged or cut off" in str(refusal(write("e4.zip", b"PK\x03\x04" + bytes(200))))


def test_a_zip_file_without_a_recording_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    assert "Unpack it and give the folder" in str(refusal(path))


def test_an_unknown_zone_is_refused(write: Write, rr: Make) -> None:
    with pytest.raises(Malformed, match="is no time zone"):
        read(write("rr.txt", rr_lines(rr())), zone="Europe/Nowhere")


# --- Many ----------------------------------------------------------------------------------------------------------


def test_a_folder_without_a_recording_is_refused(tmp_path: Path, write: Write) -> None:
    write("notes.txt", "nothing here\n")
    found = read_many(tmp_path)
    assert found.recordings == ()
    assert found.skipped == ("notes.txt",)
    ((name, error),) = found.refused
    assert name == tmp_path.name
    assert "holds no recording" in str(error)
    with pytest.raises(NotRecognised):
        read(tmp_path)


def test_many_files_go_on_past_those_that_are_refused(
    tmp_path: Path, write: Write, rr: Make, e4_files: Callable[..., dict[str, str]]
) -> None:
    write("one/rr.txt", rr_lines(rr()))
    write("one/broken.txt", rr_lines(rr(100, 2)).replace("8", "-8"))
    write("one/README", "about these files\n")
    write("one/spans.csv", "start,end\n0,60\n")
    write(".hidden/rr.txt", rr_lines(rr(200, 3)))
    for name, text in e4_files(rr(300, 4)).items():
        write(f"two/S01/{name}", text)
    progress: list[tuple[int, int]] = []
    found = read_many(tmp_path, on_progress=lambda done, of: progress.append((done, of)))
    assert [recording.name for recording in found.recordings] == ["rr.txt", "S01"]
    assert [name for name, _ in found.refused] == ["broken.txt"]
    assert found.skipped == ("README",)
    assert progress == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_same_recording_given_twice_counts_once(write: Write, rr: Make) -> None:
    first, second = write("a.txt", rr_lines(rr())), write("copy of a.txt", rr_lines(rr()))
    found = read_many([first, second, first])
    assert [recording.name for recording in found.recordings] == ["a.txt"]
    assert [str(error) for _, error in found.refused] == [
        "copy of a.txt is the same recording as a.txt, and was counted once.",
        "a.txt is the same recording as a.txt, and was counted once.",
    ]


def test_a_folder_with_one_recording_can_be_read_as_one(tmp_path: Path, write: Write, rr: Make) -> None:
    write("rr.txt", rr_lines(rr()))
    assert read(tmp_path).name == "rr.txt"


def test_a_start_is_not_used_where_there_is_a_clock(write: Write, rr: Make) -> None:
    path = write("2026-03-01 08-00-00.txt", rr_lines(rr()))
    with_start, without = read(path, start_ms=0), read(path)
    assert with_start.span == without.span
    assert any("clock of its own" in str(note) for note in with_start.notes)


# --- Anything at all -----------------------------------------------------------------------------------------------


def seeds() -> dict[str, bytes]:
    rr_ms = np.rint(850 + 60 * np.sin(np.arange(60) * 1.3))
    times = 1_600_000_000_000 + np.cumsum(rr_ms)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        ticks = np.rint(np.cumsum(rr_ms) / 15.625)
        rows = "".join(f"{t / 64},{d / 64}\n" for t, d in zip(ticks[1:], np.diff(ticks), strict=True))
        archive.writestr("IBI.csv", "1600000000.0, IBI\n" + rows)
        archive.writestr("HR.csv", "1600000000.0\n1.0\n" + "70\n" * 50)
    rows = zip(times, rr_ms, strict=True)
    return {
        "rr.txt": rr_lines(rr_ms).encode(),
        "2026-03-01 08-00-00.txt": rr_lines(rr_ms).encode(),
        "rr.txt.gz": gzip.compress(rr_lines(rr_ms).encode(), mtime=0),
        "log.csv": b"timestamp,rr,since_start\n" + "".join(f"{t:.0f},{v:.0f},0\n" for t, v in rows).encode(),
        "hr.csv": b"time,heart_rate,label\n" + "".join(f"{i},70,a\n" for i in range(60)).encode(),
        "parts.csv": b"Hour,Minute,Second,HeartRate\n" + "".join(f"1,0,{i},70\n" for i in range(60)).encode(),
        "selfloops.csv": b"04 August 2017 12:53:19\nTime (ms),HR (bpm),R-R (ms)\n"
        + "".join(f"{t:.0f},70,{v:.0f}\n" for t, v in zip(np.cumsum(rr_ms), rr_ms, strict=True)).encode(),
        "welltory.csv": b'measurement_datetime,rr_data\n2026-03-01 08:00:00,"' + b"812,840," * 20 + b'812"\n',
        "polar.hrm": b"[Params]\nDate=20260301\nStartTime=8:00:00.0\nInterval=238\n[HRData]\n"
        + rr_lines(rr_ms).encode(),
        "e4.zip": packed.getvalue(),
        "IBI.csv": b"1600000000.0, IBI\n10.0,0.8\n10.8,0.8\n11.6,0.8\n",
    }


SEEDS = seeds()


@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_are_recordings_before_they_are_changed(write: Write, name: str) -> None:
    assert read(write(name, SEEDS[name])).span is not None


@pytest.mark.parametrize("name", SEEDS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_changed_bytes_give_a_recording_or_a_source_error(name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        how = data.draw(st.sampled_from(["change", "cut", "insert", "repeat"]))
        if how == "change":
            content[at] = data.draw(st.integers(0, 255))
        elif how == "insert":
            content[at:at] = data.draw(
                st.sampled_from([b"-", b"nan", b"1e400", b'"', b",", b"\n", b"9" * 30, b"\xff", b"+"])
            )
        elif how == "repeat":
            content[at:at] = content[max(0, at - 50) : at]
        elif at > 10:
            del content[at:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(bytes(content))
        found = read_many(path, zone="Europe/Amsterdam", now_ms=2_000_000_000_000)
    assert found.recordings or found.refused
    for recording in found.recordings:
        assert recording.span is not None
    for _, error in found.refused:
        assert not re.search(re.escape(folder), str(error))


# --- The registry --------------------------------------------------------------------------------------------------


def test_every_source_has_a_name_of_its_own_and_an_honest_grade() -> None:
    assert len({source.name for source in all_sources()}) == len(all_sources())
    for source in all_sources():
        assert str(source.title)
        assert source.quality.grade in {"solid", "fair", "experimental"}
        assert str(source.quality.why)


@pytest.mark.parametrize("name", SEEDS)
def test_one_source_is_surest_of_each_file(write: Write, name: str) -> None:
    from uitknop.sources.probe import look

    sure = sorted((source.sniff(look(write(name, SEEDS[name]))) for source in all_sources()), reverse=True)
    assert sure[0] > sure[1]


def test_what_holds_no_heart_is_read_all_the_same(write: Write) -> None:
    path = write("export.csv", visible_csv(days=20, seed=3))
    recording = read(path, zone="UTC")
    assert recording.span is None
    assert recording.entries
    assert "the future" in str(refusal(path, now_ms=0))


def test_two_diaries_without_heart_are_two_recordings(write: Write) -> None:
    for seed in (1, 2):
        write(f"diaries/{seed}.csv", visible_csv(days=20, seed=seed))
    found = read_many(write("diaries/3.csv", visible_csv(days=20, seed=1)).parent)
    assert len(found.recordings) == 2
    assert [str(error) for _, error in found.refused] == ["3.csv is the same recording as 1.csv, and was counted once."]
