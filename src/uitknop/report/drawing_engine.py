"""Where drawings are made: a process of its own, started beside other work; here, where no process can be started."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, Timer
from typing import Any, cast

from uitknop.report import drawing_worker

COMMAND = (sys.executable, "-P", "-m", "uitknop.report.drawing_worker")
LONGEST_S = 60.0
"""A drawing takes hundredths of a second, a start one; after this something is wrong."""


class DrawingEngine:
    """A worker process that draws, started when it is first needed, and started again where it has ended.

    Args:
        command: how a worker is started.
    """

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker, without waiting for it: it gets ready while something else is done."""
        with self._lock:
            self._running()

    def draw(self, spec: str, data: Mapping[str, Any], mark: str) -> str:
        """The SVG of a specification, as `drawing_worker.draw` makes it.

        Raises:
            ValueError: it is no specification, or not with this data.
        """
        request = json.dumps({"spec": spec, "data": data, "mark": mark}).encode() + b"\n"
        with self._lock:
            # Twice: a worker without work ends by itself, and may do so just now.
            answer = self._answer(request) or self._answer(request)
        if answer is None:
            return drawing_worker.draw(spec, data, mark)
        if "fault" in answer:
            raise ValueError(answer["fault"])
        return answer["svg"]

    def end(self) -> None:
        """End the worker, if there is one."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """In a copy of this process: leave the worker to the process that started it."""
        self._lock, self._process = Lock(), None

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            with suppress(OSError):
                self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=nowhere)
        return self._process

    def _answer(self, request: bytes) -> dict[str, str] | None:
        """What the worker says; None where there is none, or where it has ended."""
        process = self._running()
        if process is None or process.stdin is None or process.stdout is None:
            return None
        watch = Timer(LONGEST_S, process.kill)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            line = process.stdout.readline()
            if line.endswith(b"\n"):
                return cast("dict[str, str]", json.loads(line))
        except (OSError, ValueError):
            pass
        finally:
            watch.cancel()
        self._stop()
        return None

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process = None


ENGINE = DrawingEngine()
"""The worker of this process."""

atexit.register(ENGINE.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=ENGINE.forget)
