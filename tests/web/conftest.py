"""How the tests of the app meet it: through HTTP in this process, or with a real browser against a real server."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partialmethod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page
from starlette.testclient import TestClient

from uitknop.core import Entry
from uitknop.core.timeline import parse_iso
from uitknop.person import Secret, make_file
from uitknop.report.words import Language
from uitknop.store import KeyFile
from uitknop.store.keys import LEAST_COST
from uitknop.web import Circumstances, create_app
from uitknop.web.house import House
from uitknop.web.lines import Lines
from uitknop.web.server import listen, server_of
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


@cache
def new_file(started: bool) -> dict[str, bytes]:
    """Somebody's own file with nothing in it yet, and its keys, by name; made once, as making one takes its time."""
    with TemporaryDirectory() as folder:
        store, _ = make_file(Path(folder, "person.uitknop"), Secret(passphrase=PASSPHRASE), now_ms=Clock.now_ms)
        with store:
            store.keep_setting("zone", ZONE)
            if started:
                store.keep_setting(STARTED, str(Clock.now_ms))
        return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


@contextmanager
def making(folder: Path) -> Iterator[Callable[..., Asked]]:
    """What makes the app on a file in a folder.

    `there`: the file is made; `started`: the first questions were put; `knows`: the app was given the passphrase;
    `inside`: the browser came in through the door.
    """
    made = []

    def make(
        *, there: bool = True, started: bool = True, knows: bool = True, inside: bool = True, lang: str = "en"
    ) -> Asked:
        clock = Clock()
        path = folder / "person.uitknop"
        secret = Secret(passphrase=PASSPHRASE)
        if there:
            for name, content in new_file(started).items():
                (folder / name).write_bytes(content)
        here = Circumstances(
            path=path,
            secret=secret if knows else Secret(passphrase="not this one"),
            hosts=frozenset({HOST, "localhost:8425"}),
            now_ms=lambda: clock.now_ms,
            steady_s=lambda: clock.steady_s,
            zone=ZONE,
            lang="nl" if lang == "nl" else "en",
            door=folder / "door",
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
def make_app(tmp_path: Path) -> Iterator[Callable[..., Asked]]:
    """Makes the app on a file of its own; arguments as in `making`."""
    with making(tmp_path) as make:
        yield make


@pytest.fixture(scope="session")
def making_app() -> Callable[..., Any]:
    """`making`, for fixtures that live longer than a test."""
    return making


@pytest.fixture
def app(make_app: Callable[..., Asked]) -> Asked:
    """The app, with somebody inside."""
    return make_app()


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<head>.*?</head>", "", page)).split())


# --- A real browser ------------------------------------------------------------------------------------------------


@dataclass
class Served:
    """The app behind a real port."""

    origin: str
    house: House
    clock: Clock
    path: Path

    @property
    def door(self) -> str:
        """The address that opens it once."""
        return f"{self.origin}/open/{self.house.door.code}"


@contextmanager
def served(
    folder: Path, *, there: bool = True, lang: Language = "nl", entries: Sequence[Entry] = ()
) -> Iterator[Served]:
    """The app, run in a thread of this process until the block ends."""
    clock, path = Clock(), folder / "person.uitknop"
    secret = Secret(passphrase=PASSPHRASE)
    if there:
        store, _ = make_file(path, secret, now_ms=clock.now_ms)
        with store:
            store.keep_setting("zone", ZONE)
            store.keep_setting(STARTED, str(clock.now_ms))
            if entries:
                Lines().write(store, entries, clock.now_ms)
    here = Circumstances(
        path=path, secret=secret, now_ms=lambda: clock.now_ms, steady_s=lambda: clock.steady_s, zone=ZONE, lang=lang
    )
    ready = threading.Event()
    listening = listen(0)
    server = server_of(here, listening, lambda _: ready.set())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert ready.wait(20)
    app = server.config.app
    assert isinstance(app, FastAPI)
    try:
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", app.state.house, clock, path)
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Runs the app; arguments as for `served`."""
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(served(tmp_path, **how))


class Windows:
    """Windows of a browser, each kept for the next who asks for one of its kind: a new one costs half a second."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[str, BrowserContext] = {}
        self.asked: list[str] = []

    def open(self, script: str, how: dict[str, Any]) -> Page:
        """A window without cookies that shows nothing; `script` runs in it before each page."""
        kind = repr((script, sorted(how.items())))
        if kind not in self._kept:
            context = self._kept[kind] = self._browser.new_context(**how)
            context.on("request", lambda request: self.asked.append(request.url))
            if script:
                context.add_init_script(script)
        context = self._kept[kind]
        return context.pages[0] if context.pages else context.new_page()

    def leave(self) -> None:
        """Leave every page, and take away what a test put into the windows."""
        for context in self._kept.values():
            for page in context.pages[1:]:
                page.close()
            for page in context.pages:
                page.unroute_all(behavior="ignoreErrors")
                page.goto("about:blank")
            context.clear_cookies()

    def close(self) -> None:
        """Close all of them."""
        for context in self._kept.values():
            context.close()


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Windows]:
    """The windows of a file of tests."""
    made = Windows(browser)
    yield made
    made.close()


@pytest.fixture
def visit(windows: Windows) -> Iterator[Callable[..., Page]]:
    """Opens the app in a browser that knows nothing of it; everything that was asked for stands in `page.asked`."""
    origins: set[str] = set()
    windows.asked.clear()

    def go(app: Served, path: str = "", *, width: int = 320, script: str = "", **how: Any) -> Page:
        page = windows.open(script, how)
        page.set_viewport_size({"width": width, "height": 640})
        page.asked = windows.asked  # type: ignore[attr-defined]
        origins.add(app.origin)
        page.goto(app.door)
        if path:
            page.goto(app.origin + path)
        return page

    yield go
    strangers = [url for url in windows.asked if not url.startswith(tuple(origins))]
    windows.leave()
    assert strangers == []


@pytest.fixture(scope="session")
def served_app() -> Callable[..., Any]:
    """`served`, for fixtures that live longer than a test."""
    return served


@pytest.fixture(scope="session")
def a_week() -> tuple[Entry, ...]:
    """A week of somebody's diary: taps, rests with what was with them, how they felt."""
    now_ms, hour_ms = Clock.now_ms, 3_600_000
    lines = []
    for day in range(1, 8):
        at_ms = now_ms - day * 24 * hour_ms
        lines.append(Entry(at_ms - hour_ms, ZONE, "answer", ("fine", "heavy", "crash")[day % 3], label="now"))
        label = ("warm_bottle", "dark_quiet", "de kat <b>")[day % 3]
        lines.append(Entry(at_ms, ZONE, "rest", "passive", at_ms + hour_ms // 2, label))
        lines.append(Entry(at_ms, ZONE, "posture", "supine", at_ms + hour_ms // 2))
        felt = ("calmer", "same", "restless")[day % 2]
        lines.append(Entry(at_ms + hour_ms // 2 + 1000, ZONE, "answer", felt, label="felt"))
    return tuple(lines)
