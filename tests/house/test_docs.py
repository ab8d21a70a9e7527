"""The pages are correct: every command line can be typed, every Python block runs, every link and every path exists."""

import ast
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

import pytest
import typer.main

from dramatis.cli.app import app

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "dramatis"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
HISTORY = {ROOT / "docs/log.md", *ROOT.glob("docs/decisions/*.md")}
"""Dated pages. What they name may be gone since, so only their links are checked."""
LIVING = [page for page in PAGES if page not in HISTORY]
SCRIPTS = [ROOT / "Makefile", *ROOT.glob("runs/*.sh")]
MODULES = sorted(SOURCE.rglob("*.py"))

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^(?: {4}|\t)(.+)$", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|/|\s|@)dramatis ([a-z]+)\b(.*)")
PROGRAM = re.compile(r"\bpython (?:-m (?P<module>[\w.]+)(?: (?P<what>[a-z]+))?|(?P<file>[\w/]+\.py))")
OPTION = re.compile(r"--[a-z][a-z-]*")
TARGET = re.compile(r"make ([a-z]+)")
SUFFIXES = r"py|md|sh|toml|npy|safetensors"
PATH = re.compile(rf"[\w.-]+(?:/[\w.-]+)+/?|[\w-]+/|[\w-]+\.(?:{SUFFIXES})")
NAMED = re.compile(rf"(?<![\w./-])(?:[\w-]+/)*[\w-]+\.(?:{SUFFIXES})\b")
"""Of running text and docstrings: a file's name with one of our suffixes."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def commands() -> dict[str, typer.core.TyperCommand]:
    return dict(typer.main.get_command(app).commands)


@cache
def targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@cache
def measured() -> frozenset[str]:
    """Parts of the benchmarks, read from the tables of their command (importing them takes seconds)."""
    tree = ast.parse((ROOT / "benchmarks" / "__main__.py").read_text())
    keys = [key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys]
    return frozenset(key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def lines(text: str) -> list[str]:
    """Lines of code: of code blocks, indented ones (those that a Makefile echoes without their quotes), and inline code."""
    fenced = [line for _, block in BLOCK.findall(text) for line in block.splitlines()]
    rest = BLOCK.sub("", text)
    indented = [" ".join(shlex.split(line)[1:]) if line.startswith("@echo ") else line for line in INDENTED.findall(rest)]
    return [*fenced, *indented, *INLINE.findall(rest)]


def typed(line: str) -> tuple[str, list[str]] | None:
    """A command of ours and its arguments; None for another line."""
    found = COMMAND.search(line)
    return None if found is None else (found[1], shlex.split(found[2], comments=True))


def faults(line: str) -> list[str]:
    """What cannot be typed in a line."""
    found = typed(line)
    if found is not None:
        return _parsed(*found)
    program, target = PROGRAM.search(line), TARGET.fullmatch(line)
    if target is not None and target[1] not in targets():
        return [f"{line}: no such target"]
    if program is not None:
        return [] if _runs(program) else [f"{line}: no such program"]
    if not line.startswith("--"):
        return []
    known = {name for command in commands().values() for one in command.params for name in one.opts}
    return [f"{line}: no command has this option" for option in OPTION.findall(line) if option not in known]


def _parsed(command: str, arguments: list[str]) -> list[str]:
    """A command is parsed with its arguments; a command alone only has to be there."""
    if command not in commands():
        return [f"dramatis {command}: no such command"]
    if not arguments:
        return []
    try:
        commands()[command].make_context(command, list(arguments))
    except Exception as fault:  # whatever the parser raises is what a user would see
        return [f"dramatis {command} {shlex.join(arguments)}: {fault}"]
    return []


def _runs(program: re.Match[str]) -> bool:
    """Whether a script or a module of ours, with a benchmark's name behind it, is there; other modules are not ours."""
    if program["file"]:
        return (ROOT / program["file"]).exists()
    module = program["module"]
    if module == "benchmarks" and program["what"]:
        return program["what"] in measured()
    return not module.startswith("benchmarks") or (ROOT / f"{module.replace('.', '/')}.py").exists() or module == "benchmarks"


def found(name: str, page: Path) -> bool:
    """Whether a path is there: beside the page, from the root, or from the package, as sentences write it."""
    return any((folder / name).exists() for folder in (page.parent, ROOT, SOURCE))


def paths(text: str) -> set[str]:
    """Paths that a page names: in inline code, and files of ours in running text."""
    prose = re.sub(r"https?://\S+", "", INDENTED.sub("", BLOCK.sub("", text)))
    return {code for code in INLINE.findall(prose) if PATH.fullmatch(code)} | set(NAMED.findall(prose))


def said_of(module: Path) -> set[str]:
    """Files that docstrings and comments of a module name."""
    text = module.read_text()
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr)]
    told = [node.value for node in strings if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return set(NAMED.findall("\n".join([*told, *re.findall(r"#.*", text)])))


def test_the_pages_show_every_command() -> None:
    assert {said[0] for page in LIVING for line in lines(page.read_text()) if (said := typed(line))} == set(commands())


@pytest.mark.parametrize("page", [*LIVING, *SCRIPTS], ids=name_of)
def test_every_command_line_can_be_typed(page: Path) -> None:
    assert not [fault for line in lines(page.read_text()) for fault in faults(line)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert not [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", LIVING, ids=name_of)
def test_every_path_of_a_page_is_there(page: Path) -> None:
    assert not [name for name in sorted(paths(page.read_text())) if not found(name, page)]


def test_every_file_that_a_docstring_names_is_there() -> None:
    assert not [f"{name_of(module)}: {name}" for module in MODULES for name in sorted(said_of(module)) if not found(name, module)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")
    for kind, block in BLOCK.findall(page.read_text()):
        if kind == "python":
            exec(compile(block, name_of(page), "exec"), {})


def test_a_path_that_is_gone_is_found_out() -> None:
    """The checks above can fail: they know what is there from what is not."""
    page = ROOT / "README.md"
    assert paths("`media/gone.py`, `cli/`, docs/gone.md, `film.mp4` and `[-1, 1]`") == {"media/gone.py", "cli/", "docs/gone.md"}
    assert not any(found(name, page) for name in ("media/gone.py", "docs/gone.md", "gone/"))
    assert all(found(name, page) for name in ("cli/", "media/videos/reel.py", "docs/usage.md"))
    assert faults("dramatis make --portrait a.png -o film.mp4") == []
    for line in ("dramatis make --colour red", "dramatis sing", "python -m benchmarks gone", "make gone", "--gone"):
        assert faults(line)


def test_make_says_what_can_be_made() -> None:
    """Without a target, and without making anything."""
    shown = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True, timeout=120).stdout
    for target in ("film", "test", "lint", "bench", "help"):
        assert f"make {target} " in shown


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 90
