"""Who is inside: sessions, the door that opens once, and patience with wrong passphrases.

Nothing of it outlives the program. OWASP ASVS 5.0: 6.3.1, 7.2.3, 7.3.1, 7.3.2, 7.4.1.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

TOKEN_BYTES = 32
IDLE_S = 8 * 3600.0
"""A session nobody used for so long has ended: a night of sleep, and a rest in the afternoon does not end it."""

LONGEST_S = 7 * 24 * 3600.0
"""And it ends after a week in any case."""

FREE_TRIES = 3
LONGEST_WAIT_S = 30.0


@dataclass(slots=True)
class _Session:
    began_s: float
    used_s: float


@dataclass(slots=True)
class Sessions:
    """The browsers that are inside. A token is known by its digest only.

    Args:
        steady_s: a clock that nobody sets, s.
    """

    steady_s: Callable[[], float]
    _known: dict[str, _Session] = field(default_factory=dict)

    def begin(self) -> str:
        """A new session, and its token."""
        token, now_s = secrets.token_urlsafe(TOKEN_BYTES), self.steady_s()
        self._known[_digest(token)] = _Session(now_s, now_s)
        return token

    def holds(self, token: str | None) -> bool:
        """Whether this token belongs to a session that has not ended; it was used now."""
        found = None if token is None else self._known.get(_digest(token))
        if token is None or found is None:
            return False
        now_s = self.steady_s()
        if now_s - found.used_s > IDLE_S or now_s - found.began_s > LONGEST_S:
            del self._known[_digest(token)]
            return False
        found.used_s = now_s
        return True

    @property
    def any(self) -> bool:
        """Whether anybody is inside; a session that has ended counts no more."""
        now_s = self.steady_s()
        return any(now_s - one.used_s <= IDLE_S and now_s - one.began_s <= LONGEST_S for one in self._known.values())

    def end_all(self) -> None:
        """Nobody is inside any more."""
        self._known.clear()


@dataclass(slots=True)
class Door:
    """The address with which the one who started the program comes in; each works once."""

    _code: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES))

    @property
    def code(self) -> str:
        """What opens it now."""
        return self._code

    def opens(self, code: str) -> bool:
        """Whether the code is right; then it is a new one from now on."""
        right = secrets.compare_digest(code.encode(), self._code.encode())
        if right:
            self._code = secrets.token_urlsafe(TOKEN_BYTES)
        return right


@dataclass(slots=True)
class Patience:
    """How long to wait before the next try at a passphrase. It grows to half a minute and never locks anybody out.

    Args:
        steady_s: a clock that nobody sets, s.
    """

    steady_s: Callable[[], float]
    _wrong: int = 0
    _until_s: float = float("-inf")

    @property
    def wait_s(self) -> float:
        """Seconds until the next try; 0.0 when it may be now."""
        return max(0.0, self._until_s - self.steady_s())

    def was_wrong(self) -> None:
        """One more wrong try."""
        self._wrong += 1
        doubled = min(LONGEST_WAIT_S, 2.0 ** min(self._wrong - FREE_TRIES, 10)) if self._wrong > FREE_TRIES else 0.0
        self._until_s = self.steady_s() + doubled

    def was_right(self) -> None:
        """Forget the wrong ones."""
        self._wrong, self._until_s = 0, float("-inf")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
