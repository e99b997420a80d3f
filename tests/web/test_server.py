"""The socket is on the loopback only; a port that is taken is told; a second start finds the first."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uitknop.cli.serve import _running, open_app
from uitknop.core.errors import UitknopError
from uitknop.web.server import LOOPBACK, PORT, listen


def test_it_listens_on_the_loopback_and_nowhere_else() -> None:
    with listen(0) as made:
        assert made.getsockname()[0] == LOOPBACK == "127.0.0.1"


def test_a_port_that_is_taken_is_told() -> None:
    with listen(0) as taken, pytest.raises(UitknopError, match="uses port"):
        listen(taken.getsockname()[1])


def test_where_our_own_port_is_taken_another_is_found() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind((LOOPBACK, PORT))
            other.listen(1)
        except OSError:
            pass  # somebody has it already, which is as well
        with listen(None) as made:
            assert made.getsockname()[1] not in (0, PORT)


def test_nothing_answers_on_another_address_of_this_computer(serving: Callable[..., Any]) -> None:
    port = int(serving().origin.rpartition(":")[2])
    with socket.socket() as asked:
        asked.settimeout(2)
        assert asked.connect_ex(("127.0.0.2", port)) != 0


def test_a_second_start_opens_the_app_that_runs(
    serving: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = serving()
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    (tmp_path / "person.uitknop.door").write_text(app.door + "\n")
    open_app(file=app.path)
    assert opened == [app.door]


@pytest.mark.parametrize("door", ["", "http://127.0.0.1:1/open/x", "http://evil.example/open/x", "\x00"])
def test_the_address_of_an_app_that_is_gone_is_not_used(tmp_path: Path, door: str) -> None:
    path = tmp_path / "door"
    assert _running(path) is None
    path.write_text(door)
    assert _running(path) is None


def test_many_requests_at_once_each_get_their_answer(make_app: Callable[..., Any]) -> None:
    app = make_app()
    said: list[str] = []

    def tap() -> None:
        said.append(app.post("/tap", now="heavy"))

    threads = [threading.Thread(target=tap) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(said) == 8
    assert ("answer", "now", "heavy") in app.entries()
