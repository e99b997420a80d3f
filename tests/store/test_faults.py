"""No fault loses a fact or leaves half a batch; `UITKNOP_FAULTS_SCALE=10` tries ten times as many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCALE = float(os.environ.get("UITKNOP_FAULTS_SCALE", "1"))


def campaign(kind: str) -> dict[str, Any]:
    """Run one kind of fault in a process of its own: it forks, and puts limits on itself."""
    command = [sys.executable, str(Path(__file__).with_name("faults.py")), kind, "--json", "--scale", str(SCALE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    total: dict[str, Any] = json.loads(done.stdout)
    return total


@pytest.mark.parametrize(("kind", "n"), [("kills", 50), ("logs", 200), ("disks", 5), ("errors", 10)])
def test_no_fault_loses_a_fact_or_leaves_half_a_batch(kind: str, n: int) -> None:
    total = campaign(kind)
    print(total)  # noqa: T201 - shown with -s, and when it fails
    assert (total["facts_lost"], total["half_batches"]) == (0, 0)
    assert total["faults"] == max(1, round(n * SCALE))
    assert "ended badly" not in total["said"]
    opened_badly = [text for text in total["said"] if text.startswith("on opening")]
    assert all(text.startswith("on opening or closing: The disk ") for text in opened_badly)
