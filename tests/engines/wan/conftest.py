"""Engines with tiny weights of each family, written once."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from dramatis.engines.wan import wan_engine
from dramatis.engines.wan.engine import WanEngine
from tests.engines.wan.checkpoints import write


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, ...]]:
    written: dict[str, tuple[Path, ...]] = {}

    def folder(kind: str) -> tuple[Path, ...]:
        if kind not in written:
            written[kind] = write(kind, tmp_path_factory.mktemp(kind) / "weights")
        return written[kind]

    return folder


@pytest.fixture(scope="session")
def engine_of(folders: Callable[[str], tuple[Path, ...]]) -> Callable[[str], WanEngine]:
    read: dict[str, WanEngine] = {}

    def engine(kind: str) -> WanEngine:
        if kind not in read:
            deferred = wan_engine(folders(kind), None)
            deferred.check()
            read[kind] = cast("WanEngine", deferred.build())
        return read[kind]

    return engine
