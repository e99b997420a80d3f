"""Faults on purpose: killed processes, torn and garbled logs, full disks, refused writes; what is lost is counted.

    python tests/store/faults.py [--scale 10] [--seed 1] [kills] [logs] [disks] [errors]

Scale 1 is what every test run does: 50 kills, 200 logs, 5 disks, 10 errors; 10 is the campaign. After each fault the
file is opened again and must hold exactly the first so-and-so many batches: a missing fact of a batch whose commit was
reported counts as lost, anything between two batches as half a batch. `kill -9` keeps what the system has cached, so
the torn logs stand in for a power cut. A disk that lies about what it has written is not modelled.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fault_kinds import KINDS, Story, Total


@dataclass(frozen=True)
class Plan:
    """How many faults of each kind at scale 1."""

    kills: int = 50
    logs: int = 200
    disks: int = 5
    errors: int = 10


def run(kind: str, scale: float, seed: int) -> Total:
    """Try one kind of fault as often as planned."""
    n = max(1, round(getattr(Plan(), kind) * scale))
    with tempfile.TemporaryDirectory(prefix="uitknop-faults-") as name:
        folder = Path(name)
        story = Story.told(folder)
        total = Total(kind)
        for number in range(n):
            place = folder / f"{kind}-{number}"
            place.mkdir()
            KINDS[kind](story, place, random.Random(f"{seed} {kind} {number}"), total)
            for path in place.iterdir():
                path.unlink()
            place.rmdir()
        return total


def main() -> int:
    """Run and print; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], help="kinds of fault; all without a name")
    parser.add_argument("--scale", type=float, default=float(os.environ.get("UITKNOP_FAULTS_SCALE", "1")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    totals = []
    for kind in options.kinds or KINDS:
        total = run(kind, options.scale, options.seed)
        totals.append(total)
        sys.stdout.write((json.dumps(asdict(total)) if options.json else total.line()) + "\n")
        sys.stdout.flush()
    lost, half = sum(total.facts_lost for total in totals), sum(total.half_batches for total in totals)
    if not options.json:
        n = sum(total.faults for total in totals)
        sys.stdout.write(f"together: {n} faults, {lost} facts lost, {half} half batches\n")
    return int(bool(lost or half))


if __name__ == "__main__":
    raise SystemExit(main())
