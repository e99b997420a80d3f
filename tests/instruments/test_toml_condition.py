"""Conditions as they stand in data files."""

from __future__ import annotations

from typing import Any

import pytest

from uitknop.core.errors import KnowledgeError
from uitknop.instruments import instrument
from uitknop.instruments.condition import Condition, Count, Not, Picked, Within
from uitknop.instruments.toml_condition import read_condition
from uitknop.instruments.toml_node import Node

ITEMS = {item.id: item for name in ("load", "rest_feel") for item in instrument(name).items}
WORK = {"item": "work", "at_least": 3}


@pytest.mark.parametrize(
    ("table", "condition"),
    [
        (WORK, Within("work", 3, 10)),
        ({"item": "work", "at_most": 4}, Within("work", 0, 4)),
        ({"item": "work", "is": 0}, Within("work", 0, 0)),
        ({"not": WORK}, Not(Within("work", 3, 10))),
        ({"any": [WORK]}, Count((Within("work", 3, 10),), 1)),
        ({"all": [WORK, WORK]}, Count((Within("work", 3, 10),) * 2, 2)),
        ({"count": [WORK, WORK, WORK], "at_least": 2}, Count((Within("work", 3, 10),) * 3, 2)),
        ({"item": "feels", "picked": ["duty"]}, Picked("feels", ("duty",), 1, 1)),
        ({"item": "feels", "picked": ["none"]}, Picked("feels", ("none",), 1, 1)),
    ],
)
def test_a_table_becomes_a_condition(table: dict[str, Any], condition: Condition) -> None:
    assert read_condition(Node(table, "a.toml"), ITEMS) == condition


def test_any_pick_leaves_out_none_of_these() -> None:
    found = read_condition(Node({"item": "feels", "picked": "any", "at_least": 2}, "a.toml"), ITEMS)
    assert isinstance(found, Picked)
    assert found.keys == ITEMS["feels"].keys[:-1]
    assert (found.at_least, found.at_most) == (2, len(found.keys))


@pytest.mark.parametrize(
    "table", [{}, {"item": "feels"}, {"item": "work", "is": 11}, WORK | {"more": 1}, {"any": [{}]}]
)
def test_what_is_no_condition_is_told(table: dict[str, Any]) -> None:
    with pytest.raises(KnowledgeError, match=r"a\.toml"):
        read_condition(Node(table, "a.toml"), ITEMS)
