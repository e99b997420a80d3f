"""Who may import whom: the contracts follow the table, and they bite."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import contracts

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/uitknop"


ALLOWED = contracts.read_table((ROOT / "docs/house.md").read_text(encoding="utf-8"))


def built(tmp_path: Path) -> Path:
    """A copy of the package in which every room of the table exists, with contracts written for all of them."""
    shutil.copytree(PACKAGE, tmp_path / "src/uitknop", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("pyproject.toml", "docs/house.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for room in ALLOWED:
        folder = tmp_path / "src/uitknop" / room
        if not folder.with_suffix(".py").exists():
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text(contracts.expected(tmp_path), encoding="utf-8")
    return tmp_path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return built(tmp_path)


def lint(house: Path) -> tuple[int, str]:
    """Exit code and output of import-linter on a copy, which stands before the installed package."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def plant(house: Path, room: str, name: str, line: str) -> None:
    """Adds a module with one line to a room."""
    (house / "src/uitknop" / room / f"{name}.py").write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")


PLANTED = [
    ("core", "from uitknop.rest import here", "core imports nothing of ours"),
    ("rest", "import uitknop.sources", "rest imports signals, core"),
    ("signals", "from uitknop import rest", "signals imports core"),
    ("sources", "def later():\n    import uitknop.signals", "sources imports core"),
    ("report", "from uitknop import synthetic", "report imports guidance"),
    ("walk", "import uitknop.sources", "walk imports report"),
    ("rest", "from uitknop import __version__", "never the front door"),
    ("instruments", "import uitknop.knowledge", "instruments imports core"),
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each broken contract, by its name, of a house with all that is planted."""
    house = built(tmp_path_factory.mktemp("planted"))
    plant(house, "rest", "here", "HERE = 1")
    for number, (room, line, _) in enumerate(PLANTED):
        plant(house, room, f"planted_{number}", line)
    code, said = lint(house)
    assert code == 1, said
    names = [row.removesuffix(" BROKEN") for row in said.splitlines() if row.endswith(" BROKEN")]
    _, *parts = re.split(rf"(?m)^({'|'.join(map(re.escape, names))})\n-+$", said)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_contracts_in_pyproject_follow_the_table() -> None:
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert written == contracts.expected(ROOT), "run `make contracts`"


def test_every_room_with_code_has_a_row() -> None:
    rooms = {path.stem for path in PACKAGE.glob("*.py")} | {path.parent.name for path in PACKAGE.glob("*/*.py")}
    assert rooms - {"__init__", "__main__"} <= set(ALLOWED)


def test_every_folder_with_code_can_be_imported() -> None:
    # Without an __init__.py, import-linter would not see the folder at all.
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_a_table_with_a_room_that_stands_too_low_is_refused() -> None:
    with pytest.raises(ValueError, match="rest may import signals"):
        contracts.read_table("| `core` | x | nothing of ours |\n| `rest` | x | signals |\n| `signals` | x | core |\n")


def test_the_house_with_every_room_keeps_all_contracts(house: Path) -> None:
    code, said = lint(house)
    assert code == 0, said
    assert len(re.findall(r"KEPT", said)) >= len(ALLOWED)


@pytest.mark.parametrize("number", range(len(PLANTED)), ids=[f"{room}: {line}" for room, line, _ in PLANTED])
def test_a_planted_import_is_caught(number: int, broken: dict[str, str]) -> None:
    room, _, contract = PLANTED[number]
    (told,) = (told for name, told in broken.items() if contract in name)
    assert f"uitknop.{room}.planted_{number} ->" in told, told


def test_a_folder_without_a_row_is_caught(house: Path) -> None:
    (house / "src/uitknop/helpers").mkdir()
    (house / "src/uitknop/helpers/__init__.py").touch()
    code, said = lint(house)
    assert code == 1, said
    assert "helpers" in said


# --- Rooms are pure: no files, no clock, no chance -----------------------------------------------------------------

PURE = (
    "core",
    "signals",
    "instruments",
    "knowledge",
    "body",
    "rest",
    "guidance",
    "walk",
    "report",
    "synthetic",
    "sources",
)
CLOCKS = {"now", "today", "utcnow", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"}
WATCHES = {"time.time", "time.localtime", "time.gmtime"}
MAY_NOT_BE_IMPORTED = {"http", "requests", "secrets", "socket", "sqlite3", "subprocess", "urllib", "uuid", "webbrowser"}
MAY_HERE = {
    # A phone's health store is a database: read from a file on disk, or from bytes in memory; written to bytes only.
    "sources/sqlite_file.py": {"sqlite3"},
    "synthetic/health_connect.py": {"sqlite3"},
    # Large exports are parsed by a second process of our own, so that both cores of a small machine are used.
    "sources/apple_parallel.py": {"subprocess"},
    # The drawing library is a browser engine: beside other work it costs no time, and its memory comes back.
    "report/drawing_engine.py": {"subprocess"},
}
READERS = {"open", "read_text", "read_bytes"}
WRITERS = {"write_text", "write_bytes", "unlink", "mkdir", "rmdir", "touch", "rename", "symlink_to", "chmod"}
SEEDED = {"default_rng", "Random", "SeedSequence", "PCG64", "Philox"}


def shipped(node: ast.AST, names: set[str]) -> bool:
    """Whether an expression starts from importlib.resources, or from a name that does."""
    return any(
        (isinstance(part, ast.Call) and ast.unparse(part.func).split(".")[-1] in {"files", "as_file"})
        or (isinstance(part, ast.Name) and part.id in names)
        for part in ast.walk(node)
    )


def shipped_names(tree: ast.AST) -> set[str]:
    """Names given to what the package ships with: a room may read its own data files.

    An argument that is a `Traversable` is such a file or folder: only importlib.resources gives one.
    """
    names = {
        node.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.annotation is not None and "Traversable" in ast.unparse(node.annotation)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and shipped(node.value, names):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.For) and shipped(node.iter, names):
            names |= {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
    return names


def impurities(source: str, *, may_read: bool, may_import: frozenset[str] = frozenset()) -> list[str]:
    """What a module does that a room must not, line by line."""
    found = []
    tree = ast.parse(source)
    # What a file does when it is run by hand is not the room's doing.
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test).startswith("__name__ =="))
    ]
    own_data = shipped_names(tree)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            banned = MAY_NOT_BE_IMPORTED - may_import
            found += [f"{line}: imports {name}" for name in names if name.split(".")[0] in banned]
        if not isinstance(node, ast.Call):
            continue
        call = ast.unparse(node.func)
        owner, _, name = call.rpartition(".")
        stopwatch = may_read and name == "monotonic"  # sources stop reading after a while, whatever the time is
        clock = (name in CLOCKS and bool(owner) and not stopwatch) or call in {
            "time.time",
            "time.localtime",
            "time.gmtime",
        }
        seedless = name in SEEDED and not node.args and not node.keywords
        chance = re.match(r"(np|numpy)\.random\.(?!default_rng|SeedSequence|Generator|PCG64|Philox)", call)
        chance = chance or re.match(r"random\.(?!Random)", call)
        mode = "".join(
            str(a.value) for a in (*node.args, *(k.value for k in node.keywords)) if isinstance(a, ast.Constant)
        )
        member = call == "archive.open"  # a member of a zip file that somebody else holds open
        writes = name in WRITERS or (name == "open" and any(letter in mode for letter in "wax+") and not member)
        reads = name in READERS and not may_read and not member and not shipped(node.func, own_data)
        if clock or seedless or chance or writes or reads:
            found.append(f"{line}: {call}(...)")
    return found


def modules_of(room: str) -> list[Path]:
    single = PACKAGE / f"{room}.py"
    return [single] if single.exists() else sorted((PACKAGE / room).rglob("*.py"))


@pytest.mark.parametrize("room", PURE)
def test_a_room_opens_nothing_and_knows_neither_clock_nor_chance(room: str) -> None:
    modules = modules_of(room)
    assert modules, f"{room} has no modules"
    found = {}
    for path in modules:
        name = path.relative_to(PACKAGE).as_posix()
        may_import = frozenset(MAY_HERE.get(name, ()))
        bad = impurities(path.read_text(encoding="utf-8"), may_read=room == "sources", may_import=may_import)
        if bad:
            found[name] = bad
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "text = open('a.txt').read()",
        "text = path.read_text()",
        "moment = datetime.now()",
        "moment = datetime.datetime.now(tz=UTC)",
        "moment = time.time()",
        "moment = time.perf_counter()",
        "draw = np.random.default_rng()",
        "draw = np.random.normal(size=3)",
        "draw = random.random()",
        "import subprocess",
        "from urllib.request import urlopen",
        "path.write_text('x')",
    ],
)
def test_a_planted_impurity_is_seen(line: str) -> None:
    assert impurities(line, may_read=False)


@pytest.mark.parametrize(
    "line",
    [
        "draw = np.random.default_rng(seed)",
        "text = files('uitknop.rest').joinpath('params.toml').read_text()",
        "book = files('uitknop') / 'words.mo'\nwith book.open('rb') as words:\n    pass",
        "found = moment.time()",
    ],
)
def test_what_a_room_may_do_is_not_flagged(line: str) -> None:
    assert impurities(line, may_read=False) == []


def test_sources_may_read_but_not_write() -> None:
    assert impurities("data = path.open('rb').read()", may_read=True) == []
    assert impurities("data = path.open('wb')", may_read=True)
