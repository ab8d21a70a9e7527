"""The films of the cascade's benchmark are plans that can be filmed, and their truth is what the stage draws."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("espeakng_loader", reason="the films' voices need the extra 'say'")
pytest.importorskip("skia", exc_type=ImportError)

from benchmarks.films.cascade_films import HZ, SHOTS, PlannedFilm, films, written
from benchmarks.films.cascade_measures import Shown, figures, uncut
from dramatis.clock import Rate
from dramatis.evaluation.native import reader
from dramatis.media.sounds.sound_files import read_sound
from dramatis.production.phases.boundaries import goes_on
from dramatis.story import Canvas
from dramatis.story.document import storyline_from

RATE = Rate(12)


@pytest.fixture(scope="module")
def plans() -> list[PlannedFilm]:
    return films(3, 9.0)


def test_a_film_of_six_shots_is_cut_between_them(plans: list[PlannedFilm], tmp_path: Path) -> None:
    path = written(plans[2], tmp_path, Canvas(96, 96, Rate(48)))
    storyline = storyline_from(json.loads(path.read_text()))
    assert (len(storyline.shots), storyline.seconds) == (SHOTS, 9.0)
    assert not any(goes_on(*pair) for pair in zip(storyline.shots, storyline.shots[1:], strict=False))
    first, last = storyline.shots[0].direction, storyline.shots[-1].direction
    assert first.words == last.words  # what is compared shows the same
    assert {cue.what for cue in first.cues if cue.kind == "camera"} == {"static"}
    assert len({shot.direction.words for shot in storyline.shots}) >= 4
    assert read_sound(storyline.lines[0].sound).seconds == pytest.approx(9.0, abs=0.05)


def test_films_show_different_people(plans: list[PlannedFilm]) -> None:
    assert len({json.dumps(plan.person) for plan in plans}) == len(plans)


def test_mouths_are_shut_where_nobody_speaks_and_open_where_somebody_does(plans: list[PlannedFilm]) -> None:
    opening, spoken = plans[0].opening(), np.zeros(9 * HZ, np.bool_)
    for line in plans[0].script.parts[0].speech:
        spoken[round(line.phones[0][1] * HZ) : round(line.phones[-1][2] * HZ)] = True
    assert len(opening) == 9 * HZ
    assert opening[:40].max() < 0.3 * opening.max()  # before the first line
    assert opening[spoken].mean() > 2 * opening[~spoken].mean()


def test_the_drawn_film_meets_every_goal(plans: list[PlannedFilm]) -> None:
    plan = plans[0]
    frames = plan.drawn(144, RATE)
    found = figures(plan, {"film": Shown(frames, len(frames), RATE, [36, 72])}, reader.load())
    assert found["film mouth"] > 0.95
    assert abs(found["film lag"]) < 0.5
    assert found["colour"] < 1.5  # three seconds hold much acting; ten seconds: 0.05
    assert found["sharpness"] == pytest.approx(1, abs=0.03)
    assert (found["kept"], found["asked"], found["asked change"]) == (1, 1, 0)


def test_a_film_that_drifts_and_jumps_is_found_out(plans: list[PlannedFilm]) -> None:
    plan = plans[0]
    frames = plan.drawn(144, RATE)
    for number in range(len(frames)):
        frames[number] = (frames[number] * (1 - 0.15 * number / len(frames))).astype(np.uint8)
    frames[73:] = [np.roll(frame, 3, 1) for frame in frames[73:]]  # everything moves where two clips join
    late = [frames[max(0, number - 1)] for number in range(len(frames))]
    found = figures(plan, {"film": Shown(late, len(late), RATE, [73])}, reader.load())
    assert found["colour"] > 2
    assert found["film jump"] > 3
    assert found["film lag"] == pytest.approx(48 / 12, abs=0.5)


def test_the_join_nearest_to_a_cut_is_none() -> None:
    assert uncut([2.0, 4.0, 6.0, 8.0], [3.9, 8.3]) == [2.0, 6.0]
    assert uncut([], [3.0]) == []
