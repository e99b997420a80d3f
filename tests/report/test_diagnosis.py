"""A diagnosis can be shown to strangers: no word, value or path of the person gets into it."""

from __future__ import annotations

import errno
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uitknop.core import Phrase
from uitknop.core.errors import Malformed, UitknopError, WrongKey
from uitknop.report.diagnosis import COUNTS, MACHINES, PARTS, SYSTEMS, Circumstances, diagnose

KNOWN = frozenset({"polar", "rr_text"})
ORDINARY = Circumstances(
    {"uitknop": "0.1.0", "python": "3.11.9", "sqlcipher3": "0.6.2rc1"},
    "Linux",
    "x86_64",
    2,
    41_943_040,
    {"files": 12, "beats": 36_000_000},
    {"polar": 11, "rr_text": 1},
    KNOWN,
    (Malformed(Phrase("{name} is empty", {"name": "eva.txt"})), OSError(errno.ENOSPC, "full", "/somewhere/eva/file")),
)


def test_what_helps_is_told() -> None:
    text = diagnose(ORDINARY, "en")
    for line in ("Linux", "x86_64", "uitknop: 0.1.0", "sqlcipher3: 0.6.2rc1", "41943040", "36000000", "Malformed: 1"):
        assert line in text
    assert "Source polar: 11" in text
    assert "Error OSError ENOSPC: 1" in text
    assert "eva" not in text


def test_without_a_file_it_says_so() -> None:
    assert "No file" in diagnose(Circumstances(system="Linux"), "en")


def test_it_speaks_both_languages(lang: str) -> None:
    assert diagnose(ORDINARY, lang).count("\n") > 10


class EvaError(UitknopError):
    """An error that somebody named after a person."""


secret = st.text(min_size=1).map(lambda text: f"zqxj{text}") | st.sampled_from(
    ["zqxj", "/somewhere/zqxj/hart", "D:\\zqxj", "61.5 bpm zqxj", "1.2.3-zqxj", "zqxj\n  beats: 3"]
)
planted_number = st.sampled_from([61.5, 812.25, float("nan"), True, -73, "zqxj", None, [61.5], 10**30])


@given(
    words=st.lists(secret, min_size=9, max_size=9),
    numbers=st.lists(planted_number, min_size=4, max_size=4),
)
def test_planted_words_and_values_never_come_out(words: list[str], numbers: list[Any]) -> None:
    names = {**dict.fromkeys(PARTS, words[0]), words[1]: "1.0"}
    told = Circumstances(
        names,
        words[2],
        words[3],
        numbers[0],
        numbers[1],
        {**dict.fromkeys(COUNTS, numbers[2]), words[4]: 3},
        {words[5]: 1, "polar": numbers[3]},
        KNOWN,
        (
            Malformed(words[6]),
            WrongKey(Phrase(words[7].replace("{", "").replace("}", ""))),
            EvaError(words[8]),
            FileNotFoundError(errno.ENOENT, words[6], words[7]),
            type(words[8].replace("\0", ""), (ValueError,), {})(words[8]),
        ),
    )
    text = diagnose(told, "en")
    for planted in ("zqxj", "Zqxj", "61.5", "812.25", "-73", "nan", "EvaError", "True", "1000000"):
        assert planted not in text
    assert set(text.splitlines()) == set(text.split("\n")) - {""}  # no line of its own was smuggled in


@given(st.text(), st.text(), st.text())
def test_only_words_of_the_lists_come_out(system: str, machine: str, version: str) -> None:
    lines = diagnose(Circumstances({"numpy": version}, system, machine, 1, 1), "en").splitlines()
    values = [line.partition(": ")[2] for line in lines[1:4]]
    assert values[0] in SYSTEMS | {"other"}
    assert values[1] in MACHINES | {"other"}
    assert set(values[2]) <= set("0123456789.abrcpostdev") or values[2] == "other"
