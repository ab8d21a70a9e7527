"""The network that hears the voice in a mix: its examples are true and come again, and numpy evaluates what torch trained."""

import importlib.util

import numpy as np
import pytest
import torch

from dramatis.speech import vocals as heard
from dramatis.stage.sound import orchestra
from dramatis.training import vocals

needs_espeak = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="the extra 'say' is not installed")


@needs_espeak
def test_an_example_comes_again_and_is_a_voice_and_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    one, again, other = vocals.example(3), vocals.example(3), vocals.example(4)
    assert np.array_equal(one.given, again.given)
    assert one.given.shape != other.given.shape or not np.array_equal(one.given, other.given)
    monkeypatch.setattr(vocals, "_NOBODY", 1.0)
    nobody = vocals.example(5)
    assert not nobody.active.any()
    assert np.median(nobody.share) < 0.01
    monkeypatch.setattr(vocals, "_NOBODY", 0.0)
    somebody = vocals.example(6)
    assert somebody.share[somebody.active > 0].mean() > 2 * somebody.share[somebody.active == 0].mean()


def test_numpy_says_what_torch_says() -> None:
    torch.manual_seed(0)
    network = vocals.Network()
    given = np.random.default_rng(0).normal(size=(90, heard.BANDS)).astype(np.float32)
    told = torch.sigmoid(network(torch.from_numpy(given)[None])[0]).detach().numpy()
    weights = {name: weight.numpy() for name, weight in network.state_dict().items()}
    found = heard.vocal_mask(given, weights)
    assert np.allclose(found.activity, told[:, 0], atol=1e-5)
    assert np.allclose(found.share, told[:, 1:], atol=1e-5)


def test_the_orchestra_comes_again_and_is_level() -> None:
    for make in (orchestra.music, orchestra.noise):
        one, again = (make(2.0, np.random.default_rng(7)) for _ in range(2))
        assert np.array_equal(one, again)
        assert float(one.std()) == pytest.approx(0.1, rel=0.1)
