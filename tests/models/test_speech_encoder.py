"""The speech encoder: any length, pieces as the whole, nothing from afar."""

from pathlib import Path

import numpy as np
import pytest
import torch

from dramatis.models import checkpoints
from dramatis.models.speech_encoder import SpeechConfig, SpeechEncoder
from dramatis.speech.mouthshapes import FEATURES, SHAPE_COLUMNS


@pytest.fixture(scope="module")
def encoder() -> SpeechEncoder:
    torch.manual_seed(0)
    return SpeechEncoder(SpeechConfig(mels=16, width=24, dilations=(1, 2))).eval()


def _noise(samples: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(1).normal(0, 0.1, samples).astype(np.float32)


@pytest.mark.parametrize("samples", [0, 1, 319, 320, 16_001, 48_000])
def test_any_length_has_its_features(encoder: SpeechEncoder, samples: int) -> None:
    heard = encoder.features(_noise(samples))
    assert heard.shape == (samples // 320 + 1, len(FEATURES))
    assert np.isfinite(heard).all()
    assert np.allclose(heard[:, SHAPE_COLUMNS].sum(1), 1, atol=1e-5)


def test_pieces_are_as_the_whole(encoder: SpeechEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = _noise(64_000)
    whole = encoder.features(sound)
    monkeypatch.setattr("dramatis.models.speech_encoder._PIECE", 37)
    assert np.abs(encoder.features(sound) - whole).max() < 1e-5
    middle = encoder.features(sound[16_000:48_000])
    margin = encoder.reach // 320 + 2
    assert np.abs(middle[margin:-margin] - whole[50 + margin : 151 - margin]).max() < 1e-5


def test_a_batch_hears_what_one_hears(encoder: SpeechEncoder) -> None:
    sound = _noise(32_000)
    with torch.no_grad():
        both = encoder(torch.from_numpy(np.stack([sound, 0 * sound])))
    assert np.abs(both[0].numpy() - encoder.features(sound)[:, :-1]).max() < 1e-5


def test_a_feature_hears_its_own_time_only(encoder: SpeechEncoder) -> None:
    sound, other = _noise(48_000), _noise(48_000)
    at = 24_000
    other[: at - encoder.reach - 1] = 0
    other[at + encoder.reach + 1 :] = 0
    assert np.abs(encoder.features(sound)[at // 320] - encoder.features(other)[at // 320]).max() < 1e-5
    other[at - encoder.reach + 400 :] = 0
    assert np.abs(encoder.features(sound)[at // 320] - encoder.features(other)[at // 320]).max() > 1e-4


def test_weights_come_back_from_half_precision(encoder: SpeechEncoder, tmp_path: Path) -> None:
    path = tmp_path / "speech.safetensors"
    checkpoints.save(path, encoder)
    again = checkpoints.load(path, SpeechConfig, SpeechEncoder)
    sound = _noise(16_000)
    assert again.config == encoder.config
    assert np.abs(again.features(sound) - encoder.features(sound)).max() < 0.01
