"""Drawn frames and the truth about them agree, whatever is asked for, in whatever order."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("skia", reason="the stage draws with skia (the extra `stage`)", exc_type=ImportError)

from dramatis.clock import Span
from dramatis.models.pose_sequence import POINTS
from dramatis.stage.lens import PUSH
from dramatis.stage.places.physics import BOUNCE, GROUND, ball_at, stack_at
from dramatis.stage.play.script import (
    HAPPENINGS,
    LIGHTS,
    NATIVE,
    SETS,
    STYLES,
    WEATHERS,
    WHOLE,
    Doing,
    Part,
    Person,
    Place,
    Script,
    Shooting,
    Utterance,
)
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Frames, Theatre
from dramatis.stage.truth import Truth

SIZE = (256, 144)
ANNA = Person("woman", "average", "light", "oval", "short", "black", "none", "none", "shirt", "red", 3)
BEN = Person("man", "average", "tan", "oval", "short", "red", "none", "round", "hoodie", "blue", 4)


PARK, STILL = Place("park"), Shooting()


def script(*parts: Part, camera: Shooting = STILL, place: Place = PARK) -> Script:
    return Script(2.5, place, parts, camera, seed=7)


def film(what: Script, *times: float, size: tuple[int, int] = SIZE, masks: bool = False) -> tuple[Frames, Truth]:
    return Theatre(what).film(size, np.array(times), masks)


def test_a_frame_does_not_depend_on_the_frames_around_it() -> None:
    for number in (0, 3, 5):
        what = write(WHOLE, number, "train", 2.5)
        together, _ = film(what, 0.2, 0.9, 1.6, 2.4)
        alone, _ = film(what, 1.6)
        assert (together[2] == alone[0]).all()


def test_a_still_camera_gives_the_same_frames_as_single_ones() -> None:
    what = script(Part(ANNA, doings=(Doing("wave", Span(0.3, 2.0)),)))
    together, _ = film(what, 0.0, 0.7, 1.4)
    assert (together == np.concatenate([film(what, time)[0] for time in (0.0, 0.7, 1.4)])).all()


@pytest.mark.parametrize("size", [(256, 144), (144, 144), (144, 256), (512, 288)])
def test_any_size_shows_the_face_where_the_truth_says(size: tuple[int, int]) -> None:
    frames, truth = film(script(Part(ANNA, scale=0.3)), 0.0, size=size)
    assert frames.shape == (1, size[1], size[0], 3)
    left, top, right, bottom = truth.heads[0, 0]
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    eyes = truth.points[0, 0, [POINTS.index("left_eye"), POINTS.index("right_eye")]]
    mouth = truth.points[0, 0, POINTS.index("mouth_top")]
    assert (eyes[:, 1] < mouth[1]).all()
    assert eyes[0, 0] < mouth[0] < eyes[1, 0]


def test_masks_are_where_the_drawing_changes() -> None:
    """A frame with the person and one without differ inside the mask, and nowhere else."""
    with_her, truth = film(script(Part(ANNA)), 1.0, masks=True)
    without, _ = film(script(), 1.0)
    changed = (with_her[0].astype(int) != without[0]).any(2)
    mask = truth.masks[0, 0] > 0
    assert not changed[~mask].any()
    assert changed[truth.masks[0, 0] == 255].mean() > 0.98
    left, top, right, bottom = truth.bodies[0, 0]
    rows, columns = np.nonzero(truth.masks[0, 0] > 128)
    grown = 0.12 * (bottom - top)
    assert left - grown <= columns.min()
    assert columns.max() <= right + grown
    assert top - grown <= rows.min()


def test_who_is_nearer_hides_who_is_farther() -> None:
    _, truth = film(script(Part(ANNA, x=0.45, scale=0.3), Part(BEN, x=0.55, scale=0.4)), 0.0, masks=True)
    assert truth.order == (0, 1)
    alone = film(script(Part(ANNA, x=0.45, scale=0.3)), 0.0, masks=True)[1].masks
    near = truth.masks[0, 1] == 255
    assert (truth.masks[0, 0][near] == 0).all()
    assert (alone[0, 0][near] == 255).any()


@pytest.mark.parametrize(
    ("move", "axis", "way"), [("pan right", 0, -1), ("pan left", 0, 1), ("tilt up", 1, 1), ("tilt down", 1, -1)]
)
def test_the_picture_moves_as_the_camera_s_truth_says(move: str, axis: int, way: int) -> None:
    import cv2

    frames, truth = film(script(camera=Shooting(move, 1.0), place=Place("living room")), 1.0, 1.25)
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32) for frame in frames]
    measured = cv2.phaseCorrelate(*grey, cv2.createHanningWindow(SIZE, cv2.CV_32F))[0][axis]
    told = float((truth.camera[1] - truth.camera[0])[1 + axis])
    assert np.sign(told) == way
    assert measured == pytest.approx(told, rel=0.3)


def test_pushing_in_at_full_speed_makes_a_person_half_as_large_again() -> None:
    _, truth = film(script(Part(ANNA, scale=0.24), camera=Shooting("push in", 1.0)), 0.0, 2.5, masks=True)
    heights = truth.heads[:, 0, 3] - truth.heads[:, 0, 1]
    assert heights[1] / heights[0] == pytest.approx(PUSH, rel=0.05)
    assert truth.camera[1, 0] == pytest.approx(PUSH)
    assert (truth.masks[1] > 128).sum() > 1.4 * (truth.masks[0] > 128).sum()


def test_the_background_grows_less_than_the_person_and_turns_in_an_orbit() -> None:
    place = Place("beach")
    moved, _ = film(script(camera=Shooting("orbit", 1.0), place=place), 0.0, 2.5)
    _, truth = film(script(Part(ANNA), camera=Shooting("orbit", 1.0), place=place), 0.0, 2.5)
    assert (moved[0] != moved[1]).mean() > 0.2
    middles = (truth.heads[:, 0, 0] + truth.heads[:, 0, 2]) / 2
    assert abs(middles[1] - middles[0]) < 0.05 * SIZE[0]


def test_a_camera_that_follows_keeps_who_walks_in_its_place() -> None:
    walker = Part(ANNA, doings=(Doing("walk in", Span(0.2, 2.0)),))
    held, _ = film(script(walker, camera=Shooting("follow")), 0.5)
    _, followed = film(script(walker, camera=Shooting("follow")), 0.5, 2.4)
    _, seen = film(script(walker), 0.5, 2.4)
    assert np.ptp(followed.points[:, 0, POINTS.index("neck"), 0]) < 0.2 * np.ptp(seen.points[:, 0, POINTS.index("neck"), 0])
    assert held.any()


def test_truth_says_what_is_said_felt_and_done() -> None:
    phones = (("m", 0.5, 0.7), ("a", 0.7, 1.1))
    what = script(Part(ANNA, speech=(Utterance("", 0.5, phones),), doings=(Doing("nod", Span(1.5, 2.2)),)))
    _, truth = film(what, 0.2, 0.6, 0.95, 1.8)
    assert truth.phones[0] == ("", "m", "a", "")
    assert truth.speaking[:, 0].tolist() == [False, True, True, False]
    assert truth.action[:, 0].tolist() == [-1, -1, -1, 1]
    assert truth.opening[2, 0] > 0.05 > truth.opening[1, 0]
    assert truth.shapes.shape == (4, 1, 8)


@pytest.mark.parametrize("name", SETS)
def test_every_set_has_its_own_look_in_every_style(name: str) -> None:
    styles = [film(replace(script(place=Place(name)), style=style), 0.0, size=(64, 36))[0] for style in STYLES]
    assert all((one != other).any() for k, one in enumerate(styles) for other in styles[:k])
    seeds = [film(script(place=Place(name, seed=seed)), 0.0, size=(64, 36))[0] for seed in range(6)]
    assert any((seeds[0] != other).any() for other in seeds[1:])


def test_light_weather_and_happenings_are_seen() -> None:
    plain, _ = film(script(), 1.4)
    for field, words in (("light", LIGHTS), ("weather", WEATHERS), ("happening", HAPPENINGS)):
        for word in words[1:]:
            shown, _ = film(script(place=replace(PARK, **{field: word})), 1.4)
            assert (shown != plain).mean() > 0.002, word


def test_a_ball_falls_bounces_and_loses_height() -> None:
    heights = np.array([GROUND - ball_at(1, time)[1] for time in np.arange(0, 4, 0.01)])
    tops = [h for a, h, b in zip(heights, heights[1:], heights[2:], strict=False) if a < h >= b]
    assert len(tops) >= 3
    assert tops[1] / tops[0] < BOUNCE
    assert heights.min() > 0


def test_a_stack_stands_until_it_is_pushed_and_ends_on_the_ground() -> None:
    assert stack_at(0, -0.1) == stack_at(0, 0.0)
    before, after = stack_at(0, 0.0), stack_at(0, 3.0)
    assert len({block.x for block in before}) == 1
    assert all(block.y == after[0].y for block in after)
    assert all(abs(block.turn - 90 * round(block.turn / 90)) < 0.1 for block in after)


def test_people_of_the_native_repertoire_stay_in_the_picture() -> None:
    for number in range(0, 60, 4):
        what = write(NATIVE, number, "test", 2.7)
        _, truth = film(replace(what, parts=tuple(replace(part, doings=()) for part in what.parts)), 0.0, 2.7)
        nose = truth.points[:, 0, POINTS.index("nose")]
        assert (nose > 0).all()
        assert (nose < SIZE).all()


@pytest.mark.parametrize(("number", "frame"), [(5003, 11), (5023, 3)])
def test_sleeves_whose_outline_cannot_be_found_are_drawn(number: int, frame: int) -> None:
    """Skia's Simplify fails on these paths."""
    script = write(replace(WHOLE, most_cast=1), number, "validation", 2.75)
    film, _ = Theatre(script).film((144, 144), np.array([frame / 12, (frame + 1) / 12]))
    assert np.abs(film[0].astype(int) - film[1]).mean() < 20
