"""Marks of stage films: the truth gets all of them, and what is wrong with a film is seen in the mark that it belongs to."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from dramatis.engines.fake import FakeEngine
from dramatis.evaluation.native.cases import StageCase, case
from dramatis.evaluation.native.metrics import LOOKS, Metric, added, condition_of, lag, metrics_of, mouth
from dramatis.evaluation.native.reader import Reader
from dramatis.evaluation.native.reading import Reading
from dramatis.evaluation.native.scorecard import ROWS, as_table, sheet, to_json
from dramatis.evaluation.native.suite import EvaluationSetup, Outcome, evaluate, psnr
from dramatis.models.codec import Codec, CodecConfig
from dramatis.stage.play.script import ACTIONS, EMOTIONS
from dramatis.training.reader import config_of

pytest.importorskip("espeakng_loader", reason="the cases' voices need the extra 'say'")


@pytest.fixture(scope="module")
def shots() -> list[StageCase]:
    return [case(number) for number in range(4)]


def truth(shot: StageCase) -> Reading:
    """What a perfect reader sees in a perfect film."""
    person = shot.script.parts[0].person
    return Reading(
        opening=shot.truth.opening[:, 0].astype(float),
        looks={name: getattr(person, name) for name in LOOKS} | {"set": shot.script.place.set},
        emotions=tuple(EMOTIONS[number] for number in shot.truth.emotion[:, 0]),
        actions=tuple("none" if number < 0 else ACTIONS[number] for number in shot.truth.action[:, 0]),
        camera=shot.script.camera.move,
        heads=np.zeros((len(shot.frames), 3)),
    )


def test_the_truth_gets_all_marks(shots: list[StageCase]) -> None:
    total = added(metrics_of(shot, truth(shot)) for shot in shots)
    for name in ("mouth", "looks", "identity", "emotion", "action", "camera"):
        assert total[name].value == pytest.approx(1)
    assert lag(total) == 0


def test_what_is_wrong_shows_in_its_mark_alone(shots: list[StageCase]) -> None:
    shot = next(shot for shot in shots if shot.kind == "words" and (shot.truth.action >= 0).any())
    right = truth(shot)
    bald = metrics_of(shot, replace(right, looks=right.looks | {"hair": "bald"}))
    assert bald["looks"] == Metric(8, 9)
    still = metrics_of(shot, replace(right, actions=("none",) * len(right.actions), camera="orbit"))
    assert still["action"].total == 0
    assert still["camera"].total == 0
    assert still["emotion"] == metrics_of(shot, right)["emotion"]


def test_a_late_mouth_is_late_and_a_mouth_in_silence_moves() -> None:
    random = np.random.default_rng(0)
    speaking = np.arange(60) < 30
    true = np.where(speaking, random.uniform(0, 0.2, 60), 0.0)
    late = mouth(np.roll(true, 2), true, speaking)
    assert lag(late) == pytest.approx(2 / 12)
    assert late["mouth"].total < 0.6
    assert mouth(true, true, speaking)["silent motion"].total == 0
    restless = mouth(np.where(speaking, true, random.uniform(0, 0.2, 60)), true, speaking)
    assert restless["silent motion"].value == pytest.approx(restless["spoken motion"].value, rel=0.5)


def test_cases_are_the_same_each_time_and_say_nothing_of_looks_where_a_portrait_does(shots: list[StageCase]) -> None:
    again = case(1)
    assert again.take.digest == shots[1].take.digest
    assert np.array_equal(again.frames[5], shots[1].frames[5])
    assert again.kind == "portrait"
    assert not again.take.direction.words
    assert again.take.cast[0].look is not None
    assert len(shots[3].take.anchors) == 2


def test_floors_lack_one_condition_each(shots: list[StageCase]) -> None:
    words, portrait, _, frames = shots
    assert not words.lacking["words"].direction.cues
    assert words.lacking["words"].cast == words.take.cast
    assert words.lacking["voice"].cast[0].voice is None
    assert words.lacking["voice"].direction == words.take.direction
    assert portrait.lacking["portrait"].cast[0].look is None
    assert not frames.lacking["frames"].anchors
    judged = {condition_of(mark) for shot in shots for mark in metrics_of(shot, truth(shot))}
    assert judged | {"frames"} == {condition for shot in shots for condition in shot.lacking}


@dataclass(frozen=True)
class Broken(FakeEngine):
    """Must not be asked."""

    def render(self, take: object) -> object:  # type: ignore[override]  # it never renders
        raise AssertionError("this was filmed already")


def test_a_run_that_was_stopped_goes_on_and_reports(tmp_path: Path) -> None:
    torch.manual_seed(0)
    setup = EvaluationSetup(FakeEngine(), Codec(CodecConfig(4)).eval(), Reader(config_of()).eval())
    first = evaluate(setup, tmp_path, [1, 3])
    again = evaluate(EvaluationSetup(Broken(), setup.codec, setup.reader), tmp_path, [1, 3])
    assert isinstance(again, Outcome)
    assert again == first
    assert first.film["seconds"].count == pytest.approx(2 * 33 / 12)
    table = as_table(first)
    assert all(row.what in table for row in ROWS)
    assert len(json.loads(to_json(first))["rows"]) == len(ROWS)
    assert sheet(tmp_path, setup.reader, [3]).shape[0] > 300


def test_equal_pictures_are_as_near_as_can_be() -> None:
    picture = np.full((4, 4, 3), 100, np.uint8)
    assert psnr(picture, picture) == 60
    assert psnr(picture, picture + 10) == pytest.approx(20 * np.log10(255 / 10))
