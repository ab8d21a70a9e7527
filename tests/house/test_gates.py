"""The limits that keep the code readable (CONTRIBUTING.md), held over the syntax tree. A limit is not silenced line by line."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "dramatis"
FOLDERS = [SOURCE, ROOT / "tests", ROOT / "benchmarks", ROOT / "examples"]
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*.py"))
LONGEST_FUNCTION = 60
LONGEST_FILE = 330
MOST_PARAMETERS = 7
MOST_OF_A_COMMAND = 15  # its parameters are what the user types: one argument and fourteen options
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "processor", "pipeline", "misc"}
PYAV_LIVES_IN = {
    "media/videos/exports.py",
    "media/videos/gif_files.py",
    "media/videos/luma_frames.py",
    "media/videos/container.py",
    "media/videos/video.py",
    "media/sounds/tracks.py",
    "media/videos/reel.py",
    "media/sounds/speech_files.py",
}
SILENCED = re.compile(r"# (noqa|type: ignore)")
REASONED = re.compile(r"# noqa: [A-Z0-9, ]+ - \w|# type: ignore\[[a-z, -]+\]  # \w")
FRAMEWORKS = {"transformers", "diffusers", "jax", "tensorflow"}
FRAMEWORKS_LIVE_IN = {
    "models/published/autoencoder.py",
    "models/published/autoencoder_keys.py",
    "models/published/clip.py",
    "models/published/umt5.py",
    "models/published/wav2vec2.py",
}
"""Encoders of published models."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """All but self and cls, the keyword-only ones too."""
    given = function.args
    named = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in named if name not in {"self", "cls"}]) + bool(given.vararg) + bool(given.kwarg)


def is_command(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    called = [mark.func for mark in function.decorator_list if isinstance(mark, ast.Call)]
    return any(isinstance(name, ast.Attribute) and name.attr == "command" for name in called)


def imports(tree: ast.AST) -> Iterator[str]:
    """Top names of everything imported, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def reads_environment(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} for node in ast.walk(tree))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_and_files_are_short(path: Path) -> None:
    text = path.read_text()
    faults = [f"{len(text.splitlines())} lines"] if len(text.splitlines()) > LONGEST_FILE else []
    for function in functions(parsed(path)):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            faults.append(f"{function.name}: {length} lines")
        if parameters(function) > (MOST_OF_A_COMMAND if is_command(function) else MOST_PARAMETERS):
            faults.append(f"{function.name}: {parameters(function)} parameters")
    assert not faults


def test_modules_are_named_after_what_is_in_them() -> None:
    assert not [name_of(path) for path in FILES if FORBIDDEN_NAMES & {path.stem, *path.parts[len(ROOT.parts) : -1]}]


def test_pyav_is_imported_where_video_is_read_and_written() -> None:
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if "av" in imports(parsed(path))}
    assert found == PYAV_LIVES_IN


def test_torch_is_the_only_framework_of_our_own_models() -> None:
    found = [path for path in SOURCE.rglob("*.py") if FRAMEWORKS & set(imports(parsed(path)))]
    assert {path.relative_to(SOURCE).as_posix() for path in found} <= FRAMEWORKS_LIVE_IN


def test_the_environment_is_read_in_one_file() -> None:
    assert len([name_of(path) for path in SOURCE.rglob("*.py") if reads_environment(parsed(path))]) <= 1


def test_limits_are_not_silenced() -> None:
    """No `noqa` or `type: ignore` stands without a reason beside it."""
    faults = [
        f"{name_of(path)}:{number}"
        for path in FILES
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if SILENCED.search(line) and not REASONED.search(line)
    ]
    assert not faults
