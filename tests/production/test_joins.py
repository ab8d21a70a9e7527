"""The frames around a boundary between clips, and what an edit films again of them, with the fake engine."""

import json
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from dramatis.clock import Span
from dramatis.engines.fake import FakeEngine, Given, read_given, read_number
from dramatis.production.crew import Crew
from dramatis.production.phases.phase import Earlier, TakesByPassage
from dramatis.production.produce import Film, produce
from dramatis.production.stock import Stock
from dramatis.story import Cue, Direction, Storyline
from dramatis.take import Limits, Take
from tests.production.cascading import GRID, crew, frames_of, takes_of

PER_CLIP_FRAME = 4  # frames of the film, which has 48 a second, for each of the clips


@pytest.mark.parametrize(("seconds", "reach", "led"), [(1.0, 4, 0), (2.0, 8, 4)])
def test_joins_are_made_again_between_both_neighbours(
    storyline: Storyline, tmp_path: Path, seconds: float, reach: int, led: int
) -> None:
    """`led` frames after the first one are given, too: they lie before the boundary."""
    vault, asked = tmp_path / "vault", list[Take]()
    whole = replace(storyline, shots=(replace(storyline.shots[0], span=Span(0.0, storyline.seconds)),))
    film = produce(whole, tmp_path / "film.mp4", asking(crew(vault=vault, grid=replace(GRID, seconds=seconds)), asked))
    takes = takes_of(film)
    edges = [key["first frame"] // PER_CLIP_FRAME for key in takes["keyframes"]]
    assert [take["first frame"] + reach for take in takes["joins"]] == edges[1:-1]
    for edge, take in zip(edges[1:-1], takes["joins"], strict=True):
        first, last = edge - reach, edge + reach
        frames = frames_of(vault / f"{take['digest']}.mp4")
        assert [read_number(frame) for frame in frames] == list(range(first, last + 1))
        for number in range(first + led + 1, last):
            assert read_given(frames[number - first]) == Given(None, first + led, last)
    of_joins = {Given(None, edge - reach + led, edge + reach) for edge in edges[1:-1]}
    for take in asked:
        assert take.prior is not None
        start, end = (take.prior.canvas.rate.nearest(at) for at in (take.prior.span.start, take.prior.span.end))
        inner = [number for number in (start + reach, end - reach) if number in edges[1:-1]]
        assert set(inner) == {round(at * 12) for at in (take.span.start, take.span.end)} & set(edges[1:-1])
        made_again = {start + place for place, frame in enumerate(take.prior.frames) if read_given(frame) in of_joins}
        near = {number for edge in edges[1:-1] for number in range(edge - reach + led + 1, edge + reach)}
        assert made_again == near & set(range(start, end + 1))


def asking(made: Crew, asked: list[Take]) -> Crew:
    """The crew, with what its last phase asks for put into a list."""
    *inner, last = made.phases

    def takes(storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
        planned = last.takes(storyline, stock, limits, earlier)
        asked.extend(chain.from_iterable(planned))
        return planned

    return replace(made, phases=(*inner, replace(last, takes=takes)))


def slow(storyline: Storyline) -> Storyline:
    """At the rate of its clips: long films are made sooner."""
    return replace(storyline, canvas=replace(storyline.canvas, rate=GRID.clips))


def filmed_again(film: Film) -> dict[str, list[float]]:
    """By phase: the seconds at which takes begin that were not in the vault."""
    phases = json.loads(film.report.read_text())["phases"]
    fps = {phase["name"]: phase["canvas"]["fps"] for phase in phases}
    return {
        name: [take["first frame"] / fps[name] for take in takes if not take["from the vault"]]
        for name, takes in takes_of(film).items()
    }


def test_an_edit_of_one_of_six_shots_films_only_that_shot(storyline: Storyline, tmp_path: Path) -> None:
    """It lasts from 6 to 8 s; a passage begins one frame before it is seen, here on the grid of four frames before."""
    shots = tuple(
        replace(storyline.shots[0], span=Span(2.0 * n, 2.0 * n + 2), direction=Direction(f"shot {n}")) for n in range(6)
    )
    kept, six = crew(vault=tmp_path / "vault", blueprint=FakeEngine()), replace(slow(storyline), shots=shots)
    counts = {name: len(takes) for name, takes in takes_of(produce(six, tmp_path / "film.mp4", kept)).items()}
    edited = replace(six, shots=(*shots[:3], replace(shots[3], direction=Direction("another shot 3")), *shots[4:]))
    again = filmed_again(produce(edited, tmp_path / "edited.mp4", kept))
    for name, begun in again.items():
        assert begun, name
        assert len(begun) <= counts[name] / 6 + 1
        assert min(begun) >= 6 - 4 / 12
        assert max(begun) <= 8


def test_an_edit_within_a_shot_leaves_alone_what_is_before_it(storyline: Storyline, tmp_path: Path) -> None:
    """The blueprint's take that sees the cue begins at 2.7 s; a clip up to a new keyframe changes, and a join with that one."""
    whole = replace(storyline.shots[0], span=Span(0.0, 8.0))
    kept, before = crew(vault=tmp_path / "vault"), replace(slow(storyline), shots=(whole,))
    produce(before, tmp_path / "film.mp4", kept)
    nod = Direction(whole.direction.words, cues=(Cue("action", "nod", Span(7.0, 7.5)),))
    film = produce(replace(before, shots=(replace(whole, direction=nod),)), tmp_path / "edited.mp4", kept)
    assert [take["first frame"] for take in takes_of(film)["blueprint"]] == [0, 4, 8, 20]
    again = {name: min(begun) for name, begun in filmed_again(film).items()}
    assert again.pop("blueprint") == pytest.approx(8 / 3)
    edges = [take["first frame"] / 12 for take in takes_of(film)["keyframes"]]
    changed = next(number for number, edge in enumerate(edges) if edge > 8 / 3)
    assert again == {
        "keyframes": edges[changed],
        "clips": edges[changed - 1],
        "joins": edges[changed - 1] - GRID.step / 12,
        "finish": edges[changed - 2],
    }
