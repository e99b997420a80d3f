import io
import json
import sys
from types import SimpleNamespace

import pytest

from uitknop.report import drawing_worker


def test_a_line_in_gives_a_line_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [{"spec": name, "data": {"rows": []}, "mark": ","} for name in ("one", "wrong", "two")]
    given, told = io.BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in asked)), io.BytesIO()

    def draw(spec: str, data: object, mark: str) -> str:
        if spec == "wrong":
            raise ValueError("no specification")
        return f"<svg>{spec}{mark}\n</svg>"

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=told))
    monkeypatch.setattr(drawing_worker, "draw", draw)
    monkeypatch.setattr(drawing_worker, "_compiled", str)
    drawing_worker.main()
    answers = [json.loads(line) for line in told.getvalue().splitlines()]
    assert answers == [{"svg": "<svg>one,\n</svg>"}, {"fault": "no specification"}, {"svg": "<svg>two,\n</svg>"}]
