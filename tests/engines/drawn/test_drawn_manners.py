"""What a stranger would notice in drawn films: mouths stay in sight, who sat stays seated, hands talk, nobody is cut in half."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.engines.drawn import DrawnEngine
from dramatis.engines.drawn.composition import cameras
from dramatis.engines.drawn.mouth_places import mouth_places
from dramatis.engines.drawn.shot_script import script_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE
from dramatis.stage.people.pose import Pose
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Role, Take, View

pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)
CAT, MIA, TOM = (
    Role("Cat", words="a cat with a red shirt"),
    Role("Mia", words="a girl with long red hair"),
    Role("Tom", words="a man with short black hair"),
)
WIDE, UPRIGHT = (1280, 720), (720, 1280)


def take(
    cast: Sequence[Role], size: tuple[int, int], framing: str, cues: Sequence[Cue] = (), focus: tuple[str, ...] = ()
) -> Take:
    direction = Direction("in a park", cues=tuple(cues))
    return Take(Canvas(*size, Rate(25)), Span(0.0, 4.0), tuple(cast), direction=direction, view=View(framing, focus))


def seen(shot: Take, at: float) -> list[dict[str, tuple[float, float]]]:
    """The places of everybody's face and joints in the picture, in fractions of its width and height."""
    from dramatis.stage.people.acting import perform
    from dramatis.stage.people.figure import landmarks
    from dramatis.stage.theatre import placed

    size, script = (shot.canvas.width, shot.canvas.height), script_of(shot, NOWHERE)
    poses = perform(script, np.array([at]))
    (view,), _ = cameras(shot, np.array([at]), poses)
    marks = [landmarks(part.person, row[0], placed(part, view, size)) for part, row in zip(script.parts, poses, strict=True)]
    return [{name: (x / size[0], y / size[1]) for name, (x, y) in one.points.items()} for one in marks]


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
@pytest.mark.parametrize("pair", [(TOM, CAT), (MIA, TOM), (CAT, MIA)])
@pytest.mark.parametrize("action", ["point", "hand over"])
def test_hands_that_are_aimed_at_somebody_stay_below_all_faces(
    size: tuple[int, int], pair: tuple[Role, Role], action: str
) -> None:
    for who, other in (pair, pair[::-1]):
        cues = [Cue("action", action, Span(0.5, 2.7), who.name, 1.0, to=other.name)]
        for at in np.arange(0.5, 2.8, 0.1):
            both = seen(take(pair, size, "medium", cues), float(at))
            acting = both[pair.index(who)]
            for wrist in (acting["left_wrist"], acting["right_wrist"]):
                assert all(wrist[1] > one["mouth_bottom"][1] + 0.03 for one in both)


def test_who_sits_down_stays_seated_until_told_otherwise() -> None:
    sits, stands = Cue("action", "sit down", Span(0.5, 2.5), "Tom"), Cue("action", "stand up", Span(2.6, 3.6), "Tom")
    heights = [seen(take([CAT, TOM], WIDE, "full", [sits]), at)[1]["chin"][1] for at in (0.4, 2.4, 3.9)]
    assert heights[0] + 0.05 < heights[1] == pytest.approx(heights[2], abs=0.01)
    risen = seen(take([CAT, TOM], WIDE, "full", [sits, stands]), 3.9)[1]["chin"][1]
    assert risen == pytest.approx(heights[0], abs=0.01)
    already = Cue("action", "sit down", Span(0.0, 0.0), "Tom")
    cat, tom = seen(take([CAT, TOM], WIDE, "full", [already]), 0.0)
    assert tom["chin"][1] > cat["chin"][1]


def test_who_is_framed_alone_is_alone_and_looks_across_the_picture() -> None:
    for size in (WIDE, UPRIGHT):
        for framing in ("close-up", "medium close-up", "medium"):
            cat, tom = seen(take([CAT, TOM], size, framing, focus=("Tom",)), 1.0)
            assert max(x for x, _ in cat.values()) < 0.0
            assert 0.5 < tom["nose"][0] < 0.65


def test_two_people_in_an_upright_picture_are_large() -> None:
    for framing in ("", "medium"):
        both = seen(take([CAT, TOM], UPRIGHT, framing), 1.0)
        assert all(2 * (one["chin"][1] - one["nose"][1]) > 0.12 and one["chin"][1] < 0.8 for one in both)
        assert all(0.12 < one["nose"][0] < 0.88 for one in both)


def test_nobody_is_in_the_picture_before_walking_in() -> None:
    for framing in ("medium", "wide"):
        shot = take([CAT, TOM], WIDE, framing, [Cue("action", "walk in", Span(2.0, 4.0), "Tom")])
        assert min(x for x, _ in seen(shot, 1.0)[1].values()) > 1.0
        assert seen(shot, 3.99)[1]["nose"][0] < 0.9


def test_captions_are_told_where_mouths_are_while_the_camera_moves() -> None:
    shot = take([TOM], WIDE, "medium close-up", [Cue("camera", "tilt up", Span(0.0, 2.5), None, 1.0)])
    boxes = mouth_places([(shot.span, shot)])
    first, last = boxes[0][1], boxes[-1][1]
    assert first[3] < 0.75 * 720 < last[3]
    assert (boxes[0][0].start, boxes[-1][0].end) == (0.0, 4.0)


def test_hands_of_who_speaks_stress_words_and_others_rest() -> None:
    phones = tuple(("a" if k % 2 else "t", 0.2 * k, 0.2 * k + 0.2) for k in range(20))
    speaker = Role("Tom", TOM.look, Waveform(np.full((64_000, 1), 0.1, np.float32), 16_000), TOM.words, phones)
    cat, tom = script_of(take([CAT, speaker], WIDE, "medium"), NOWHERE).parts
    assert len(tom.doings) > len(cat.doings) == 0
    assert not script_of(take([CAT, speaker], WIDE, "close-up"), NOWHERE).parts[1].doings


def test_around_two_who_are_framed_nobody_is_cut_in_half() -> None:
    ben = Role("Ben", words="a boy with curly blond hair")
    for size in (WIDE, UPRIGHT):
        cat, mia, tom, last = seen(take([CAT, MIA, TOM, ben], size, "medium", focus=("Mia", "Tom")), 1.0)
        assert max(x for x, _ in cat.values()) < 0.0 < mia["nose"][0] < tom["nose"][0] < 1.0 < min(x for x, _ in last.values())


@pytest.mark.parametrize("count", [3, 4])
def test_in_upright_pictures_no_face_of_a_group_hides_another_and_none_lies_low(count: int) -> None:
    ada = Role("Ada", words="a woman with long black hair")
    for framing in ("wide", "medium", "medium close-up"):
        faces = seen(take([ada, CAT, MIA, TOM][:count], UPRIGHT, framing), 1.0)
        eyes = [(one["left_eye"][0], one["right_eye"][0]) for one in faces]
        assert all(0.03 < left < right < 0.97 for left, right in eyes)
        assert all(right + 0.04 < left for (_, right), (left, _) in pairwise(eyes))
        assert max(one["chin"][1] for one in faces) < 0.7


def frame(words: str, cues: Sequence[Cue] = (), at: float = 0.0, size: tuple[int, int] = (320, 180)) -> NDArray[np.int16]:
    """One frame of a man in a wide shot."""
    first = round(25 * at)
    direction = Direction(words, cues=tuple(cues))
    shot = Take(Canvas(*size, Rate(25)), Span(first / 25, first / 25), (TOM,), direction=direction, view=View("wide"))
    return np.asarray(next(iter(DrawnEngine().render(shot).frames)), np.int16)


def test_a_chair_comes_with_who_sits_down() -> None:
    sits = [Cue("action", "sit down", Span(2.0, 3.2))]
    standing = np.abs(frame("in a park", sits) - frame("in a park"))
    assert standing.max() == 0
    wood = frame("in a park", sits, 3.0)[100:, 120:200]
    assert ((wood[..., 0] > wood[..., 2] + 60) & (wood[..., 0] > 120)).sum() > 20


@pytest.mark.parametrize("style", ["shaded", "flat"])
def test_the_kitchen_has_a_floor_in_pictures_of_any_size(style: str) -> None:
    """Left of where people stand: as light in small pictures as in large ones, and lighter than the counter."""
    small = frame(f"{style} drawing\nin a kitchen")
    large = frame(f"{style} drawing\nin a kitchen", size=(800, 450))
    counter, floor, truth = small[118:124, 10:60].mean((0, 1)), small[150:160, 10:60].mean((0, 1)), large[375:400, 25:150]
    assert np.abs(floor - truth.mean((0, 1))).max() < 12
    assert floor.mean() > counter.mean() + 15


def test_who_is_angry_for_long_frowns_less_after_a_while() -> None:
    def anger(until: float) -> list[float]:
        cues = [Cue("emotion", "anger", Span(0.0, until))]
        moods = script_of(take([TOM], WIDE, "medium", cues), NOWHERE).parts[0].moods
        return [mood.intensity for mood in moods if mood.what == "anger"]

    first, later = anger(30.0)
    assert first > 2 * later > 0
    assert anger(4.0) == [first]


def test_people_by_night_have_their_colours_in_the_light_of_the_night() -> None:
    from dramatis.stage.grading import graded
    from dramatis.stage.places.weather import people_grade
    from dramatis.stage.play.script import Place

    day, night = (frame(f"flat drawing\nin a park{light}")[100, 160] for light in ("", ", at night"))
    colour = graded(int(day[0]) << 16 | int(day[1]) << 8 | int(day[2]), people_grade(Place("park", "night")))
    assert np.abs(night - [colour >> 16, colour >> 8 & 255, colour & 255]).max() <= 1
    assert np.abs(night - day).max() > 20


def spoken(name: str, words: str, start: float) -> Role:
    """Somebody who speaks for 1.6 s."""
    phones = tuple(("a" if k % 2 else "t", start + 0.2 * k, start + 0.2 * k + 0.2) for k in range(8))
    return Role(name, None, Waveform(np.full((64_000, 1), 0.1, np.float32), 16_000), words, phones)


def posed(shot: Take, at: float) -> list[Pose]:
    from dramatis.stage.people.acting import perform

    return [row[0] for row in perform(script_of(shot, NOWHERE), np.array([at]))]


def test_people_stand_turned_to_each_other_and_look_at_who_speaks() -> None:
    cast = (spoken("Cat", CAT.words, 0.2), MIA, spoken("Tom", TOM.words, 2.2))
    for at in (1.4, 3.4):
        cat, mia, tom = posed(take(cast, WIDE, "medium"), at)
        assert min(cat.turn, cat.yaw, -tom.turn, -tom.yaw) > 10
        assert cat.gaze[0] > 0 > tom.gaze[0]
        assert (mia.yaw > 10) == (at > 2)
    left = Cue("action", "turn left", Span(0.5, 3.5), "Cat")
    assert posed(take(cast, WIDE, "medium", [left]), 2.0)[0].yaw < -20


def test_who_listens_to_tears_does_not_smile() -> None:
    sad = Cue("emotion", "sadness", Span(0.0, 4.0), "Tom", 1.0)
    gay, sorry = (posed(take([CAT, TOM], WIDE, "medium", cues), 2.0)[0] for cues in ([], [sad]))
    assert gay.smile > 0.1
    assert sorry.smile < -0.1
    assert sorry.brows[0] > gay.brows[0] + 0.3


def test_what_was_handed_over_stays_in_the_hand() -> None:
    gives = Cue("action", "hand over", Span(0.5, 2.0), "Tom", 1.0, to="Cat")
    cat, tom = posed(take([CAT, TOM], WIDE, "medium", [gives]), 3.9)
    assert (cat.held, tom.held) == ("box", None)
    assert cat.right_hand is not None
    given = Cue("action", "hand over", Span(0.0, 0.0), "Tom", 1.0, to="Cat")  # as later shots have it
    assert posed(take([CAT, TOM], WIDE, "medium", [given]), 0.0)[0].held == "box"


def test_who_greets_or_stresses_words_raises_the_hand_at_the_others_side() -> None:
    wave = Cue("action", "wave", Span(0.5, 2.5), None)
    cat, tom = posed(take([CAT, TOM], WIDE, "medium", [wave]), 1.5)
    assert cat.right_hand is not None
    assert tom.left_hand is not None
    assert (cat.left_hand, tom.right_hand) == (None, None)
    beats = script_of(take([spoken("Cat", CAT.words, 0.2), TOM], WIDE, "medium"), NOWHERE).parts[0].doings
    assert {doing.what for doing in beats} == {"right beat"}


def test_lamps_and_frames_do_not_stand_behind_heads() -> None:
    from dramatis.engines.drawn.backgrounds import set_aside

    place = Direction("in a library")
    shots = [replace(take([CAT, TOM], WIDE, framing, focus=focus), direction=place, seed=seed)
             for framing, focus in (("close-up", ("Tom",)), ("medium", ())) for seed in range(3)]  # fmt: skip
    asides = [set_aside(shot, script_of(shot, NOWHERE)) for shot in shots]
    assert all(abs(aside) <= 0.28 for aside in asides)
    assert len(set(asides)) > 1
