"""Who may ask, and how much: every request passes here first, and every answer leaves with the same protection.

Only pages of our own address get through. A name that points here by a trick (DNS rebinding) is refused by its Host; a
page of another place by its Origin, or by what the browser says of it (Fetch Metadata); a frame by what we answer.
OWASP ASVS 5.0: 3.4.3, 3.4.4, 3.4.6, 3.5.1, 14.3.2, 16.5.1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 65_536
"""Largest form. Files come in by another road, which says so in `LARGE`."""

LARGE: Mapping[str, int] = {"/data/import": 8_000_000_000}
"""Paths that may be sent more, and how much, bytes."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # "no-referrer" would have forms of our own arrive without their origin.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cache-control": "no-store",
}
SAFE = frozenset({"GET", "HEAD"})


def refusal(scope: Scope, hosts: frozenset[str]) -> int | None:
    """The status with which a request is refused; None when it may pass.

    Args:
        scope: of an HTTP request.
        hosts: names and ports that are ours.
    """
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if told.get("host", "").lower() not in hosts:
        return 421
    if told.get("transfer-encoding") and told.get("content-length"):
        return 400
    path = str(scope["path"])
    length = told.get("content-length", "0")
    if not length.isascii() or not length.isdecimal() or int(length) > LARGE.get(path, MOST_BYTES):
        return 413
    origin, site = told.get("origin"), told.get("sec-fetch-site")
    if scope["method"] not in SAFE:
        return None if origin in {f"http://{host}" for host in hosts} and site in (None, "same-origin") else 403
    # A link or an address that was typed may lead here; a script, picture or frame of another page may not.
    if site in ("cross-site", "same-site") and told.get("sec-fetch-mode") != "navigate":
        return 403
    return 403 if told.get("sec-fetch-dest") in ("iframe", "frame", "embed", "object") else None


class Guard:
    """Stands before the whole app."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], sorry: Callable[[Scope], ASGIApp]) -> None:
        self._app = app
        self._hosts = hosts
        self._sorry = sorry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on and see to the headers; whatever goes wrong inside is said without its details."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        if (status := refusal(scope, self._hosts)) is not None:
            await _say(send, status)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": _with_headers(message["headers"])}
            await send(message)

        try:
            await self._app(scope, _bounded(receive, LARGE.get(str(scope["path"]), MOST_BYTES)), guarded)
        except _TooMuch:
            if not started:
                await _say(send, 413)
        except Exception as fault:  # the last border: nothing of it may show, but that it happened is told
            print(f"uitknop: {place_of(fault)}", file=sys.stderr)  # noqa: T201
            if not started:
                await self._broken(scope, receive, guarded)

    async def _broken(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say that something broke; in words where they can still be made."""
        try:
            page = await run_in_threadpool(self._sorry, scope)
        except Exception:  # what broke may be what the words need
            await _say(send, 500)
        else:
            await page(scope, receive, send)


def place_of(fault: BaseException) -> str:
    """Kind and place of a fault; never its words, which may hold what a person wrote (ASVS 16.2.5)."""
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = "" if at is None else f" at {at.tb_frame.f_globals.get('__name__', '?')}:{at.tb_lineno}"
    return f"{type(fault).__name__}{where}"


class _TooMuch(Exception):
    """More came than was announced."""


def _bounded(receive: Receive, most: int) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _TooMuch
        return message

    return bounded


def _with_headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.decode("latin-1").lower() for name, _ in given}
    ours = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name not in names]
    return [*given, *ours]


async def _say(send: Send, status: int) -> None:
    """A bare answer: whoever gets it is no reader of ours, or something broke."""
    body = f"{status}\n".encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": _with_headers(head)})
    await send({"type": "http.response.body", "body": body})
