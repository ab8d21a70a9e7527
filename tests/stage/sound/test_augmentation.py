"""Spoiled recordings, sung lines: still sound, still theirs."""

import numpy as np
import pytest

from dramatis.speech.mouthshapes import SHAPES, loudness_of, shape_of
from dramatis.stage.sound import augmentation, singing

STEPS = (
    augmentation.in_room,
    augmentation.coloured,
    augmentation.narrowed,
    augmentation.noisy,
    augmentation.with_music,
    augmentation.coded,
    augmentation.augmented,
)


@pytest.mark.parametrize("step", STEPS)
def test_a_spoiled_recording_keeps_its_length_and_timing(step: object) -> None:
    assert callable(step)
    sound = np.zeros(32_000, np.float32)
    sound[10_000:20_000] = np.random.default_rng(0).normal(0, 0.1, 10_000)
    for seed in range(4):
        out = step(sound, np.random.default_rng(seed))
        assert out.shape == sound.shape
        assert out.dtype == np.float32
        assert np.isfinite(out).all()
        loud = loudness_of(out)
        assert loud[35:60].mean() > loud[:25].mean()
        assert np.array_equal(out, step(sound, np.random.default_rng(seed)))


def test_a_sung_line_is_loud_on_its_vowels_and_on_pitch() -> None:
    line = singing.line(4, "train")
    assert line.sound.digest == singing.line(4, "train").sound.digest
    loud = loudness_of(line.sound.samples[:, 0])
    vowels = [(a + b) / 2 for letter, a, b in line.phones if SHAPES[shape_of(letter)] in {"open", "e", "i", "o", "u"}]
    assert len(vowels) > 3
    assert np.mean([loud[round(at * 50)] for at in vowels]) > 0.5
    assert loud[0] < 0.2
    assert line.phones[-1][2] <= line.sound.seconds
