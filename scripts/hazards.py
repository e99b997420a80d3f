"""Prints every hazard of the clinical reference with the tests that stand against it, and runs exactly those tests.

    python scripts/hazards.py            run them and print what came out
    python scripts/hazards.py --jobs 2   on so many processes
    python scripts/hazards.py --list     only print which tests there are

The exit code is 0 only when every hazard has a test that exists and all of them passed.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HAZARDS = ROOT / "tests/hazards.toml"


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard.

    Args:
        number: as in the clinical reference.
        name: in one sentence.
        tests: which stand against it, as file::function.
        left: what no test shows; empty for nothing.
    """

    number: int
    name: str
    tests: tuple[str, ...]
    left: str


class Outcomes:
    """What came out of each test, over all its parameters; pytest tells it while it runs."""

    def __init__(self) -> None:
        self.seen: dict[str, Counter[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Counts a test when it was called, or when it broke before or after that."""
        if report.when == "call" or report.outcome != "passed":
            name = report.nodeid.partition("[")[0]
            self.seen.setdefault(name, Counter())[report.outcome] += 1


def read_hazards(path: Path = HAZARDS) -> tuple[Hazard, ...]:
    """The hazards of the file, in its order."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["hazard"]
    return tuple(Hazard(row["number"], row["name"], tuple(row["tests"]), row["left"]) for row in rows)


def missing(hazards: Iterable[Hazard]) -> tuple[str, ...]:
    """Hazards without a test, and tests that are named but not there."""
    found = [f"hazard {row.number} has no test" for row in hazards if not row.tests]
    return (*found, *(name for row in hazards for name in row.tests if not _exists(name)))


def _exists(name: str) -> bool:
    file, _, function = name.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body)


def run(hazards: Iterable[Hazard], jobs: int = 0) -> Mapping[str, Counter[str]]:
    """Runs every named test once, on so many processes (0: this one); what came out, by test."""
    names = dict.fromkeys(name for row in hazards for name in row.tests)
    outcomes = Outcomes()
    how = ["-q", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-n", str(jobs)]
    pytest.main([*how, "--rootdir", str(ROOT), *(str(ROOT / name) for name in names)], plugins=[outcomes])
    return outcomes.seen


def lines(hazard: Hazard, seen: Mapping[str, Counter[str]] | None) -> list[str]:
    """A hazard in words, with what came out of its tests where they were run."""
    told = [f"{hazard.number:>2}  {hazard.name}"]
    for name in hazard.tests:
        if seen is None:
            told.append(f"        {name}")
        else:
            told.append(f"    {_outcome(seen.get(name, Counter()))}  {name}")
    return [*told, f"        left: {hazard.left}"] if hazard.left else told


def _outcome(counted: Counter[str]) -> str:
    if not counted:
        return "NOT RUN      "
    if set(counted) == {"passed"}:
        return f"passed {counted['passed']:>4}  "
    return f"FAILED {counted.total() - counted['passed']:>4}  "


def main(arguments: list[str] | None = None) -> int:
    """The program."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--list", action="store_true", help="only print which tests there are")
    asked.add_argument("--jobs", type=int, default=0, help="processes to run them on")
    given = asked.parse_args(arguments)
    hazards = read_hazards()
    wrong = missing(hazards)
    seen = None if given.list or wrong else run(hazards, given.jobs)
    print()
    for hazard in hazards:
        print("\n".join(lines(hazard, seen)))
    for line in wrong:
        print(f"missing: {line}")
    names = {name for row in hazards for name in row.tests}
    held = seen is None or all(set(seen.get(name, Counter())) == {"passed"} for name in names)
    if seen is not None:
        passed = sum(counted["passed"] for counted in seen.values())
        print(f"\n{len(hazards)} hazards, {len(names)} tests, {passed} runs passed: {'all held' if held else 'FAILED'}")
    return 0 if held and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
