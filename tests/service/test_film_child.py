"""The process that makes films keeps what it has loaded, for more than one engine."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dramatis.clock import Rate, Span
from dramatis.runtime.pool import Pool
from dramatis.runtime.render_lanes import RenderLane
from dramatis.runtime.take_files import written
from dramatis.service import film_child
from dramatis.story import Canvas
from dramatis.take import Engine, Role, Take


def test_workers_of_an_engine_stay_while_another_one_films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_WORKERS", "0")
    told: list[tuple[str, str]] = []

    class Watched(Pool):
        def __init__(self, builder: Callable[[], Engine], lanes: Sequence[RenderLane] = ()) -> None:
            super().__init__(builder, lanes)
            told.append(("begun", self.engine.limits.name))

        def close(self) -> None:
            told.append(("closed", self.engine.limits.name))
            super().close()

    monkeypatch.setattr(film_child, "Pool", Watched)
    (tmp_path / "take.zip").write_bytes(written(Take(Canvas(64, 64, Rate(10)), Span(0, 0.2), (Role("Ada", words="red hair"),))))
    paths = {"take": str(tmp_path / "take.zip"), "output": str(tmp_path / "out.mp4"), "vault": str(tmp_path / "vault")}
    maker = film_child.FilmMaker()
    for engine in ("fake", "drawn", "fake", "drawn"):
        maker.take({"engine": engine, "encoding": "film", **paths}, lambda _: None)
    assert told == [("begun", "fake"), ("begun", "drawn")]
