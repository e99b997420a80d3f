"""Judging beside the pages: days of which something changed, in a thread of its own that opens the file once more.

What was found is read there too, so that no page waits for it.
"""

from __future__ import annotations

import threading
from contextlib import suppress

from uitknop.core import Findings
from uitknop.core.errors import UitknopError
from uitknop.person import findings_of, judge_touched
from uitknop.store import open_store
from uitknop.web.circumstances import Circumstances
from uitknop.web.vault import Locked, Vault


class _Enough(Exception):
    """It was asked to stop."""


class Judging:
    """One thread at most; asked while it works, it looks again when it is done."""

    def __init__(self, here: Circumstances, vault: Vault) -> None:
        self._here = here
        self._vault = vault
        self._lock = threading.Lock()
        self._wanted = self._stop = False
        self._thread: threading.Thread | None = None
        self.found: Findings | None = None
        """What was found, as it was read last; None until it was, and while the file is locked."""

    @property
    def works(self) -> bool:
        """Whether it is at work."""
        return self._thread is not None and self._thread.is_alive()

    def wake(self) -> None:
        """Something changed."""
        with self._lock:
            self._wanted, self._stop = True, False
            if not self.works:
                self._thread = threading.Thread(target=self._work, name="uitknop-judging", daemon=True)
                self._thread.start()

    def rest(self) -> None:
        """Stop, and wait until it has; what is judged stays."""
        self._stop = True
        thread = self._thread
        if thread is not None:
            thread.join()

    def forget(self) -> None:
        """Stop, and forget what was found: the file is locked."""
        self.rest()
        self.found = None

    def wait(self) -> None:
        """Until there is nothing to do."""
        while (thread := self._thread) is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._stop or not self._wanted:
                    self._thread = None
                    return
                self._wanted = False
            # What can't be judged now is judged the next time; the pages show what there is.
            with suppress(UitknopError, Locked, _Enough), open_store(self._here.path, self._vault.data_key) as store:
                if self.found is None:
                    self.found = findings_of(store)  # from before, so that looking back need not wait for what is new
                self._tell(0, 0)
                judge_touched(store, on_progress=self._tell)
                self.found = findings_of(store)

    def _tell(self, done: int, total: int) -> None:
        if self._stop:
            raise _Enough
