"""What the documents say to type can be typed, and what they point at is there."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
import typer.main

from dramatis.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md"), ROOT / "Makefile"]
COMMAND = re.compile(r"(?:^|/| {4})dramatis (make|plan|look|measure|stage|doctor)\b([^#`\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)(--?[a-z][a-z-]*)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PATH = re.compile(
    r"`((?:src|tests|docs|benchmarks)/[\w/.-]+|(?:media|story|engines|production|evaluation|runtime|cli)/[\w/.-]+)`"
)


@cache
def options(command: str) -> set[str]:
    """What a command takes."""
    known = typer.main.get_command(app).commands[command]
    return {name for parameter in known.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def said(page: Path) -> list[tuple[str, str]]:
    """Commands with the rest of their lines."""
    return COMMAND.findall(page.read_text())


def test_commands_are_found_in_the_documents() -> None:
    assert {command for page in PAGES for command, _ in said(page)} == {"make", "plan", "look", "measure", "stage", "doctor"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_of_a_document_is_there(page: Path) -> None:
    for command, rest in said(page):
        assert set(OPTION.findall(re.sub(r"\"[^\"]*\"", "", rest))) <= options(command)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_document_names_is_there(page: Path) -> None:
    text = page.read_text()
    named = [page.parent / link for link in LINK.findall(text)]
    for path in PATH.findall(text):
        named.append(ROOT / path if path.startswith(("src", "tests", "docs", "benchmarks")) else ROOT / "src" / "dramatis" / path)
    assert not [path.as_posix() for path in named if not path.exists()]


def test_make_says_what_can_be_made() -> None:
    """Without a target, and without making anything."""
    shown = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True, timeout=60).stdout
    for target in ("film", "test", "lint", "bench", "help"):
        assert f"make {target} " in shown
