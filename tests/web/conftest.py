"""How the tests of the app meet it: through HTTP in this process, or with a real browser against a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partialmethod
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from uitknop.core.timeline import parse_iso
from uitknop.person import Secret, make_file
from uitknop.store import KeyFile
from uitknop.store.keys import LEAST_COST
from uitknop.web import Circumstances, create_app
from uitknop.web.house import House
from uitknop.web.visit import STARTED

HOST = "127.0.0.1:8425"
ORIGIN = f"http://{HOST}"
PASSPHRASE = "correct horse battery"
ZONE = "Europe/Amsterdam"


@dataclass
class Clock:
    """A clock that tests set."""

    now_ms: int = parse_iso("2026-03-03T14:00:00+01:00", None)
    steady_s: float = 1000.0

    def later(self, minutes: float) -> None:
        self.now_ms += round(minutes * 60_000)
        self.steady_s += minutes * 60


@dataclass
class Asked:
    """The app, and a browser that asks it."""

    house: House
    clock: Clock
    client: TestClient
    path: Path
    host: str = HOST
    passphrase: str = PASSPHRASE
    headers: dict[str, str] = field(default_factory=lambda: {"origin": ORIGIN, "sec-fetch-site": "same-origin"})

    def get(self, path: str, **more: str) -> str:
        answer = self.client.get(path, headers={**self.headers, **more})
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return answer.text

    def post(self, path: str, status: int = 200, **said: str | list[str]) -> str:
        answer = self.client.post(path, data=said, headers=self.headers)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
        return answer.text

    @property
    def at(self) -> str:
        """Where the last redirects led."""
        return str(self.client.get("/", headers=self.headers).url)

    def entries(self) -> list[tuple[str, str, str]]:
        found = self.house.vault.do(lambda store: store.entries())
        return [(entry.kind, entry.label, entry.value) for entry in found]


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = partialmethod(KeyFile.wrap_with_passphrase, cost=LEAST_COST)  # a guess may be cheap here
    monkeypatch.setattr(KeyFile, "wrap_with_passphrase", quick)


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[Callable[..., Asked]]:
    """Makes the app on a file of its own.

    `there`: the file is made; `started`: the first questions were put; `knows`: the app was given the passphrase;
    `inside`: the browser came in through the door.
    """
    made = []

    def make(
        *, there: bool = True, started: bool = True, knows: bool = True, inside: bool = True, lang: str = "en"
    ) -> Asked:
        clock = Clock()
        path = tmp_path / "person.uitknop"
        secret = Secret(passphrase=PASSPHRASE)
        if there:
            store, _ = make_file(path, secret, now_ms=clock.now_ms)
            with store:
                store.keep_setting("zone", ZONE)
                if started:
                    store.keep_setting(STARTED, "1")
        here = Circumstances(
            path=path,
            secret=secret if knows else Secret(passphrase="not this one"),
            hosts=frozenset({HOST, "localhost:8425"}),
            now_ms=lambda: clock.now_ms,
            steady_s=lambda: clock.steady_s,
            zone=ZONE,
            lang="nl" if lang == "nl" else "en",
            door=tmp_path / "door",
        )
        app = create_app(here)
        client = TestClient(app, base_url=ORIGIN, raise_server_exceptions=False)
        client.__enter__()
        made.append(client)
        asked = Asked(app.state.house, clock, client, path)
        if inside:
            client.get(f"/open/{asked.house.door.code}", follow_redirects=False)
        return asked

    yield make
    for client in made:
        client.__exit__(None, None, None)


@pytest.fixture
def app(make_app: Callable[..., Asked]) -> Asked:
    """The app, with somebody inside."""
    return make_app()


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<head>.*?</head>", "", page)).split())
