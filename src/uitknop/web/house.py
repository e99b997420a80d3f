"""What all pages share while the program runs: the file, who is inside, and the words shown once."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from uitknop.core.errors import UitknopError
from uitknop.person import Secret
from uitknop.web.circumstances import Circumstances
from uitknop.web.importing import Importing
from uitknop.web.judging import Judging
from uitknop.web.receiving import Receiving
from uitknop.web.sessions import Door, Patience, Sessions
from uitknop.web.vault import Vault


class House:
    """The app between two requests. It holds no answer of a person; those are in the file."""

    def __init__(self, here: Circumstances) -> None:
        self.here = here
        self.vault = Vault(here)
        self.sessions = Sessions(here.steady_s)
        self.door = Door()
        self.patience = Patience(here.steady_s)
        self.printed = ""
        """The recovery key, from when it was made until the person has it on paper."""

        self.stuck = False
        """Whether the file did not open by itself when it should have."""

        self.judging = Judging(here, self.vault)
        self.receiving = Receiving(here, self.vault, self.wake)
        self.importing = Importing(here, self.vault, self.judging)
        self.keep_door()

    def come_in(self, code: str) -> str | None:
        """A session for the one who started the program, opening the file where nothing needs to be typed.

        Returns: its token; None when the code is not right, or the file stays locked.
        """
        if not self.door.opens(code):
            return None
        self.keep_door()
        if self.vault.is_there and not self.vault.is_open:
            try:
                self.vault.open(self.here.secret)
            except UitknopError:
                self.stuck = True
                return None  # the locked page says what opens it
            self.wake()
        return self.sessions.begin()

    def unlock(self, secret: Secret) -> str:
        """A session for who knows what opens the file.

        Raises:
            WrongKey, StoreError: it stays locked.
        """
        from uitknop.person.unlock import data_key_of

        if self.vault.is_open:
            data_key_of(self.here.path, secret)
        else:
            self.vault.open(secret)
            self.wake()
        self.stuck = False
        return self.sessions.begin()

    def wake(self) -> None:
        """Something changed: days are judged beside the pages."""
        self.judging.wake()

    def lock(self) -> None:
        """Everybody is outside, and the file is closed."""
        self.sessions.end_all()
        self.printed = ""
        self.receiving.forget()
        self.importing.forget()
        self.judging.forget()
        self.vault.lock()

    def shut(self) -> None:
        """The program stops."""
        self.lock()
        self.vault.shut()
        if self.here.door is not None:
            with suppress(OSError):
                self.here.door.unlink(missing_ok=True)

    def address(self) -> str:
        """The address that opens the app once."""
        host = min(self.here.hosts, default="127.0.0.1")
        return f"http://{host}/open/{self.door.code}"

    def keep_door(self) -> None:
        """Write the address where only this user can read it, for a second start of the program."""
        if self.here.door is not None:
            _write_own(self.here.door, self.address())


def _write_own(path: Path, text: str) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        aside.replace(path)
