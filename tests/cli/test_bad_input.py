"""Bad input: one clear sentence in each language, exit code 2, nothing written, never much memory, never a verdict."""

from __future__ import annotations

import gzip
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uitknop.synthetic import spans_csv

MOST_MB = 400.0
VERDICTS = ("settled", "not_settled", "breathing_only")


def heart(n: int = 3000, middle_ms: float = 850.0, seed: int = 1) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A plausible heart: breathing and noise around a slow wave."""
    at = np.arange(n)
    noise = np.random.default_rng(seed).normal(0, 20, n)
    return np.rint(middle_ms + 40 * np.sin(at * 1.3) + 30 * np.sin(at / 200) + noise)


def lines(values: Any) -> str:
    return "".join(f"{value:g}\n" for value in values)


def table(rr_ms: Any, start_ms: int = 1_772_450_000_000) -> str:
    """As HRV Logger writes it, with the time of each beat."""
    since = np.cumsum(rr_ms)
    rows = (f"{start_ms + t:.0f}, {rr:.0f}, {t:.0f}\n" for rr, t in zip(rr_ms, since, strict=True))
    return "timestamp, rr, since_start\n\n" + "".join(rows)


def rates(bpm: Any) -> str:
    """A table of heart rate, one row a second, from 2 March 2026 10:00."""
    rows = (
        f"2026-03-02T{10 + i // 3600:02d}:{i // 60 % 60:02d}:{i % 60:02d}+01:00,{value}\n"
        for i, value in enumerate(bpm)
    )
    return "time,heart_rate\n" + "".join(rows)


def backwards() -> str:
    head, *rows = table(heart()).splitlines(keepends=True)
    return head + "".join(reversed(rows))


def times_backwards() -> str:
    times = np.cumsum(heart()) / 1000
    return lines(np.concatenate((times, times[::-1])))


def with_words(share: float) -> str:
    values = [f"{value:g}" for value in heart()]
    every = round(1 / share)
    values[::every] = ["NaN"] * len(values[::every])
    return "\n".join(values) + "\n"


def half_a_fit(size: int = 2000) -> bytes:
    head = bytes([14, 0x10]) + (2134).to_bytes(2, "little") + (100_000).to_bytes(4, "little") + b".FIT\0\0"
    return head + bytes(range(256)) * (size // 256)


REFUSED: dict[str, str | bytes] = {
    "empty.txt": "",
    "blank.txt": " \n\n \n",
    "truncated.txt": "812\n80",
    "truncated.csv": "timestamp, rr, since_start\n",
    "truncated.fit": half_a_fit(),
    "binary.txt": bytes(range(256)) * 40,
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "tiny_unit.txt": lines(heart() / 10),
    "rates_not_intervals.txt": lines(60_000 / heart()),
    "micro_unit.txt": lines(heart() * 1000),
    "times_backwards.txt": times_backwards(),
    "ten_times_too_long.txt": lines(heart() * 10),
    "not_numbers.txt": with_words(0.5),
    "negative.txt": lines(-heart()),
    "words.txt": "This is a letter, not a heart.\nIt goes on for a while.\n",
    "a_fast_hour.txt": lines(np.full(18_000, 200.0) + np.arange(18_000) % 7),
    "a_fast_hour.csv": rates([300] * 3600),
    "in_the_future.csv": table(heart(), start_ms=7_000_000_000_000),
    "huge_numbers.txt": lines(heart() * 1e300),
    "a_page.html": "<!doctype html><html><body><p>812</p></body></html>\n" * 20,
    "no_heart.csv": "time,mood\n2026-03-02T10:00:00+01:00,fine\n" * 20,
}


@pytest.fixture(params=REFUSED)
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    content = REFUSED[request.param]
    path = tmp_path / str(request.param)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused_in_both_languages(run: Callable[..., Any], tmp_path: Path, *arguments: object) -> dict[str, str]:
    """Runs `analyse` in each language and looks at all that must hold of a refusal; gives the sentences."""
    said = {}
    before = sorted(tmp_path.rglob("*"))
    for lang in ("nl", "en"):
        told = run("analyse", *arguments, "--lang", lang, "--report", tmp_path / "page.html")
        assert told.code == 2, told
        assert told.out == ""
        assert len(told.remarks) == 1, told.err
        (said[lang],) = told.remarks
        assert 20 < len(said[lang]) < 400
        assert said[lang].endswith(".")
        assert "Traceback" not in told.err
        assert str(tmp_path) not in told.err
    assert said["nl"] != said["en"], "the Dutch sentence is missing from the catalogue"
    assert sorted(tmp_path.rglob("*")) == before
    return said


def test_what_is_no_recording_is_refused_in_one_sentence(bad: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    said = refused_in_both_languages(run, tmp_path, bad)
    assert bad.name in said["nl"]
    assert bad.name in said["en"]


def test_hrv_refuses_it_too(bad: Path, run: Callable[..., Any]) -> None:
    told = run("hrv", bad, "--lang", "en")
    assert (told.code, told.out, len(told.remarks)) == (2, "", 1)


# --- Folders and packed files ----------------------------------------------------------------------------------------


def test_a_folder_without_a_recording_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all, it rained.\n")
    assert "holiday" in refused_in_both_languages(run, tmp_path, folder)["en"]


def test_an_empty_folder_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    refused_in_both_languages(run, tmp_path, tmp_path / "nothing")


def test_a_file_that_is_not_there_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    assert "gone.txt" in refused_in_both_languages(run, tmp_path, tmp_path / "gone.txt")["en"]


def test_a_zip_file_that_breaks_off_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("IBI.csv", "1600000000.0, IBI\n" + "0.8,0.8\n" * 500)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-60])
    refused_in_both_languages(run, tmp_path, cut)


def test_a_packed_file_that_breaks_off_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    cut = tmp_path / "cut.txt.gz"
    cut.write_bytes(gzip.compress(lines(heart()).encode())[:-200])
    refused_in_both_languages(run, tmp_path, cut)


def zip_bomb(path: Path) -> Path:
    """A gigabyte of beats in a megabyte."""
    block = b"812.0,0.812\n" * 80_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("IBI.csv", "w") as member:
        for _ in range(120):
            member.write(block)
    return path


def gzip_bomb(path: Path) -> Path:
    """The same as one packed text."""
    with gzip.open(path, "wb", compresslevel=6) as stream:
        for _ in range(60):
            stream.write(b"812\n" * 250_000)
    return path


def two_gigabytes(path: Path) -> Path:
    """Starts as a text of intervals; holes take no room on the disk."""
    with path.open("wb") as stream:
        stream.write(b"812\n" * 20_000)
        stream.truncate(2_000_000_000)
    return path


def two_empty_gigabytes(path: Path) -> Path:
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)
    return path


def as_much_text_as_is_read(path: Path) -> Path:
    path.write_bytes(b"812\n805\n" * 7_990_000)
    return path


def one_endless_line(path: Path) -> Path:
    path.write_bytes(b"812," * 15_000_000)
    return path


LARGE: dict[str, Callable[[Path], Path]] = {
    "bomb.zip": zip_bomb,
    "bomb.txt.gz": gzip_bomb,
    "two_gigabytes.txt": two_gigabytes,
    "two_empty_gigabytes.txt": two_empty_gigabytes,
    "sixty_megabytes.txt": as_much_text_as_is_read,
    "one_line.txt": one_endless_line,
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_refused_within_bounds_of_memory(
    name: str, process: Callable[..., Any], tmp_path: Path
) -> None:
    path = LARGE[name](tmp_path / name)
    told = process("analyse", path, "--lang", "nl", "--quiet")
    path.unlink()
    assert (told.code, told.out) == (2, "")
    assert len(told.err.splitlines()) == 1
    assert told.most_mb <= MOST_MB


def test_a_size_beyond_the_limit_is_refused_before_anything_is_read(run: Callable[..., Any], tmp_path: Path) -> None:
    path = two_gigabytes(tmp_path / "two_gigabytes.txt")
    assert "64" in refused_in_both_languages(run, tmp_path, path)["en"]


# --- Readable, but no verdict ----------------------------------------------------------------------------------------


def fibrillation(n: int = 4000) -> str:
    """Beats without memory that jump by a fifth, as under atrial fibrillation."""
    return lines(np.rint(np.clip(np.random.default_rng(3).normal(720, 150, n), 330, 1500)))


READABLE: dict[str, Callable[[], str]] = {
    "fibrillation.txt": fibrillation,
    "one_number.txt": lambda: lines(np.full(3000, 850.0)),
    "one_rate.csv": lambda: rates([70] * 2400),
    "two_minutes.txt": lambda: lines(heart(150)),
    "noise.txt": lambda: lines(np.rint(np.random.default_rng(4).uniform(300, 2000, 4000))),
    "every_other_lost.txt": lambda: lines(np.where(np.arange(3000) % 2, 850.0, 1700.0)),
}


@pytest.mark.parametrize("name", READABLE)
def test_never_a_verdict_on_what_is_no_sinus_rhythm(name: str, run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(READABLE[name]())
    told = run("analyse", path, "--json", "--lang", "en")
    if told.code == 2:
        assert (told.out, len(told.remarks)) == ("", 1)
        return
    answers = [bout["answer"] for bout in told.json["bouts"]]
    assert set(answers) <= {"cannot_tell"}
    assert told.code == (0 if answers else 3)


def test_an_irregular_rhythm_says_that_it_is_irregular(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "fibrillation.txt"
    path.write_text(fibrillation())
    told = run("analyse", path, "--json")
    assert told.code == 0
    codes = {reason["code"] for bout in told.json["bouts"] for reason in bout["reasons"]}
    assert "irregular_rhythm" in codes


def test_a_duplicate_is_counted_once_and_remarked(run: Callable[..., Any], tmp_path: Path) -> None:
    for name in ("one_RR.csv", "two_RR.csv"):
        (tmp_path / name).write_text(table(heart()))
    told = run("analyse", tmp_path / "one_RR.csv", tmp_path / "two_RR.csv", "--json", "--lang", "en")
    assert told.json["summary"]["n_recordings"] == 1
    ((refused),) = told.json["summary"]["refused"]
    assert "same recording" in refused["why"]


def test_rows_that_come_twice_do_not_make_more_beats(run: Callable[..., Any], tmp_path: Path) -> None:
    once, twice = tmp_path / "once_RR.csv", tmp_path / "twice_RR.csv"
    once.write_text(table(heart()))
    head, *rows = table(heart()).splitlines(keepends=True)
    twice.write_text(head + "".join(row * 2 for row in rows))
    expected = run("analyse", once, "--json").json["recordings"][0]["n_beats"]
    told = run("analyse", twice, "--json", "--lang", "en")
    assert told.code == 2 or told.json["recordings"][0]["n_beats"] == expected


def test_times_that_fall_are_refused_or_put_right_never_counted_twice(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "backwards_RR.csv"
    path.write_text(backwards())
    told = run("analyse", path, "--json", "--lang", "en")
    assert told.code == 2 or told.json["recordings"][0]["n_beats"] <= 3000


def test_ten_times_a_month_is_refused_within_bounds_of_memory(process: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "a_year.txt"
    path.write_bytes(lines(heart(10_000)).encode() * 1500)
    told = process("analyse", path, "--lang", "en", "--quiet")
    path.unlink()
    assert told.code == 2
    assert told.most_mb <= MOST_MB


# --- What is typed ---------------------------------------------------------------------------------------------------

TYPED: dict[str, list[object]] = {
    "zone": ["--zone", "Mars/Base"],
    "start": ["--start", "yesterday"],
    "start without an offset": ["--start", "2026-03-02T10:00:00"],
    "start in the future": ["--start", "2999-03-02T10:00:00+01:00"],
    "start before anything": ["--start", "0001-01-01T00:00:00+14:00"],
    "start after everything": ["--start", "9999-12-31T23:59:59-14:00"],
    "map": ["--map", "nowhere.toml"],
    "a folder as map": ["--map", "/"],
    "map of nothing": ["--map", "soup=nuts"],
    "map of a column that is not there": ["--map", "heart_rate=HR,time=Time"],
}


@pytest.mark.parametrize("what", TYPED)
def test_what_is_typed_wrongly_is_refused(what: str, run: Callable[..., Any], made: Any, tmp_path: Path) -> None:
    refused_in_both_languages(run, tmp_path, made.clockless, *TYPED[what])


SPANS = {
    "no_header.csv": "2026-03-02T13:10:00+01:00,2026-03-02T13:30:00+01:00,passive,\n",
    "no_end.csv": "start,kind\n2026-03-02T13:10:00+01:00,passive\n",
    "turned_round.csv": "start,end\n2026-03-02T13:30:00+01:00,2026-03-02T13:10:00+01:00\n",
    "no_offset.csv": "start,end\n2026-03-02T13:10:00,2026-03-02T13:30:00\n",
    "words.csv": "start,end\nafter lunch,before dinner\n",
    "empty.csv": "",
    "binary.csv": "\0\0\0\0",
}


@pytest.mark.parametrize("name", SPANS)
def test_spans_that_can_not_be_read_are_refused(name: str, run: Callable[..., Any], made: Any, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(SPANS[name])
    assert name in refused_in_both_languages(run, tmp_path, made.clocked, "--spans", path)["nl"]


def test_a_folder_or_nothing_as_spans_is_refused(run: Callable[..., Any], made: Any, tmp_path: Path) -> None:
    refused_in_both_languages(run, tmp_path, made.clocked, "--spans", tmp_path)
    refused_in_both_languages(run, tmp_path, made.clocked, "--spans", tmp_path / "gone.csv")


def test_times_of_day_for_a_recording_without_a_clock_are_refused(
    run: Callable[..., Any], made: Any, tmp_path: Path
) -> None:
    refused_in_both_languages(run, tmp_path, made.clockless, "--spans", made.spans)


def test_a_mapping_is_not_kept_when_the_spans_are_refused(run: Callable[..., Any], made: Any, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    pairs = "time=moment,heart_rate=pulse"
    told = run(
        "analyse", made.heart_rate, "--map", pairs, "--save-map", kept, "--spans", tmp_path / "gone.csv", "--lang", "en"
    )
    assert told.code == 2
    assert not kept.exists()


def test_recordings_without_a_clock_are_refused_beside_others(
    run: Callable[..., Any], made: Any, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(lines(heart()))
    refused_in_both_languages(run, tmp_path, made.clockless, other)
    refused_in_both_languages(run, tmp_path, made.clockless, other, "--start", "2026-03-02T10:00:00+01:00")
    told = run("analyse", made.clocked, other, "--json", "--lang", "en")
    assert told.code == 0
    assert [each["name"] for each in told.json["summary"]["refused"]] == ["other.txt"]


def test_a_recording_of_decades_ago_is_left_out_beside_others(
    process: Callable[..., Any], made: Any, tmp_path: Path
) -> None:
    path = tmp_path / "lost_clock_RR.csv"
    path.write_text(table(heart(), start_ms=946_700_000_000))
    told = process("analyse", path, made.clocked, "--json", "--lang", "en")
    assert told.code == 0
    assert [each["name"] for each in told.json["summary"]["refused"]] == [path.name]
    assert told.most_mb <= MOST_MB
    assert process("analyse", path, "--json").code == 0


def test_nothing_given_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    refused_in_both_languages(run, tmp_path)


# --- Where it may not read or write ----------------------------------------------------------------------------------


def test_a_file_that_may_not_be_read_is_refused(process: Callable[..., Any], made: Any, tmp_path: Path) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_bytes(made.clockless.read_bytes())
    closed.chmod(0)
    told = process("analyse", closed, "--lang", "en", "--quiet")
    closed.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "closed.txt can't be opened" in told.err


def test_a_report_where_nothing_may_be_written_is_refused(
    process: Callable[..., Any], made: Any, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    told = process("analyse", made.clockless, "--report", locked / "page.html", "--lang", "en", "--quiet")
    locked.chmod(0o700)
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "page.html" in told.err
    assert list(locked.iterdir()) == []


@pytest.mark.parametrize("option", ["--report", "--save-map"])
@pytest.mark.parametrize("place", ["gone/file", "."], ids=["no such folder", "a folder"])
def test_a_file_that_can_not_be_made_is_refused_before_the_work(
    option: str, place: str, run: Callable[..., Any], made: Any, tmp_path: Path
) -> None:
    told = run(
        "analyse",
        made.heart_rate,
        "--map",
        "time=moment,heart_rate=pulse",
        option,
        tmp_path / place,
        "--lang",
        "en",
    )
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["gone/page.html", "."], ids=["no such folder", "a folder"])
def test_demo_refuses_a_page_that_can_not_be_made_before_the_work(
    place: str, run: Callable[..., Any], tmp_path: Path
) -> None:
    told = run("demo", "--page", tmp_path / place, "--no-browser", "--lang", "nl")
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)


def test_synthesise_writes_into_nothing_that_holds_something(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "dear.txt").write_text("dear")
    told = run("synthesise", tmp_path, "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["dear.txt"]
    told = run("synthesise", tmp_path / "dear.txt" / "inside", "--days", 1, "--lang", "en")
    assert (told.code, len(told.remarks)) == (2, 1)


# --- walk ------------------------------------------------------------------------------------------------------------

NO_REQUEST: dict[str, bytes] = {
    "empty.json": b"",
    "cut.json": b'{"version": 1, "recordings": [',
    "deep.json": b"[" * 100_000,
    "binary.json": bytes(range(256)),
    "list.json": b"[1, 2, 3]",
    "other.json": b'{"version": 1, "recordings": [{"clock": null, "grade": "B", "beats": {"rr_ms": [-5]}}]}',
    "long_number.json": b'{"version": ' + b"1" * 5000 + b"}",
}


@pytest.mark.parametrize("name", NO_REQUEST)
def test_walk_refuses_what_is_no_request(name: str, run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(NO_REQUEST[name])
    said = {lang: run("walk", path, "--lang", lang) for lang in ("nl", "en")}
    for told in said.values():
        assert (told.code, told.out, len(told.remarks)) == (2, "", 1)
        assert "Traceback" not in told.err
    assert said["nl"].err != said["en"].err, "the Dutch sentence is missing from the catalogue"


def test_walk_refuses_a_large_file_a_folder_and_nothing(run: Callable[..., Any], tmp_path: Path) -> None:
    large = two_empty_gigabytes(tmp_path / "large.json")
    for arguments in ([large], [tmp_path], [tmp_path / "gone.json"], []):
        told = run("walk", *arguments, "--lang", "en")
        assert (told.code, told.out, len(told.remarks)) == (2, "", 1)


def test_the_spans_of_another_day_give_can_not_tell(run: Callable[..., Any], made: Any, tmp_path: Path) -> None:
    path = tmp_path / "spans.csv"
    content = spans_csv([made.bout.truth], "Europe/Amsterdam")["spans.csv"]
    path.write_bytes(content.replace(b"2026-03-02", b"2026-03-05"))
    told = run("analyse", made.clocked, "--spans", path, "--json")
    assert [bout["answer"] for bout in told.json["bouts"]] == ["cannot_tell"]
