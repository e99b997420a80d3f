"""Zip files nobody knows as a whole: every member is a file of its own, also in a zip file within."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from uitknop.core.errors import NotRecognised, SourceError
from uitknop.sources import pieces, read_many, request_of

Floats = npt.NDArray[np.float64]
Make = Callable[..., Floats]


def lines(rr_ms: Floats) -> bytes:
    return "".join(f"{value:.0f}\n" for value in rr_ms).encode()


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def test_members_are_read_as_files_of_their_own(tmp_path: Path, rr: Make) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(**{"a__one.txt": lines(rr(300)), "a__b__two.txt": lines(rr(400)), "photo.jpg": bytes(900)}))
    found = read_many(path)
    assert sorted(recording.name for recording in found.recordings) == ["one.txt", "two.txt"]
    assert found.skipped == ("photo.jpg",)
    assert not found.refused


def test_a_zip_file_in_a_zip_file_is_opened(tmp_path: Path, rr: Make) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(**{"part1.zip": zipped(**{"one.txt": lines(rr(300))}), "letter.txt": b"Dear reader,\n"}))
    assert [recording.name for recording in read_many(path).recordings] == ["one.txt"]


def test_zip_files_in_each_other_without_end_are_left(tmp_path: Path, rr: Make) -> None:
    content = zipped(**{"one.txt": lines(rr(300))})
    for _ in range(6):
        content = zipped(**{"inner.zip": content})
    path = tmp_path / "matryoshka.zip"
    path.write_bytes(content)
    with pytest.raises(NotRecognised):
        list(pieces(path, request_of()))


def test_a_broken_member_is_told_and_the_rest_goes_on(tmp_path: Path, rr: Make) -> None:
    broken = bytearray(zipped(**{"bad.txt": lines(rr(2000)), "good.txt": lines(rr(300))}))
    broken[60:400] = bytes(340)
    path = tmp_path / "export.zip"
    path.write_bytes(bytes(broken))
    found = read_many(path)
    assert [recording.name for recording in found.recordings] == ["good.txt"]
    assert [name for name, _ in found.refused] == ["bad.txt"]


def test_a_bomb_in_a_zip_file_in_a_zip_file_is_stopped(tmp_path: Path) -> None:
    bomb = zipped(**{"rr.txt": b"812\n" * 8_000_000})
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(**{"inner.zip": bomb}))
    found = read_many(path)
    assert not found.recordings
    assert "unpacks to more than" in str(found.refused[0][1])


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt"])
def test_a_path_trick_in_a_zip_file_writes_nothing(tmp_path: Path, rr: Make, name: str) -> None:
    path = tmp_path / "inside" / "export.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, lines(rr(300)))
    before = sorted(tmp_path.rglob("*"))
    assert len(read_many(path).recordings) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_the_share_that_was_read_only_grows_and_ends_near_one(tmp_path: Path, rr: Make) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(**{f"{i}.txt": lines(rr(300 + i)) for i in range(20)}))
    shares: list[float] = []
    list(pieces(path, request_of(), on_share=shares.append))
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1.0


def test_truncated_zip_files_are_refused_or_read_but_never_crash(tmp_path: Path, rr: Make) -> None:
    whole = zipped(**{"part1.zip": zipped(**{"one.txt": lines(rr(300))}), "two.txt": lines(rr(300))})
    path = tmp_path / "export.zip"
    outcomes: set[Any] = set()
    for size in range(4, len(whole), 97):
        path.write_bytes(whole[:size])
        try:
            outcomes.add(len(list(pieces(path, request_of()))))
        except SourceError:
            outcomes.add("refused")
    assert outcomes == {"refused"}


def test_a_member_packed_with_lzma_and_broken_is_told(tmp_path: Path, rr: Make) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("bad.txt", lines(rr(3000)))
    broken = bytearray(packed.getvalue())
    broken[60:160] = bytes(100)
    path = tmp_path / "export.zip"
    path.write_bytes(broken)
    found = read_many(path)
    assert [str(fault) for _, fault in found.refused] == ["bad.txt is damaged or cut off. Copy or download it again."]


def test_a_list_of_contents_that_leads_nowhere_is_refused(tmp_path: Path, rr: Make) -> None:
    content = bytearray(zipped(**{"one.txt": lines(rr(300))}))
    at = content.rfind(b"PK\x01\x02") + 42  # where the list of contents says that the member lies
    end = content.rfind(b"PK\x05\x06") + 16  # and where it says that the list itself lies
    content[at : at + 4] = content[end : end + 4] = b"\xff\xff\xff\x7f"
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    found = read_many(path)
    assert not found.recordings
    assert all("damaged or cut off" in str(fault) for _, fault in found.refused)
    assert found.refused
