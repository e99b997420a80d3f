"""A table of inputs: each fault names its line."""

from __future__ import annotations

import pytest

from uitknop.body.schedule import DAY_MIN
from uitknop.body.schedule_table import read_schedule
from uitknop.body.spec import Spec
from uitknop.core.errors import Malformed

GOOD = "from_day,to_day,stress,safety\n0,2,1.2,\n2,2.5,,0.7\n2.5,10,0.1,0.7\n"


def test_a_table_is_read_and_an_empty_cell_is_as_usual(spec: Spec) -> None:
    schedule = read_schedule(spec, "a.csv", GOOD)
    assert list(schedule.lengths_min) == [2 * DAY_MIN, DAY_MIN // 2, 7.5 * DAY_MIN]
    assert schedule.levels[:, :2].tolist() == [[1.2, 0.15], [0.25, 0.7], [0.1, 0.7]]


@pytest.mark.parametrize(
    ("change", "instead", "said"),
    [
        ("2,2.5,", "3,3.5,", r"a\.csv, line 3: from_day should be 2"),
        ("2,2.5,", "1,2.5,", "line 3: from_day should be 2, and to_day later: no gaps, no overlap"),
        ("2,2.5,", "2,1,", "line 3: from_day should be 2"),
        ("0,2,1.2", "-1,2,1.2", "line 2: from_day should be 0"),
        ("0,2,1.2", "0,2,nan", "line 2: stress should be a number"),
        ("0,2,1.2", "0,2,x", "line 2: stress should be a number"),
        ("0,2,1.2", "0,,1.2", "line 2: to_day should be a number"),
        ("0,2,1.2", "0,2,99", "line 2: The input stress is 99"),
        ("stress,", "stres,", r"a\.csv, column: stres does not exist\. Did you mean stress"),
        ("to_day,", "from_day,", "line 1: the header should hold"),
        (GOOD, "from_day,to_day\n", "should hold a header line"),
        (GOOD, "", "should hold a header line"),
    ],
)
def test_a_fault_names_its_line(spec: Spec, change: str, instead: str, said: str) -> None:
    assert change in GOOD
    with pytest.raises(Malformed, match=said):
        read_schedule(spec, "a.csv", GOOD.replace(change, instead, 1))
