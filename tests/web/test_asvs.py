"""What `docs/app.md` says of the OWASP ASVS: every item of our list stands there, and every test it names exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs/app.md").read_text(encoding="utf-8")
ITEMS = (
    *("1.5.1", "1.5.2", "5.1.1", "5.2.1", "5.2.3", "5.3.2", "3.4.1", "3.4.3", "3.4.4", "3.4.6", "3.5.1", "6.3.1"),
    *("7.2.3", "7.3.1", "7.3.2", "7.4.1", "11.3.2", "11.3.3", "11.4.2", "14.2.1", "14.2.3", "14.3.1", "14.3.2"),
    *("14.3.3", "16.2.5", "16.5.1", "16.5.3"),
)
UNSAFE = ("pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "yaml")
RUNS_TEXT = ("eval", "exec", "compile")
OF_OUR_OWN = {"body"}
"""Rooms that run formulas that come with the program; nothing from outside gets there."""


def test_every_item_has_a_row_or_a_reason() -> None:
    assert [item for item in ITEMS if not re.search(rf"(?<![\d.]){re.escape(item)}(?![\d.]\d)", DOC)] == []


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:\w+/)?(?:test_\w+|conftest)\.py)`", DOC))
    assert len(named) > 12
    here = {name for name in named if (ROOT / "tests/web" / name).exists() or (ROOT / "tests" / name).exists()}
    assert named == here


def test_nothing_from_outside_is_unpickled_or_run() -> None:
    unsafe = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(UNSAFE)})\b|(?<![.\w])(?:{'|'.join(RUNS_TEXT)})\(", re.M)
    assert unsafe.search("    from pickle import loads")
    assert unsafe.search("x = eval(text)")
    assert not unsafe.search("re.compile(text)")
    code = [path for path in (ROOT / "src/uitknop").rglob("*.py") if path.parent.name not in OF_OUR_OWN]
    found = [path.name for path in code if unsafe.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_cookie_belongs_to_one_host_without_tls_and_is_taken_back_as_it_was_given(app: Any) -> None:
    """Where there is no TLS a cookie that is marked Secure would not come back."""
    given = app.client.get(f"/open/{app.house.door.code}", follow_redirects=False).headers.get_list("set-cookie")
    taken = app.client.post("/lock", headers=app.headers, follow_redirects=False).headers.get_list("set-cookie")
    for cookies in (given, taken):
        (cookie,) = [one for one in cookies if one.startswith("uitknop=")]
        parts = {part.strip().partition("=")[0].lower() for part in cookie.split(";")}
        assert {"httponly", "samesite", "path"} <= parts
        assert not {"secure", "domain"} & parts
