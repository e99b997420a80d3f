"""The documentation is complete and true: every command, option and public name stands in it, and its examples run."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import uitknop
from uitknop.cli import app as program
from uitknop.synthetic import WRITERS
from uitknop.synthetic.people import PERSON_KINDS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
CLI = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "docs/python.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", flags=re.M | re.S)


def walk_commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Each command with its full name, groups before what is in them."""
    yield name, command
    for part, inner in getattr(command, "commands", {}).items():
        yield from walk_commands(inner, f"{name} {part}")


COMMANDS = dict(walk_commands(typer.main.get_command(program.app_of(program.COMMANDS)), "uitknop"))


def options_of(command: Any) -> set[str]:
    """The long options of a command; what completes the shell is typer's own."""
    names = {name for item in command.params for name in (*item.opts, *item.secondary_opts) if name.startswith("--")}
    return names - {"--help", "--install-completion", "--show-completion"}


def section(text: str, title: str) -> str | None:
    """What stands under a heading, up to the next heading of the same or a higher rank."""
    found = re.search(rf"^(#+) `?{re.escape(title)}`?[^\n]*\n(.*?)(?=^#{{1,2}} |\Z)", text, flags=re.M | re.S)
    return found[2] if found else None


def blocks(language: str) -> list[tuple[str, str]]:
    """Each fenced block of a language with the page it stands on."""
    return [
        (path.name, body)
        for path in PAGES
        for tongue, body in FENCE.findall(path.read_text(encoding="utf-8"))
        if tongue == language
    ]


# --- The command line ----------------------------------------------------------------------------------------------


def test_there_are_commands() -> None:
    assert {"uitknop analyse", "uitknop demo", "uitknop hrv", "uitknop walk", "uitknop sources"} <= set(COMMANDS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if " " in name])
def test_a_command_and_its_options_are_documented(name: str) -> None:
    text = section(CLI, name)
    assert text is not None, f"docs/cli.md has no section `{name}`"
    everywhere = section(CLI, "Everywhere") or ""
    told = set(re.findall(r"`(--[a-z][\w-]*)", text + everywhere))
    assert options_of(COMMANDS[name]) - told == set()


@pytest.mark.parametrize("name", [name for name in COMMANDS if " " in name])
def test_the_documentation_of_a_command_names_no_option_it_lacks(name: str) -> None:
    told = set(re.findall(r"^- `(--[a-z][\w-]*)", section(CLI, name) or "", flags=re.M))
    assert told - options_of(COMMANDS[name]) == set()


def test_the_documentation_names_no_command_that_is_not_there() -> None:
    told = set(re.findall(r"^## `(uitknop [\w ]+)`", CLI, flags=re.M))
    assert told != set()
    assert told - set(COMMANDS) == set()


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_and_each_option_explain_themselves(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    silent = [item.name for item in command.params if item.param_type_name == "option" and not item.help]
    assert silent == []


def test_the_choices_of_synthesise_are_documented() -> None:
    text = section(CLI, "uitknop synthesise") or ""
    assert [name for name in (*WRITERS, *PERSON_KINDS) if f"`{name}`" not in text] == []


def example_lines() -> list[str]:
    """The lines of shell examples that call uitknop."""
    lines = [line.strip() for _, body in blocks("sh") for line in body.splitlines()]
    return sorted({line for line in lines if re.match(r"(uvx |pipx run )?uitknop\b", line)})


def test_there_are_examples_for_the_shell() -> None:
    assert len(example_lines()) >= 5


@pytest.mark.parametrize("line", example_lines())
def test_a_shell_example_is_one_the_program_understands(line: str) -> None:
    words = shlex.split(re.sub(r"^(uvx|pipx run) ", "", line), comments=True)[1:]
    words = words[: words.index(">")] if ">" in words else words
    command, name = COMMANDS["uitknop"], "uitknop"
    while words and f"{name} {words[0]}" in COMMANDS:
        name, words = f"{name} {words[0]}", words[1:]
        command = COMMANDS[name]
    # Raises when an option does not exist or lacks its value; the files themselves are not looked for.
    command.make_parser(command.context_class(command, info_name=name)).parse_args(args=list(words))
    given = {word.split("=")[0] for word in words if word.startswith("--")}
    assert given <= options_of(command) | {"--help"}


# --- Python --------------------------------------------------------------------------------------------------------


def test_there_are_public_names() -> None:
    assert {"read", "clean", "hrv", "sliding_hrv", "judge_rest", "pool", "Beats"} <= set(uitknop.__all__)


@pytest.mark.parametrize("name", sorted(uitknop.__all__))
def test_a_public_name_is_documented(name: str) -> None:
    assert re.search(rf"`(ut\.)?{re.escape(name)}\b", PYTHON), f"docs/python.md says nothing of `{name}`"


def test_the_documentation_names_nothing_that_is_not_there() -> None:
    told = {name for path in PAGES for name in re.findall(r"\but\.(\w+)", path.read_text(encoding="utf-8"))}
    assert len(told) > 5
    assert told - set(uitknop.__all__) == set()


@pytest.mark.parametrize("page", sorted({name for name, _ in blocks("python")}))
def test_the_python_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "example"}
    ran = 0
    for name, body in blocks("python"):
        if name == page:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(body, page, "exec"), names)
            ran += 1
    assert ran > 0


def test_the_pages_that_should_show_python_do() -> None:
    assert {"README.md", "python.md"} <= {name for name, _ in blocks("python")}


# --- Pages ---------------------------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """What a link to a heading of a page may be called."""
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\[[^\]]+\]\(([^)\s]+)\)", FENCE.sub("", page.read_text(encoding="utf-8")))
    broken = []
    for link in links:
        if re.match(r"https?://|mailto:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_first_page_leads_to_every_other() -> None:
    first = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    others = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert len(others) >= 3
    assert {name for name in others if f"({name}" not in first} == set()


def test_the_readme_names_goals_that_the_makefile_has() -> None:
    goals = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    told = {name for path in PAGES for name in re.findall(r"`?make ([a-z-]+)", path.read_text(encoding="utf-8"))}
    code = {name for name in told if any(f"make {name}" in body for path in PAGES for body in code_of(path))}
    assert {"demo", "test"} <= code
    assert code - goals == set()


def code_of(path: Path) -> list[str]:
    """Fenced blocks and code in the line."""
    text = path.read_text(encoding="utf-8")
    return [body for _, body in FENCE.findall(text)] + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def test_the_changelog_has_an_unreleased_part() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
