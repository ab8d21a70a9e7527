"""The voice bank: lines by number, speakers that keep to their split, phones that fit the sound."""

import importlib.util

import numpy as np
import pytest

from dramatis.speech.mouthshapes import SHAPES, loudness_of, shape_of, sounds, truth_features
from dramatis.stage.people.mouths import mouth_track
from dramatis.stage.sound.voices import SPLITS, UNSEEN, line, speaker

pytestmark = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="the extra 'say' is not installed")


def test_a_line_is_a_function_of_its_number() -> None:
    one, other = line(5, "train"), line(6, "train")
    again = line(5, "train")
    assert one.sound.digest == again.sound.digest
    assert one.phones == again.phones
    assert one.sound.digest != other.sound.digest
    assert one.sound.rate == 16_000


def test_no_variant_speaks_in_two_splits() -> None:
    variants = [{speaker(number, split).variant for number in range(200)} for split in SPLITS]
    assert not variants[0] & variants[1]
    assert not (variants[0] | variants[1]) & variants[2]


def test_a_language_is_kept_for_the_test() -> None:
    assert all(line(number, "train").language != UNSEEN for number in range(60))
    assert any(line(number, "test").language == UNSEEN for number in range(60))


def test_a_kind_of_speaker_can_be_asked_for() -> None:
    assert {line(number, "train", "child").speaker.kind for number in range(5)} == {"child"}


@pytest.mark.parametrize("number", range(6))
def test_phones_lie_in_the_sound_one_after_the_other(number: int) -> None:
    spoken = line(number, "train")
    edges = [edge for _, start, end in spoken.phones for edge in (start, end)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= spoken.sound.seconds


def test_truth_closes_lips_where_the_sound_is_stopped_by_them() -> None:
    spoken = line(1, "train", language="en-us")
    seconds = spoken.sound.seconds
    mouth, loudness = mouth_track(spoken.phones, seconds), loudness_of(spoken.sound.samples[:, 0])
    known = truth_features(spoken.phones, mouth, loudness)
    assert len(known) == len(loudness)
    assert np.allclose(known[:, 8 : 8 + len(SHAPES)].sum(1), 1)
    assert known.min() >= 0
    assert known.max() <= 1
    middles = [(start + end) / 2 for letter, start, end in sounds(spoken.phones) if SHAPES[shape_of(letter)] == "closed"]
    assert middles
    for middle in middles:
        assert known[round(middle * 50), 4] > 0.6  # press
        assert known[round(middle * 50), 0] < 0.2  # jaw
