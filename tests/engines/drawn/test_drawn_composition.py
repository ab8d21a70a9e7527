"""What the drawn engine puts into the picture: faces large and high enough in every shape, sides kept, aims met, nobody early."""

from collections.abc import Sequence

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.drawn.composition import cameras
from dramatis.engines.drawn.shot_script import script_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE
from dramatis.stage.lens import unit
from dramatis.stage.play.script import ACTIONS, GLANCES, Script
from dramatis.story import FRAMINGS, Canvas, Cue, Direction
from dramatis.take import Role, Take, View

pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)
SHAPES = ((1280, 720), (720, 1280), (720, 720), (720, 900))
CAT, ROBOT, MIA, TOM = (
    Role("Cat", words="a cat with a red shirt"),
    Role("Robot", words="a robot with a blue hoodie"),
    Role("Mia", words="a girl with long red hair"),
    Role("Tom", words="a man with short black hair"),
)


def take(cast: Sequence[Role], size: tuple[int, int], view: View = View(), cues: Sequence[Cue] = (), words: str = "") -> Take:  # noqa: B008 - a value
    return Take(Canvas(*size, Rate(25)), Span(0.0, 4.0), tuple(cast), direction=Direction(words, cues=tuple(cues)), view=view)


def heads(shot: Take, at: float = 1.0) -> list[tuple[float, float, float]]:
    """Middle (right and down) and height of everybody's head, in fractions of the picture's width, height and height."""
    script, size = script_of(shot, NOWHERE), (shot.canvas.width, shot.canvas.height)
    (view,), _ = cameras(shot, np.array([at]), ())
    one, (scale, right, down) = unit(size), view.on(0.0)
    found = []
    for part in script.parts:
        x, y = (part.x - 0.5) * size[0] * scale + right * one, (part.y - 0.5) * size[1] * scale + down * one
        found.append((0.5 + x / size[0], 0.5 + y / size[1], part.scale * one * scale / size[1]))
    return found


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("action", ["", *ACTIONS, *GLANCES])
def test_a_single_face_is_large_and_nothing_that_matters_lies_low(size: tuple[int, int], action: str) -> None:
    cues = (Cue("action", action, Span(0.5, 2.5)),) if action else ()
    for framing in ("", "medium close-up", "medium"):
        ((x, y, height),) = heads(take([TOM], size, View(framing), cues))
        assert height >= 0.18
        assert y + height / 2 <= 0.8
        assert y - height / 2 >= 0.02
        assert 0.2 < x < 0.8


@pytest.mark.parametrize("size", SHAPES)
def test_everybody_who_is_framed_is_in_the_picture_and_sides_are_kept(size: tuple[int, int]) -> None:
    cast = [CAT, ROBOT, MIA, TOM]
    for count in (2, 3, 4):
        for framing in ("", *FRAMINGS):
            found = heads(take(cast[:count], size, View(framing)))
            assert all(0.05 < x < 0.95 and 0.02 < y - height / 2 < y + height / 2 < 0.9 for x, y, height in found)
            assert [x for x, _, _ in found] == sorted(x for x, _, _ in found)
    close, wide = (heads(take(cast[:2], size, View(framing, ("Robot",)))) for framing in ("close-up", "wide"))
    assert close[1][2] > 3 * wide[1][2]
    assert close[0][0] < close[1][0]
    assert 0.55 < close[1][0] < 0.65


def test_framings_come_nearer_one_after_the_other() -> None:
    sizes = [heads(take([CAT, ROBOT], (1280, 720), View(framing, ("Cat",))))[0][2] for framing in FRAMINGS]
    assert sizes == sorted(sizes, reverse=True)


def test_the_camera_moves_where_its_cues_say() -> None:
    def seen(what: str, at: float) -> tuple[float, float, float]:
        return heads(take([TOM], (1280, 720), cues=(Cue("camera", what, Span(1.0, 3.0)),)), at)[0]

    for what, place, sign in (
        ("push in", 2, 1),
        ("pull out", 2, -1),
        ("pan left", 0, 1),
        ("pan right", 0, -1),
        ("tilt up", 1, 1),
    ):
        before, after, later = seen(what, 0.9), seen(what, 3.0), seen(what, 3.9)
        assert before == seen("static", 0.9)
        assert sign * (after[place] - before[place]) > 0.02
        assert after == pytest.approx(later)


def script(cast: Sequence[Role], cues: Sequence[Cue]) -> Script:
    return script_of(take(cast, (640, 360), cues=cues), NOWHERE)


def test_hands_go_to_whom_the_words_name() -> None:
    cues = [Cue("action", "hand over", Span(0.5, 2.5), "Mia", to="Tom"), Cue("action", "point", Span(0.5, 2.5), "Tom")]
    mia, _, tom = script([MIA, CAT, TOM], cues).parts
    assert mia.doings[0].to == 2
    assert tom.doings[0].to == 1


def test_emotions_follow_each_other_and_the_strongest_of_those_at_once_is_felt() -> None:
    cues = [
        Cue("emotion", "sadness", Span(0.0, 2.5), "Cat", 0.6, 0.0, 1.0),
        Cue("emotion", "excitement", Span(1.5, 4.0), "Cat", 1.0, 1.0, 0.0),
        Cue("emotion", "anger", Span(1.0, 4.0), "Robot", 1.0),
    ]
    cat, robot = script([CAT, ROBOT], cues).parts
    assert [(mood.what, mood.intensity) for mood in cat.moods] == [("sadness", 0.6), ("excitement", 1.0), ("calm", 1 / 3)][
        : len(cat.moods)
    ]
    assert 1.5 < cat.moods[1].span.start < 2.5
    assert [mood.what for mood in robot.moods][:2] == ["calm", "anger"]


def test_who_says_nothing_keeps_the_mouth_shut_and_known_phones_move_it() -> None:
    from dramatis.engines.drawn.spoken_lines import mouths, utterances

    voice = Waveform(np.full((48_000, 1), 0.1, np.float32), 16_000)
    phones = (("m", 0.5, 0.6), ("a", 0.6, 0.9), ("b", 1.6, 1.7), ("a", 1.7, 2.0))
    speaker = Role("Cat", voice=voice, phones=phones)
    track, shut = mouths([speaker, ROBOT], Span(0.0, 1.0))
    assert shut is None
    assert track is not None
    assert track[55, 0] < 0.05 < track[75, 0]
    assert track[180, 0] > 0.2
    assert [(line.phones[0][1], line.phones[-1][2]) for line in utterances(speaker, NOWHERE)] == [(0.5, 0.9), (1.6, 2.0)]


def test_people_without_words_differ_and_stay_the_same() -> None:
    cast = [Role("Ada"), Role("Bo"), Role("Cy")]
    first, again = script(cast, ()), script(cast, ())
    assert first == again
    assert len({part.person for part in first.parts}) == 3
