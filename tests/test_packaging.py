"""The wheel, as others get it: complete, runnable in an empty folder, and needing nothing of the source tree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/uitknop"
SITE_PACKAGES = sysconfig.get_path("purelib")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

# Put before everything else on the path of the process under test: writes down each file of the source tree it opens.
WATCHER = """
import os, sys
TREE, LOG = os.environ["WATCHED_TREE"], os.environ["WATCHED_LOG"]
ENVIRONMENT = os.path.join(TREE, ".venv") + os.sep
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        path = os.path.abspath(arguments[0])
        if path.startswith(TREE + os.sep) and not path.startswith(ENVIRONMENT):
            with os.fdopen(os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND), "w") as log:
                log.write(path + chr(10))
sys.addaudithook(watch)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from the files that git knows or would take."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


class Installed:
    """The wheel in an environment of its own that holds nothing else; the dependencies are lent by this one.

    Lent through PYTHONPATH, where .pth files do nothing: so the editable install of this checkout is not seen.
    """

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.folder = folder
        self.empty = folder / "empty"
        self.log = folder / "opened"
        watcher = folder / "watcher"
        for made in (self.empty, watcher, folder / "home"):
            made.mkdir()
        (watcher / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
        # A requirement that holds nowhere is not installed.
        names = re.findall(r"^Requires-Dist: ([\w.-]+)", self.metadata(wheel), flags=re.M)
        absent = folder / "lent.txt"
        absent.write_text("".join(f"{name} ; python_version < '3'\n" for name in names), encoding="utf-8")
        self.command = [sys.executable, "-m", "uv", "tool", "run", "--offline", "--no-config", "--quiet"]
        self.command += ["--python", sys.executable, "--overrides", str(absent), "--from", str(wheel)]
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "UV_CACHE_DIR": str(folder / "cache"),
            "UV_TOOL_DIR": str(folder / "tools"),
            "PYTHONPATH": os.pathsep.join([str(watcher), SITE_PACKAGES]),
            "WATCHED_TREE": str(ROOT),
            "WATCHED_LOG": str(self.log),
        }

    @staticmethod
    def metadata(wheel: Path) -> str:
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            return archive.read(name).decode()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`uvx --from the-wheel ...`, in an empty folder."""
        return subprocess.run(
            [*self.command, *words],
            cwd=self.empty,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def opened(self) -> str:
        """Files of the source tree that were opened."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


def test_the_wheel_holds_everything_the_package_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    kept = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in kept if not name.endswith(".pyc")} <= held
    wanted = {"uitknop/py.typed", *(f"uitknop/locale/{lang}/LC_MESSAGES/uitknop.mo" for lang in ("nl", "en"))}
    assert wanted <= held
    assert [name for name in held if name.endswith((".html", ".html.j2", ".jinja"))] != []
    assert [name for name in held if name.endswith("schema.json")] != []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"uitknop", f"uitknop-{VERSION}.dist-info"}


def test_the_wheel_carries_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
    assert "License-Expression: Apache-2.0" in Installed.metadata(wheel)


def test_uvx_runs_the_wheel_itself_and_not_this_checkout(installed: Installed) -> None:
    done = installed.run("python", "-c", "import uitknop; print(uitknop.__file__)")
    assert done.returncode == 0, done.stderr
    assert not Path(done.stdout.strip()).is_relative_to(ROOT)


def test_uvx_shows_the_help(installed: Installed) -> None:
    done = installed.run("uitknop", "--help")
    assert done.returncode == 0, done.stderr
    assert "analyse" in done.stdout
    assert installed.opened() == ""


def test_uvx_runs_the_demo_in_an_empty_folder(installed: Installed) -> None:
    page = installed.folder / "page.html"
    done = installed.run("uitknop", "demo", "--no-browser", "--days", "3", "--page", str(page))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != ""
    assert installed.opened() == ""


def test_a_file_of_the_source_tree_would_be_seen(installed: Installed) -> None:
    # The watcher itself, in an environment that writes elsewhere.
    log = installed.folder / "planted"
    environment = {**installed.environment, "WATCHED_LOG": str(log)}
    reading = f"open({str(ROOT / 'README.md')!r}).close()"
    subprocess.run([sys.executable, "-c", reading], env=environment, cwd=installed.empty, check=True)
    assert "README.md" in log.read_text(encoding="utf-8")
