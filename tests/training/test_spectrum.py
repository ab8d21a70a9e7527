"""Channels that change the picture more vary more, and the codec gives the same pictures as before."""

import torch

from dramatis.models.codec import Codec, CodecConfig
from dramatis.training.spectrum import responses, with_spectrum


def test_channels_vary_as_what_they_change() -> None:
    torch.manual_seed(0)
    codec = Codec(CodecConfig(4, 8, 8, 16, (1, 1, 1), (1, 1, 1))).eval()
    codec.decoder.get_parameter("change.latents.weight").data[:, 0] *= 30
    frames = torch.rand(2, 5, 3, 32, 32) * 2 - 1
    with torch.no_grad():
        before, latents = codec.decode(codec.encode(frames)), codec.encode(frames)
        strong = responses(codec, latents)
        with_spectrum(codec, latents, 3)
        after = codec.encode(frames)
        assert torch.allclose(codec.decode(after), before, atol=1e-5)
    gains = (after / latents).mean((0, 2, 3, 4))
    assert strong.argmax() == 0
    assert torch.allclose(gains, strong / strong[:3].square().mean().sqrt(), rtol=1e-3)  # whatever comes after the third
