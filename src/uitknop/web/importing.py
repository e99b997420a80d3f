"""Taking files in beside the pages: in a thread of its own, with how far it is and what became of each file."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from uitknop.core import Phrase
from uitknop.core.errors import UitknopError
from uitknop.person import Taken, take_in
from uitknop.store import open_store
from uitknop.web.circumstances import Circumstances
from uitknop.web.judging import Judging
from uitknop.web.vault import Locked, Vault


class _Enough(Exception):
    """It was asked to stop."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Args:
        works: whether it is at work.
        share: of all bytes that were read, 0..1.
        taken: what became of each file so far.
        fault: why it stopped before its end; None where it did not.
    """

    works: bool = False
    share: float = 0.0
    taken: tuple[Taken, ...] = ()
    fault: Phrase | None = None


class Importing:
    """One import at a time."""

    def __init__(self, here: Circumstances, vault: Vault, judging: Judging) -> None:
        self._here = here
        self._vault = vault
        self._judging = judging
        self._thread: threading.Thread | None = None
        self._stop = False
        self.progress = Progress()

    def begin(self, files: list[Path], folder: Path) -> bool:
        """Take files in, and remove the folder they lie in; whether it began: one import at a time."""
        if self.progress.works:
            shutil.rmtree(folder, ignore_errors=True)
            return False
        self.progress = Progress(works=True)
        self._thread = threading.Thread(target=self._work, args=(files, folder), name="uitknop-import", daemon=True)
        self._thread.start()
        return True

    def wait(self) -> None:
        """Until it is done."""
        if self._thread is not None:
            self._thread.join()

    def forget(self) -> None:
        """The file is being locked: stop, and forget what came in. Files that are in stay, the one at hand does not."""
        self._stop = True
        self.wait()
        self._stop, self.progress = False, Progress()

    def _work(self, files: list[Path], folder: Path) -> None:
        taken: list[Taken] = []
        fault: Phrase | None = None

        def tell(done: float, whole: float, name: str) -> None:
            if self._stop:
                raise _Enough
            self.progress = Progress(True, done / max(whole, 1.0), tuple(taken))

        try:
            with open_store(self._here.path, self._vault.data_key) as store:
                take_in(store, files, now_ms=self._here.now_ms(), on_progress=tell, on_taken=taken.append)
        except UitknopError as error:
            fault = error.phrase
        except _Enough:
            return
        except (OSError, Locked):
            fault = Phrase("The files can't be read any more, and what was not taken in yet is not. Choose them again.")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self.progress = Progress(False, 1.0, tuple(taken), fault)
        self._judging.wake()
