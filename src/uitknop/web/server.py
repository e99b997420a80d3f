"""The app on this computer: a socket of the loopback, and uvicorn behind it. Nothing outside can reach it."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from uitknop.core import Phrase
from uitknop.core.errors import UitknopError
from uitknop.web.circumstances import Circumstances

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = "127.0.0.1"
PORT = 8425
"""Where the app is unless another port is asked for, so that a bookmark of today works tomorrow."""


def listen(port: int | None) -> socket.socket:
    """A socket of the loopback: at the port asked for, else at ours or, where that is taken, at any free one.

    Raises:
        UitknopError: the port that was asked for is taken, or may not be used.
    """
    for wanted in (PORT, 0) if port is None else (port,):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((LOOPBACK, wanted))
            made.listen(64)
        except OSError as fault:
            made.close()
            if port is not None:
                raise _no_port(port, fault) from fault
        else:
            return made
    raise UitknopError("No port of this computer is free. Close a program that uses many, and try again.")


def serve(here: Circumstances, listening: socket.socket, on_ready: Callable[[str], None]) -> None:
    """Run the app until it is stopped; arguments as for `server_of`."""
    server_of(here, listening, on_ready).run(sockets=[listening])


def server_of(here: Circumstances, listening: socket.socket, on_ready: Callable[[str], None]) -> uvicorn.Server:
    """The app behind a socket, still to be run.

    Args:
        here: whose file, and the clocks; the address is added.
        listening: from `listen`.
        on_ready: told the address that opens the app once, when a browser may come.
    """
    import uvicorn

    from uitknop.web.app import create_app

    port = listening.getsockname()[1]
    app = create_app(replace(here, hosts=frozenset({f"{LOOPBACK}:{port}", f"localhost:{port}"})))

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                on_ready(app.state.house.address())

    settings = uvicorn.Config(
        app,
        access_log=False,  # addresses and times of what a person does belong in no log
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=3,
    )
    return Server(settings)


def _no_port(port: int, fault: OSError) -> UitknopError:
    told = {"port": port}
    if fault.errno == errno.EADDRINUSE:
        return UitknopError(
            Phrase("Another program uses port {port} already. Choose another with --port, or leave it out.", told)
        )
    return UitknopError(Phrase("Port {port} may not be used here. Choose one above 1023, or leave it out.", told))
