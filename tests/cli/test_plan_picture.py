"""The timeline of a plan as a picture: letters that no font has are not drawn as boxes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.cli import plan_picture as drawing
from dramatis.cli.plan_picture import timeline
from dramatis.clock import Rate, Span
from dramatis.story import Canvas, Character, Cue, Direction, Line, Segment, Shot, Storyline


def drawn(name: str, text: str) -> NDArray[np.uint8]:
    cue = Cue("emotion", "calm", Span(0.0, 2.0), who=name)
    shot = Shot(Span(0.0, 2.0), "", (name,), Direction(cues=(cue,)), segments=(Segment(Span(0.2, 1.8), "speech", name, text),))
    storyline = Storyline(Canvas(64, 64, Rate(25)), (Character(name),), (Line(name, "v.wav", 0.0),), (shot,))
    return timeline(storyline, lambda path: (np.zeros(100, np.float32), 50)).pixels


def test_without_a_font_for_them_chinese_names_become_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "asian_font", lambda: None)
    assert np.array_equal(drawn("诺尔", "你好"), drawn("voice 1", ""))


def test_with_a_font_chinese_letters_are_drawn() -> None:
    one, two = drawn("诺尔", "你好"), drawn("汤姆", "再见")
    if np.array_equal(one, drawn("voice 1", "")):
        pytest.skip("the system has no font with Chinese letters")
    assert not np.array_equal(one, two)
