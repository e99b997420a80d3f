"""`uitknop serve`, as a process: an address that opens once, nothing said on the side, and a clean end."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

UITKNOP = Path(sys.executable).parent / "uitknop"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def serving(own: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The app in a process of its own, and the address that it printed."""
    child = subprocess.Popen(
        [UITKNOP, "serve", "--port", str(free_port()), "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    yield child, child.stdout.readline().strip()
    child.kill()
    child.communicate()


def get(address: str, path: str, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=20)) as line:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        return answer


def test_it_prints_an_address_that_opens_once_and_ends_without_a_word(serving: Any, own: Path) -> None:
    child, address = serving
    asked = urlsplit(address)
    assert asked.hostname == "127.0.0.1"
    door = own.with_name("person.uitknop.door")
    assert door.read_text().strip() == address
    first = get(address, asked.path)
    cookie = str(first.getheader("set-cookie")).partition(";")[0]
    assert (first.status, first.getheader("location")) == (303, "/")
    assert get(address, "/", cookie=cookie).getheader("location") == "/start"
    assert get(address, asked.path).getheader("location") == "/locked"
    assert get(address, "/", host="evil.example").status == 421
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (0, "", "")
    assert not door.exists()


def test_a_port_that_is_taken_or_none_is_refused_in_words(run: Callable[..., Any], own: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        said = run("serve", "--port", taken.getsockname()[1])
    assert said.code == 2
    assert "Choose another with --port" in said.err
    said = run("serve", "--port", 70_000)
    assert said.code == 2
    assert "1 to 65535" in said.err
    assert not own.exists()
