"""The commands put together: each stands in the list, and who asks for one does not wait for the others."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import uitknop.cli
from uitknop.cli.app import COMMANDS, main


def test_every_module_with_a_command_is_listed() -> None:
    modules = [path.stem for path in Path(uitknop.cli.__path__[0]).glob("[a-z]*.py")]
    commands = {name for name in modules if hasattr(import_module(f"uitknop.cli.{name}"), "HELP")}
    assert commands == set(COMMANDS.values())


def test_one_command_does_not_open_the_others() -> None:
    script = (
        "import sys; sys.argv = ['uitknop', 'sources', '--json']\n"
        "from uitknop.cli import main\n"
        "try: main()\n"
        "finally: print([name for name in sys.modules if name.startswith('uitknop.cli.')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "uitknop.cli.sources" in done.stderr
    assert "uitknop.cli.analyse" not in done.stderr


def test_an_unknown_command_is_told_which_there_are() -> None:
    done = subprocess.run([sys.executable, "-m", "uitknop", "analyze"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "analyse" in done.stderr


def test_without_a_command_the_app_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("uitknop.cli.serve.open_app", lambda: opened.append("app"))
    monkeypatch.setattr(sys, "argv", ["uitknop"])
    with pytest.raises(SystemExit) as end:
        main()
    assert (end.value.code, opened) == (0, ["app"])
