"""Where clips end: the frame rule holds for any film, and cuts lie where nobody speaks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dramatis.clock import Rate, Span
from dramatis.media.sound import Waveform
from dramatis.production.phases.boundaries import FrameGrid, Quiet, cuts, passages, quiet
from dramatis.production.stock import Stock
from dramatis.story import Canvas, Character, Direction, Shot, Storyline

GRID = FrameGrid(clips=Rate(12), blueprint=Rate(3), step=4, most=61, seconds=2.0)
GRIDS = st.builds(
    lambda blueprint, per_frame, step, most, seconds: FrameGrid(
        Rate(blueprint * per_frame), Rate(blueprint), step, most, seconds
    ),
    st.sampled_from([2, 3, 4, 6]),
    st.sampled_from([1, 2, 3, 4, 8]),
    st.sampled_from([1, 4, 8]),
    st.integers(33, 200),
    st.floats(0.5, 8.0),
)
LENGTHS = st.lists(st.floats(0.05, 20.0), min_size=1, max_size=5)
SPANS = st.lists(st.builds(lambda at, long: Span(at, at + long), st.floats(0, 40), st.floats(0.02, 1.0)), max_size=30).map(tuple)


def stock_of(seconds: float, spoken: tuple[tuple[float, float], ...] = ()) -> Stock:
    loudness = np.zeros(round(seconds * 100) + 1, np.float32)
    for start, end in spoken:
        loudness[round(start * 100) : round(end * 100)] = 1.0
    return Stock({}, {}, Waveform(np.zeros((480, 2), np.float32), 48000), loudness)


def storyline_of(lengths: list[float], words: str = "shot {}") -> Storyline:
    ends = np.cumsum([0.0, *lengths]).tolist()
    shots = (Shot(Span(*span), "", ("Ada",), Direction(words.format(n))) for n, span in enumerate(pairwise(ends)))
    return Storyline(Canvas(64, 64, Rate(48)), (Character("Ada"),), (), tuple(shots))


@settings(max_examples=60)
@given(GRIDS, LENGTHS)
def test_the_frame_rule_holds(grid: FrameGrid, lengths: list[float]) -> None:
    storyline = storyline_of(lengths)
    made = passages(storyline, stock_of(sum(lengths)), grid)
    per_blueprint_frame = grid.clips.per_frame_of(grid.blueprint)
    assert made[0].edges[0] == 0
    for before, after in pairwise(made):
        assert before.edges[-1] == after.edges[0]
    for passage in made:
        for first, last in pairwise(passage.edges):
            assert first % grid.step == first % per_blueprint_frame == 0
            assert (last - first) % grid.step == 0
            assert 0 < last - first <= grid.most - 1
    beyond = grid.clips.time(made[-1].edges[-1]) - storyline.seconds
    assert -1e-6 <= beyond < grid.clips.time(grid.unit) + 1e-6


@settings(max_examples=40)
@given(st.integers(1, 400), SPANS, SPANS)
def test_cuts_lie_where_they_disturb_least(units: int, pauses: tuple[Span, ...], gaps: tuple[Span, ...]) -> None:
    heard = Quiet(pauses, gaps)
    end = units * GRID.unit
    edges = cuts(0, end, heard, GRID)
    even = end / (len(edges) - 1)
    assume(even <= 48)  # what can be moved is far from the longest clip
    for number, edge in enumerate(edges[1:-1], 1):
        near = [place for place in range(0, end, GRID.unit) if abs(place - number * even) <= 0.3 * even]
        assert heard.cost(GRID.clips.time(edge)) == min(heard.cost(GRID.clips.time(place)) for place in near)


def test_a_silence_comes_before_a_gap_and_a_gap_before_an_even_cut() -> None:
    silence, gap = Span(2.3, 2.6), Span(1.95, 2.05)
    assert cuts(0, 48, Quiet(), GRID) == (0, 24, 48)
    assert cuts(0, 48, Quiet((silence,), (gap,)), GRID) == (0, 28, 48)
    assert cuts(0, 48, Quiet((), (Span(1.6, 1.7), silence)), GRID) == (0, 20, 48)
    assert cuts(0, 48, Quiet((Span(3.5, 4.0),)), GRID) == (0, 24, 48)  # too far away


def test_pauses_and_gaps_are_heard() -> None:
    heard = quiet(stock_of(3.0, ((0.5, 1.0), (1.1, 2.0))).loudness)
    assert heard.silences == (Span(0.0, 0.5), Span(2.0, 3.01))
    assert heard.gaps == (Span(1.0, 1.1),)


@pytest.mark.parametrize(("words", "count"), [("shot {}", 3), ("one shot", 1)])
def test_shots_of_the_same_words_go_on_without_a_cut(words: str, count: int) -> None:
    made = passages(storyline_of([1.8, 1.0, 1.2], words), stock_of(4.0), GRID)
    assert len(made) == count
    assert sum(len(passage.shots) for passage in made) == 3
