"""The drawing library at work: a specification and its data become an SVG.

It is started as a process of its own (`main`), because the library is a whole browser engine: it takes most of a
second to start and a hundred megabytes to run, and lets nothing else of its process go on meanwhile. One request is
one line of JSON on standard input; one answer is one line on standard output.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from threading import Timer
from typing import IO, Any

IDLE_S = 300.0
"""After so long without work the process ends and gives its memory back; the next drawing starts another. Somebody who
thinks about a what-if, and asks again, does not wait for that."""

_SMALLEST = '{"data":{"values":[{}]},"mark":"point"}'


def draw(spec: str, data: Mapping[str, Any], mark: str) -> str:
    """The SVG of a specification.

    Args:
        spec: Vega-Lite, as JSON.
        data: rows by the name of their data set; a data set that is not told stays as the specification has it.
        mark: the decimal mark of the numbers along the axes.
    Raises:
        ValueError: it is no specification, or not with this data.
    """
    import vl_convert

    vega = _compiled(spec)
    sources = [
        {**source, "values": data[source["name"]]} if source["name"] in data else source for source in vega["data"]
    ]
    # As text: a dictionary takes the library a quarter longer to read.
    svg: str = vl_convert.vega_to_svg(
        json.dumps({**vega, "data": sources}),
        allowed_base_urls=[],
        format_locale={"decimal": mark, "thousands": "", "grouping": [3], "currency": ["", ""]},
    )
    return svg


@lru_cache(maxsize=32)
def _compiled(spec: str) -> dict[str, Any]:
    import vl_convert

    vega: dict[str, Any] = vl_convert.vegalite_to_vega(spec)
    return vega


def main() -> None:
    """Start the library, and draw until standard input ends or nothing is asked for `IDLE_S`."""
    _compiled(_SMALLEST)
    for line in _lines(sys.stdin.buffer):
        asked = json.loads(line)
        try:
            answer = {"svg": draw(asked["spec"], asked["data"], asked["mark"])}
        except ValueError as fault:
            answer = {"fault": str(fault)}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while True:
        watch = Timer(IDLE_S, os._exit, (0,))
        watch.daemon = True
        watch.start()
        line = stream.readline()
        watch.cancel()
        if not line:
            return
        yield line


if __name__ == "__main__":
    main()
