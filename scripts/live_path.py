"""The long runs of the app: 20,000 beats through a real browser, and over 500 cases against the API."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = (
    (
        "tests/web/test_strap_browser.py::test_every_beat_arrives_once_and_in_order",
        {"UITKNOP_LIVE_BEATS": "20000", "UITKNOP_LIVE_LOSSES": "50"},
    ),
    ("tests/web/test_receiving.py", {"HYPOTHESIS_PROFILE": "campaign"}),
    ("tests/web/api/test_schema.py", {"UITKNOP_API_CASES": "640"}),
)


def main() -> int:
    """Run all of them; 0 when every one holds."""
    worst = 0
    for path, more in RUNS:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=1", path],
            cwd=ROOT,
            env={**os.environ, **more},
            check=False,
        )
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
