"""The repository itself: sizes, docstrings, pins, and a set-up that says what is wrong."""

from __future__ import annotations

import ast
import re
import shutil
import statistics
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/uitknop"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


# --- Sizes ---------------------------------------------------------------------------------------------------------


def test_no_module_is_longer_than_400_lines() -> None:
    assert {name_of(path): lines_of(path) for path in MODULES if lines_of(path) > 400} == {}


def test_the_median_module_has_at_most_150_lines() -> None:
    # Files that only export would make the median look better than it is.
    sizes = [lines_of(path) for path in MODULES if path.name != "__init__.py"]
    assert len(sizes) > 10
    assert statistics.median(sizes) <= 150


def test_no_function_is_longer_than_60_lines() -> None:
    # The docstring is not counted: formulas and sources may take the room they need.
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                docstring = node.body[0] if ast.get_docstring(node) is not None else None
                told = 1 + docstring.end_lineno - docstring.lineno if docstring and docstring.end_lineno else 0
                size = 1 + (node.end_lineno or node.lineno) - node.lineno - told
                if size > 60:
                    long[f"{name_of(path)}: {node.name}"] = size
    assert long == {}


def public_without_docstring(tree: Documented, prefix: str = "") -> list[str]:
    """Modules, public classes, functions and methods that say nothing; nested functions are private."""
    missing = [] if ast.get_docstring(tree) else [prefix or "the module"]
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                missing += public_without_docstring(node, f"{prefix}{node.name}.")
            elif not ast.get_docstring(node) and "overload" not in map(ast.unparse, node.decorator_list):
                missing.append(f"{prefix}{node.name}")
    return missing


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_class_and_public_function_has_a_docstring(path: Path) -> None:
    assert public_without_docstring(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_a_missing_docstring_is_seen() -> None:
    source = '"""A module."""\nclass Thing:\n    """A thing."""\n    def act(self): ...\ndef free(): ...\n'
    assert public_without_docstring(ast.parse(source)) == ["Thing.act", "free"]


def test_no_drawer_for_helpers() -> None:
    drawers = {"utils", "util", "common", "helpers", "misc", "tools", "shared"}
    assert [name_of(path) for path in MODULES if drawers & set(path.relative_to(PACKAGE).with_suffix("").parts)] == []


# --- Pins ----------------------------------------------------------------------------------------------------------


def pinned(name: str) -> dict[str, str]:
    """Each requirement of a pins file with its block of hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\S)", "\n".join(line for line in text.splitlines() if "# via" not in line), flags=re.M)
    return {found[1]: block for block in blocks if (found := re.match(r"([\w.-]+)==\S+", block))}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    pins = pinned(name)
    assert len(pins) > 30
    assert [package for package, block in pins.items() if "--hash=sha256:" not in block] == []
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|^-[fi]\b", text, flags=re.M) == []


def test_every_dependency_is_pinned() -> None:
    def names(requirements: list[object]) -> set[str]:
        found = (re.match(r"[\w.-]+", text) for text in requirements if isinstance(text, str))
        return {match[0].lower() for match in found if match}

    groups = PROJECT["dependency-groups"]
    used = names(PROJECT["project"]["dependencies"]) | names(groups["build"])
    assert used <= set(pinned("requirements.txt"))
    assert used | names(groups["dev"]) <= set(pinned("requirements-dev.txt"))


def test_the_tests_run_on_the_versions_that_people_get() -> None:
    people, tests = pinned("requirements.txt"), pinned("requirements-dev.txt")
    first = {package: block.split()[0] for package, block in tests.items()}
    assert {package for package, block in people.items() if first.get(package) != block.split()[0]} == set()


# --- Set-up --------------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout without .venv, and beside it a folder `bin` with only the plainest commands."""
    checkout, commands = tmp_path / "a checkout", tmp_path / "bin"
    (checkout / "scripts").mkdir(parents=True)
    commands.mkdir()
    for name in ("scripts/set-up", "requirements.txt", "requirements-dev.txt", "pyproject.toml", "hatch_build.py"):
        shutil.copy(ROOT / name, checkout / name)
    script = checkout / "scripts/set-up"
    script.write_text(script.read_text(encoding="utf-8").replace("/Applications", f"{tmp_path}/none"), encoding="utf-8")
    for command in ("sh", "cat", "cksum", "dirname", "rm", "pwd", "env"):
        found = shutil.which(command)
        assert found is not None
        (commands / command).symlink_to(found)
    fake(commands, "id", "echo 1000")
    return checkout


def fake(commands: Path, name: str, script: str) -> None:
    command = commands / name
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    command.chmod(0o755)


def set_up(checkout: Path, goal: str = "run") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "scripts/set-up", goal],
        cwd=checkout,
        env={"PATH": str(checkout.parent / "bin")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_fitting_python_the_set_up_says_what_to_install(bare: Path) -> None:
    # Stands for an old python3: whatever is asked of it fails.
    fake(bare.parent / "bin", "python3", "exit 1")
    done = set_up(bare)
    assert done.returncode == 1
    assert "no Python 3.11 or newer was found" in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert "brew install" in done.stderr


def test_without_venv_the_set_up_names_the_package(bare: Path) -> None:
    python = 'case "$2" in *ensurepip*) exit 1 ;; *"%d.%d"*) echo 3.12 ;; esac'
    fake(bare.parent / "bin", "python3", python)
    done = set_up(bare)
    assert done.returncode == 1
    assert "sudo apt-get install python3.12-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_the_set_up_prefers_a_python_that_can_make_an_environment(bare: Path) -> None:
    fake(bare.parent / "bin", "python3.13", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    fake(bare.parent / "bin", "python3", 'case "$1" in -m) echo "made by python3" >&2; exit 1 ;; esac')
    assert "made by python3" in set_up(bare).stderr


def test_the_set_up_installs_venv_by_itself_where_it_may(bare: Path) -> None:
    commands = bare.parent / "bin"
    fake(commands, "id", "echo 0")
    fake(commands, "apt-get", f'echo "$*" >> "{bare}/asked"; [ "$1" = install ] && : > "{bare}/installed" || true')
    fake(
        commands,
        "python3",
        f'case "$1 $2" in *ensurepip*) [ -e "{bare}/installed" ] ;; *"%d.%d"*) echo 3.12 ;; -m*) exit 1 ;; esac',
    )
    done = set_up(bare)
    assert "Installing with apt-get: python3.12-venv" in done.stderr
    assert "install -y" in (bare / "asked").read_text(encoding="utf-8")
    assert "could not make .venv" in done.stderr  # the stand-in can't, but it was reached


@pytest.fixture
def asked(bare: Path) -> Path:
    """Makes `bare` one in which everything works, and gives the file that lists what pip was asked."""
    commands, asked = bare.parent / "bin", bare.parent / "asked"
    for command in ("mkdir", "cp"):
        (commands / command).symlink_to(str(shutil.which(command)))
    python = f'''case "$1 $2" in
        "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
        "-m pip") echo "$*" >> "{asked}" ;;
    esac'''
    fake(commands, "python3", python)
    return asked


def test_the_set_up_installs_pins_with_hashes_and_then_only_the_package_itself(bare: Path, asked: Path) -> None:
    assert set_up(bare).returncode == 0
    pins, package = asked.read_text(encoding="utf-8").splitlines()
    assert "--require-hashes -r requirements.txt" in pins
    assert "--no-deps --no-build-isolation --no-index -e ." in package


def test_a_second_set_up_does_nothing(bare: Path, asked: Path) -> None:
    set_up(bare)
    before = asked.read_text(encoding="utf-8")
    done = set_up(bare)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert asked.read_text(encoding="utf-8") == before


def test_a_changed_pin_is_installed(bare: Path, asked: Path) -> None:
    set_up(bare)
    asked.write_text("", encoding="utf-8")
    (bare / "requirements.txt").write_text("other==1 --hash=sha256:0", encoding="utf-8")
    assert set_up(bare).returncode == 0
    assert "--require-hashes" in asked.read_text(encoding="utf-8")


def test_a_moved_checkout_is_set_up_anew(bare: Path, asked: Path) -> None:
    set_up(bare)
    asked.write_text("", encoding="utf-8")
    moved = bare.rename(bare.parent / "moved")
    assert "Making .venv" in set_up(moved).stderr
    assert "--require-hashes" in asked.read_text(encoding="utf-8")


def test_without_a_browser_the_set_up_for_tests_says_how_to_get_one(bare: Path, asked: Path) -> None:
    # Neither a browser on the path nor one of Playwright's own.
    with (bare.parent / "bin/python3").open("a", encoding="utf-8") as python:
        python.write('[ "$1" != - ] && [ "$2 $3" != "playwright install" ]\n')
    done = set_up(bare, "test")
    assert done.returncode == 1
    assert "none was found" in done.stderr
    assert "UITKNOP_CHROMIUM=" in done.stderr
    assert "requirements-dev.txt" in asked.read_text(encoding="utf-8")


def test_a_driver_that_does_not_start_is_told_with_what_it_lacks(bare: Path, asked: Path) -> None:
    with (bare.parent / "bin/python3").open("a", encoding="utf-8") as python:
        python.write('[ "$2" != playwright ]\n')
    done = set_up(bare, "test")
    assert done.returncode == 1
    assert "sudo apt-get install libatomic1" in done.stderr
    assert "requirements-dev.txt" in asked.read_text(encoding="utf-8")


# --- What must not be in a repository ------------------------------------------------------------------------------


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_the_machine_it_was_written_on() -> None:
    home = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")
    found = []
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="ignore")
        if path != Path(__file__) and home.search(text):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def test_no_file_is_large() -> None:
    assert {path.name: path.stat().st_size for path in tracked() if path.stat().st_size > 500_000} == {}


def test_compiled_catalogues_are_not_in_the_repository() -> None:
    assert [path.name for path in tracked() if path.suffix in {".mo", ".pyc"}] == []


def test_the_makefile_explains_each_of_its_goals() -> None:
    goals = re.findall(r"^([a-z-]+):(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    silent = {name for name, rest in goals if "##" not in rest}
    assert silent == {"ready", "ready-test", "catalogues"}
    assert {"demo", "test", "campaign", "bench", "lock", "clean"} <= {name for name, _ in goals}
