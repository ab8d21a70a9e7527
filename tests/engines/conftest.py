"""The conformance suite as a fixture, since test modules do not import each other."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _load() -> ModuleType:
    name = "dramatis_conformance"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("conformance.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


CHECKS = {check.__name__: check for check in _load().CHECKS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `conforms` runs once for each check of the suite: `conforms(engine, take)`."""
    if "conforms" in metafunc.fixturenames:
        metafunc.parametrize("conforms", CHECKS.values(), ids=CHECKS.keys())
