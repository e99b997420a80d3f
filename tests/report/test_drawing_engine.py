import sys
import time

import pytest

from uitknop.report import drawing_worker
from uitknop.report.drawing_engine import DrawingEngine

SPEC = (
    '{"data": {"name": "rows"}, "mark": "line", "width": 100, "height": 50, '
    '"encoding": {"x": {"field": "t", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"}}}'
)
ROWS = {"rows": [{"t": 0.0, "v": 0.0}, {"t": 1.0, "v": 0.5}]}
QUICK = """
import os, sys
from uitknop.report import drawing_worker as worker
worker._compiled = str  # The library is not started.
worker.draw = lambda spec, data, mark: f"drawn by {os.getpid()}"
"""
"""A worker that draws nothing, and so is there at once; the rest of it is the real one."""


def quick(more: str = "") -> DrawingEngine:
    return DrawingEngine((sys.executable, "-c", f"{QUICK}\n{more}\nworker.main()"))


@pytest.fixture(scope="module")
def here() -> str:
    return drawing_worker.draw(SPEC, ROWS, ",")


def test_a_process_of_its_own_draws_what_is_drawn_here(here: str) -> None:
    assert "<svg" in here
    assert "0,5" in here
    engine = DrawingEngine()
    assert engine.draw(SPEC, ROWS, ",") == here
    with pytest.raises(ValueError, match="JSON"):
        engine.draw("{nonsense", ROWS, ",")
    assert engine.draw(SPEC, ROWS, ",") == here
    assert "0.5" in engine.draw(SPEC, ROWS, ".")
    assert engine.draw(SPEC, {"rows": ROWS["rows"][:1]}, ",") != here
    engine.end()


def test_one_worker_draws_everything_until_it_ends() -> None:
    engine = quick()
    engine.start()
    first = engine.draw(SPEC, ROWS, ",")
    assert first == engine.draw(SPEC, ROWS, ",")
    engine.end()
    assert engine.draw(SPEC, ROWS, ",") != first
    engine.end()


def test_a_worker_that_was_killed_is_replaced() -> None:
    engine = quick()
    first = engine.draw(SPEC, ROWS, ",")
    assert engine._process is not None
    engine._process.kill()
    second = engine.draw(SPEC, ROWS, ",")
    assert second.startswith("drawn by")
    assert second != first
    engine.end()


def test_a_worker_without_work_ends_and_the_next_drawing_still_comes() -> None:
    engine = quick("worker.IDLE_S = 0.2")
    first = engine.draw(SPEC, ROWS, ",")
    assert engine._process is not None
    assert engine._process.wait(timeout=30) == 0
    second = engine.draw(SPEC, ROWS, ",")
    assert second.startswith("drawn by")
    assert second != first
    engine.end()


def test_a_worker_ends_with_the_process_that_asks() -> None:
    engine = quick()
    engine.draw(SPEC, ROWS, ",")
    assert engine._process is not None
    assert engine._process.stdin is not None
    engine._process.stdin.close()
    assert engine._process.wait(timeout=30) == 0
    engine.end()


def test_a_copy_of_this_process_takes_a_worker_of_its_own() -> None:
    engine = quick()
    first = engine.draw(SPEC, ROWS, ",")
    left = engine._process
    assert left is not None
    engine.forget()
    assert engine.draw(SPEC, ROWS, ",") != first
    assert left.poll() is None
    engine.end()
    left.kill()
    left.communicate()


@pytest.mark.parametrize(
    "command",
    [
        ("/no/such/program",),
        (sys.executable, "-c", "pass"),
        (sys.executable, "-c", "print('no JSON', flush=True); input()"),
        (sys.executable, "-c", "import sys; sys.stdout.write('half a line'); sys.stdout.flush()"),
    ],
    ids=["no process", "ends at once", "says something else", "half an answer"],
)
def test_without_a_worker_it_is_drawn_here(command: tuple[str, ...], here: str) -> None:
    engine = DrawingEngine(command)
    assert engine.draw(SPEC, ROWS, ",") == here
    engine.end()


def test_starting_does_not_wait() -> None:
    engine = quick("import time; time.sleep(60)")
    before = time.monotonic()
    engine.start()
    engine.end()
    assert time.monotonic() - before < 30
