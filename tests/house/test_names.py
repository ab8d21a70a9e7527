"""One name, one thing: no module and no class of the package is named as another is."""

import ast
from collections import defaultdict
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "dramatis"
FOLDER_SAYS = {
    "acting": "of a take (`engines/`), of people on the stage",
    "cases": "`evaluation/director`, `evaluation/native`",
    "clips": "of a storyline (`production/`), to train on (`training/`)",
    "engine": "one in each engine's folder",
    "limits": "one in the folder of each engine with weights",
    "expert": "`director/audio`, `director/text`",
    "suite": "`evaluation/director`, `evaluation/native`",
}
"""Modules whose folder makes plain what they are."""
NAMED_AFTER = {"training": "what it trains", "conditioning": "the kind of condition"}
"""Folders whose modules are named after something that another folder holds."""
SAME_IN_EACH = {
    "Block": "what a network repeats",
    "Example": "what one of the trainings learns from",
    "Head": "a transformer's output layer by its published name; a head on the stage",
    "Recipe": "the numbers of one of the trainings",
    "Segment": "of a transformer's sequence; of a shot",
    "View": "what a shot frames (`take.py`); the camera of the portrait engine",
}
"""Classes of which each place has its own."""


def twice(names: dict[str, list[str]]) -> set[str]:
    return {name for name, places in names.items() if len(places) > 1}


def test_a_module_has_a_name_of_its_own() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        if not path.stem.startswith("__") and path.parent.name not in NAMED_AFTER:
            found[path.stem].append(path.as_posix())
    assert twice(found) <= FOLDER_SAYS.keys()


def test_a_class_has_a_name_of_its_own() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.as_posix())
    assert twice(found) <= SAME_IN_EACH.keys()
