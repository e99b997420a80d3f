"""What every test may use: the catalogues compiled, how many examples a law gets, and where the browser is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent

# The workers share out the processors; threads of linear algebra beside them only wait for each other. This is read
# when numpy is first loaded, by this process and by each that it starts.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)

# No deadlines: how long one example takes is the machine's business, and belongs in benchmarks/.
hypothesis.settings.register_profile("every_change", deadline=None, print_blob=True, derandomize=True, max_examples=50)
hypothesis.settings.register_profile("campaign", deadline=None, print_blob=True, max_examples=3_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "every_change"))


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the catalogues once, before the workers start, so that the tests read the words as they stand now."""
    if not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, ROOT / "hatch_build.py"], check=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that was skipped has shown nothing, so the run has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = (
        [report for outcome in ("skipped", "xfailed") for report in reporter.stats.get(outcome, [])] if reporter else []
    )
    if left_out and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"\nSkipped, and so not shown: {', '.join(report.nodeid for report in left_out)}", red=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that `make test` found; naming it with UITKNOP_CHROMIUM works too."""
    kept = ROOT / ".venv/set-up-chromium"
    path = os.environ.get("UITKNOP_CHROMIUM") or (kept.read_text(encoding="utf-8").strip() if kept.exists() else "")
    assert path, "no browser: run the tests with `make test`, or set UITKNOP_CHROMIUM to the path of Chromium"
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser, started once for all tests of a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield started
        started.close()
