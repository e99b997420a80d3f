"""What is exported reads back as the same facts, and explains itself."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uitknop.core import Beats, Entry, Findings, Recording, Samples
from uitknop.report import findings_to_dict
from uitknop.report.export import Block, plain_export
from uitknop.report.export.block import Ledger
from uitknop.report.export.dictionary import file_kinds, kind_of
from uitknop.report.export.entry_files import EntryFiles
from uitknop.sources import own_export
from uitknop.sources.probe import look
from uitknop.sources.source import Request

Whole = Callable[[Iterable[Block]], dict[str, bytes]]
Written = Callable[[Iterable[Block], Path], list[Path]]
ABOUT: dict[str, Any] = {"made_ms": 1_790_000_000_000, "version": "0.1.0"}
DAY_MS = 86_400_000


def facts(recordings: Iterable[Recording]) -> tuple[dict[object, bool], set[object]]:
    """Each beat with whether it starts a run, and everything else as a set."""
    starts: dict[object, bool] = {}
    others: set[object] = set()
    for one in recordings:
        whose = (one.source, one.person, one.clock, one.grade, "" if one.clock else one.name)
        if one.beats is not None:
            series = (*whose, one.beats.kind, one.beats.device, one.beats.tick_ms)
            rows = zip(one.beats.t_ms, one.beats.rr_ms, one.beats.flag, one.beats.starts_run, strict=True)
            for t_ms, rr_ms, flag, start in rows:
                key = (*series, int(t_ms), float(rr_ms).hex(), int(flag))
                starts[key] = starts.get(key, True) and bool(start)
        for some in one.samples:
            rows_of = zip(some.t_ms.tolist(), some.value.tolist(), strict=True)
            others |= {(*whose, some.kind, some.device, t_ms, value.hex()) for t_ms, value in rows_of}
        others |= {(one.person, "" if one.clock else one.name, line) for line in one.entries}
    return starts, others


def read_back(paths: Iterable[Path], *, whole: bool = True) -> Iterator[Recording]:
    for path in paths:
        probe = look(path)
        if own_export.sniff(probe) and kind_of(path.name) and not path.name.startswith(("entries_001.csv", "verd")):
            yield from own_export.read(probe, Request()) if whole else own_export.parts(probe, Request())


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_what_is_exported_reads_back_as_the_same_facts(
    data: st.DataObject, made: SimpleNamespace, written: Written, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given_ones = data.draw(st.lists(made.recordings(), max_size=4))
    apart = [Recording(*_named(one, f"recording {i}")) for i, one in enumerate(given_ones)]
    paths = written(plain_export(apart, **ABOUT), tmp_path_factory.mktemp("export"))
    assert facts(read_back(paths)) == facts(apart)
    assert facts(read_back(paths, whole=False)) == facts(apart)


def _named(one: Recording, name: str) -> tuple[Any, ...]:
    return one.source, name, one.clock, one.beats, one.samples, one.entries, one.grade, one.notes, one.person


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_pieces_that_share_a_beat_are_one_run_again(
    data: st.DataObject, made: SimpleNamespace, written: Written, tmp_path_factory: pytest.TempPathFactory
) -> None:
    beats = data.draw(made.beats("polar"))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(beats)), max_size=4)) | {len(beats)})
    edges = zip([0, *cuts[:-1]], cuts, strict=True)
    pieces = [
        Recording("polar", "a", "UTC", beats.between(int(beats.t_ms[max(first - 1, 0)]), int(beats.t_ms[last - 1]) + 1))
        for first, last in edges
        if last > first
    ]
    paths = written(plain_export(pieces, **ABOUT), tmp_path_factory.mktemp("export"))
    (again,) = read_back(paths)
    assert again.beats is not None
    assert facts([again]) == facts([Recording("polar", again.name, "UTC", beats)])


def a_year(n_days: int) -> Iterator[Recording]:
    for day in range(n_days):
        yield Recording("polar", "day", "UTC", Beats.from_rr_ms(np.full(1000, 800.0), start_ms=day * DAY_MS))


def test_pieces_are_asked_for_one_at_a_time() -> None:
    asked = 0

    def counted() -> Iterator[Recording]:
        nonlocal asked
        for piece in a_year(5):
            asked += 1
            yield piece

    blocks = plain_export(counted(), **ABOUT)
    next(blocks), next(blocks)
    assert asked == 1


def test_a_piece_from_before_opens_a_further_file(whole: Whole) -> None:
    days = list(a_year(2))
    files = whole(plain_export([days[1], days[0]], **ABOUT))
    assert sorted(name for name in files if name.startswith("beats")) == [
        "beats_001_rr_polar.csv",
        "beats_002_rr_polar.csv",
    ]


def test_series_that_differ_in_anything_do_not_share_a_file(whole: Whole) -> None:
    series = [Samples("heart_rate", np.array([1]), np.array([60.0]), device) for device in ("watch", "ring")]
    one = Recording("apple", "a", "UTC", None, tuple(series))
    other = Recording("apple", "a", "+01:00", None, tuple(series))
    files = whole(plain_export([one, other], **ABOUT))
    assert sum(name.startswith("samples_") for name in files) == 4


def test_an_export_of_nothing_still_explains_itself(whole: Whole) -> None:
    files = whole(plain_export([], **ABOUT))
    assert set(files) == {"README.txt", "datapackage.json"}


def test_the_readme_is_dutch_and_english_and_explains_every_file(whole: Whole, findings: Findings) -> None:
    entry = Entry(0, "UTC", "answer", "calmer", None, "felt")
    files = whole(plain_export(a_year(1), entries=[entry], findings=findings, **ABOUT))
    text = files["README.txt"].decode()
    assert "WAT DIT IS" in text
    assert "WHAT THIS IS" in text
    for name in set(files) - {"README.txt", "datapackage.json"}:
        kind = kind_of(name)
        assert kind is not None, name
        assert text.count(f"\n{kind.pattern}\n") == 2
        for column in (*kind.fields, *kind.estimates):
            assert f"    {column.name}" in text


def test_the_data_dictionary_tells_the_columns_and_digest_of_each_file(whole: Whole, findings: Findings) -> None:
    entry = Entry(0, "UTC", "answer", "calmer", None, "felt")
    files = whole(plain_export(a_year(2), entries=[entry] * 3, findings=findings, **ABOUT))
    package = json.loads(files["datapackage.json"])
    assert {one["path"] for one in package["resources"]} == set(files) - {"datapackage.json"}
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    for one in package["resources"]:
        content = files[one["path"]]
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if one["format"] != "csv":
            continue
        lines = [line for line in content.decode().splitlines(keepends=True) if not line.startswith("# ")]
        header, *rows = csv.reader(io.StringIO("".join(lines)))
        assert header == [field["name"] for field in one["schema"]["fields"]]
        assert len(rows) == one.get("rows", 0)
        for row in rows:
            for field, cell in zip(one["schema"]["fields"], row, strict=True):
                if field["type"] == "integer":
                    assert not cell or int(cell) is not None
                elif field["type"] == "number":
                    assert not cell or float(cell) is not None


def test_every_column_has_words_in_both_languages() -> None:
    columns = [column for kind in file_kinds() for column in (*kind.fields, *kind.estimates)]
    assert len(columns) > 40
    assert all(column.about["nl"] and column.about["en"] for column in columns)
    assert all(column.about["nl"] != column.about["en"] for column in columns)


@cache
def schema_of_analyse() -> jsonschema.Draft202012Validator:
    schema = json.loads((Path(own_export.__file__).parents[1] / "walk/output.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_findings_are_those_of_analyse(whole: Whole, findings: Findings) -> None:
    files = whole(plain_export([], findings=findings, **ABOUT))
    told = json.loads(files["findings.json"])
    assert told == json.loads(json.dumps(findings_to_dict(findings)))
    schema_of_analyse().validate(told)


def test_the_tables_of_findings_say_what_the_json_says(whole: Whole, findings: Findings) -> None:
    files = whole(plain_export([], findings=findings, **ABOUT))
    told = json.loads(files["findings.json"])
    rows = list(csv.DictReader(io.StringIO(files["verdicts.csv"].decode())))
    assert len(rows) == len(told["bouts"])
    for row, bout in zip(rows, told["bouts"], strict=True):
        assert (row["answer"], row["level_band"]) == (bout["answer"], bout["level"]["band"])
        assert (float(row["probability"]) if row["probability"] else None) == bout["probability"]
        estimate = bout["hr_change_bpm"]
        assert (float(row["hr_change_bpm_low"]) if row["hr_change_bpm_low"] else None) == (estimate and estimate["low"])
        assert row["reasons"].split() == [reason["code"] for reason in bout["reasons"]]


def test_heart_rate_alone_gives_no_rmssd_in_any_table(states: dict[str, Callable[[], Findings]], whole: Whole) -> None:
    files = whole(plain_export([], findings=states["heart_rate_only"](), **ABOUT))
    for name in ("verdicts.csv", "scale.csv"):
        for row in csv.DictReader(io.StringIO(files[name].decode())):
            assert [cell for column, cell in row.items() if "rmssd" in column and cell] == []


def test_a_spreadsheet_runs_no_words_of_the_diary(whole: Whole) -> None:
    lines = [Entry(0, "UTC", "tag", value) for value in ('=HYPERLINK("x")', "+1", "-1", "@a", "\tb", "plain")]
    files = whole(plain_export([], entries=lines, **ABOUT))
    values = [row["value"] for row in csv.DictReader(io.StringIO(files["entries_001.csv"].decode(), newline=""))]
    assert [value[0] for value in values] == ["'", "'", "'", "'", "'", "p"]
    assert [one["value"] for one in json.loads(files["entries_001.json"])["entries"]] == [one.value for one in lines]


def test_half_a_pair_of_a_letter_does_not_stop_the_export(whole: Whole) -> None:
    files = whole(plain_export([], entries=[Entry(0, "UTC", "tag", "a\ud800b")], **ABOUT))
    assert json.loads(files["entries_001.json"])["entries"][0]["value"] == "a\ud800b"


def test_a_long_diary_is_cut_into_files_that_all_read_back(written: Written, tmp_path: Path) -> None:
    lines = [Entry(i, "UTC", "tag", "x") for i in range(13)]
    diary = EntryFiles(Ledger(), block_lines=3, file_blocks=2)
    paths = written([*diary.add(lines[:5]), *diary.add(lines[5:]), *diary.end()], tmp_path)
    back = list(read_back(path for path in paths if path.suffix == ".json"))
    assert len(back) > 2
    assert [line for one in back for line in one.entries] == lines
    assert sum(diary.ledger.rows.values()) == 2 * len(lines)


@pytest.mark.parametrize("name", ["CON", "../../etc/passwd", "a/b\\c", "x" * 300, "é ü", ""])
def test_a_file_name_is_plain_whatever_the_device_is_called(name: str, whole: Whole) -> None:
    beats = Beats.from_rr_ms([800.0], device=name)
    for file in whole(plain_export([Recording(name, name, "UTC", beats, person=name)], **ABOUT)):
        assert set(file.lower()) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-.")
        assert len(file) < 80
        assert file.count(".") == 1
