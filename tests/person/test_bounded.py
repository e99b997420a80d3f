"""A reader that runs away is stopped, and what was set for it is taken back."""

from __future__ import annotations

import resource
import signal
import threading
import time

import numpy as np
import pytest

from uitknop.core.errors import TooLarge
from uitknop.person import bounded as bounded_module
from uitknop.person.bounded import bounded


def limits() -> tuple[object, ...]:
    return (
        signal.getsignal(signal.SIGALRM),
        signal.getitimer(signal.ITIMER_REAL),
        resource.getrlimit(resource.RLIMIT_AS),
    )


def test_what_takes_far_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_module, "START_S", 0.05)
    before = limits()
    with pytest.raises(TooLarge, match=r"endless\.csv takes longer"), bounded("endless.csv", 0):
        time.sleep(30)
    assert limits() == before


def test_what_takes_far_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_module, "MEMORY_BYTES", 200_000_000)
    before = limits()
    with pytest.raises(TooLarge, match="more memory"), bounded("bomb.zip", 0):
        np.ones(100_000_000)
    assert limits() == before
    assert np.ones(1_000_000).size == 1_000_000


def test_what_ends_in_time_passes_and_leaves_nothing_set() -> None:
    before = limits()
    with bounded("small.csv", 100):
        assert limits() != before
    assert limits() == before


def test_an_error_inside_stays_the_error_it_is() -> None:
    before = limits()
    with pytest.raises(KeyboardInterrupt), bounded("small.csv", 100):
        raise KeyboardInterrupt
    assert limits() == before


def test_elsewhere_than_in_the_first_thread_nothing_is_set() -> None:
    seen = []

    def work() -> None:
        with bounded("small.csv", 100):
            seen.append(limits())

    before = limits()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_a_larger_file_gets_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with bounded("year.txt", 100_000_000):
        left_s, _ = signal.getitimer(signal.ITIMER_REAL)
    assert left_s > bounded_module.START_S + 90
