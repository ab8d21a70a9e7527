"""Published transformers: the originals' outputs, diffusers' outputs, and what moves a picture."""

import pytest
import torch
from torch import Tensor

from dramatis.models.published import pieces
from dramatis.models.published.architecture import AudioArchitecture
from dramatis.models.published.audio import AudioAttention, AudioProjection
from dramatis.models.published.products import pack
from dramatis.models.published.sequence_parallel import SingleProcess
from dramatis.models.published.speakers import reference_map, rotation_1d, token_masks, token_positions, voice_positions
from dramatis.models.published.transformer import PublishedTransformer
from tests.models.published.golden import Golden, golden
from tests.models.published.made import TINY, state
from tests.models.published.test_loading import apart, filled, inputs
from tests.models.published.test_loading import run as made


def run(kept: Golden, net: PublishedTransformer) -> Tensor:
    """What a network makes of a golden file's inputs."""
    latents, steps = kept.inputs("x"), kept.inputs("t").double()
    level = (steps if steps.ndim == 1 else steps.view(1, latents.shape[2], -1)[..., 0]) / 1000
    given = {"latents": latents, "level": level, "text": kept.inputs("text")}
    if "inputs.clip" in kept.tensors:
        given["picture"] = kept.inputs("clip").reshape(1, -1, kept.inputs("clip").shape[-1])
    if "inputs.audio" in kept.tensors:
        given["audio"] = kept.inputs("audio")[None]
    if kept.tensors.get("inputs.audio", torch.empty(1)).shape[0] == 2:
        given["speaker_masks"] = kept.inputs("ref_target_masks")[None, :2]
    with torch.no_grad():
        return net(**given)


@pytest.mark.parametrize("name", ["t2v", "t2v_per_token", "i2v", "flf2v", "infinitetalk_1_speaker", "infinitetalk_2_speaker"])
def test_the_original_is_reproduced(name: str) -> None:
    kept = golden(name)
    torch.testing.assert_close(run(kept, kept.transformer()), kept.output(), atol=1e-5, rtol=0)


def test_windows_of_the_voices_become_the_originals_tokens() -> None:
    kept = golden("audio_windows")
    weights = {name.removeprefix("audio_proj."): value for name, value in kept.weights().items()}
    hidden, features = weights["proj1.weight"].shape[0], kept.made["blocks"] * kept.made["channels"]
    audio = AudioArchitecture(5, 8, features, hidden, kept.made["context_tokens"], kept.made["output_dim"])
    projection = AudioProjection(audio)
    projection.load_state_dict(weights)
    for clip in range(4):
        with torch.no_grad():
            found = projection(kept.output(f"clip_{clip}.windows"))
        torch.testing.assert_close(found, kept.output(f"clip_{clip}.tokens"), atol=1e-5, rtol=0)


@pytest.mark.parametrize("where", ["boxes", "halves"])
def test_tokens_are_bound_to_speakers_as_in_the_original(where: str) -> None:
    kept = golden("speaker_masks")
    _, rows, columns = kept.made["token_grid"]
    masks = token_masks(kept.output(f"{where}.masks_latent")[None, :2].float(), rows, columns)
    assert torch.equal(masks[0].to(torch.uint8), kept.output(f"{where}.masks_token"))
    query, key = kept.inputs("q"), kept.inputs("k")
    looks = reference_map(query, key[:, : rows * columns], masks)
    torch.testing.assert_close(looks[0], kept.output(f"{where}.ref_map"), atol=1e-7, rtol=1e-4)
    assert torch.equal(looks[0].argmax(0), kept.output(f"{where}.winner"))
    positions = token_positions(looks, SingleProcess())
    torch.testing.assert_close(positions[0], kept.output(f"{where}.position"), atol=1e-5, rtol=0)

    attention = AudioAttention(96, 2, 40)
    attention.load_state_dict({name.removeprefix("audio_cross_attn."): value for name, value in kept.weights().items()})
    audio = kept.inputs("audio_tokens")
    voices = rotation_1d(voice_positions(2, audio.shape[2] // 2, audio), 48)
    with torch.no_grad():
        found = attention(kept.inputs("x"), audio, rotation_1d(positions, 48), voices)
    torch.testing.assert_close(found, kept.output(f"{where}.audio_attention"), atol=1e-5, rtol=0)


def network(family: str) -> PublishedTransformer:
    """A network whose conditions weigh as in trained ones: means over many random words would be nothing."""
    weights = state(TINY[family])
    for name in weights:
        if name.endswith(
            ("cross_attn.v.weight", "cross_attn.v_img.weight", "cross_attn.o.weight", "audio_cross_attn.proj.weight")
        ):
            weights[name] *= 3
        elif name.endswith("kv_linear.weight"):
            weights[name][96:] *= 3
        elif name == "patch_embedding.weight":
            weights[name][:, 16:] *= 3
    return filled(TINY[family], weights)


def test_words_and_pictures_move_what_is_made() -> None:
    net = network("flf2v")
    given = inputs(net.arch)
    plain = made(net)
    assert apart(made(net, text=torch.zeros_like(given["text"])), plain) > 0.1
    assert apart(made(net, picture=-given["picture"]), plain) > 0.1
    assert apart(made(net, picture=given["picture"].roll(257, 1)), plain) > 1e-4  # the first and the last picture exchanged


@pytest.mark.parametrize("family", ["i2v-a14b", "flf2v"])
def test_a_last_frame_moves_the_last_latents_most(family: str) -> None:
    net = network(family)
    latents = inputs(net.arch, 5)["latents"]
    other = latents.clone()
    other[:, 16:, -1] *= -1
    moved = (made(net, latents=other) - made(net, latents=latents)).square().sum((0, 1, 3, 4)).sqrt()
    assert moved.argmax() == 4
    assert apart(made(net, latents=other), made(net, latents=latents)) > 0.1


def test_a_given_frame_has_a_level_of_its_own() -> None:
    net = network("ti2v")
    given = torch.tensor([[0.0, 0.6, 0.6]], dtype=torch.float64)
    moved = (made(net, level=given) - made(net)).square().sum((0, 1, 3, 4)).sqrt()
    assert moved.argmax() == 0
    torch.testing.assert_close(made(net, level=torch.full((1, 3), 0.6, dtype=torch.float64)), made(net), atol=1e-5, rtol=0)


def test_silence_and_exchanged_voices_move_what_is_made() -> None:
    net = network("infinitetalk")
    audio = inputs(net.arch)["audio"]
    plain = made(net)
    assert apart(made(net, audio=torch.zeros_like(audio)), plain) > 0.1
    assert apart(made(net, audio=audio.flip(1)), plain) > 0.1


def bound_network() -> PublishedTransformer:
    """Tokens look at what is like them in the first frame, and voices agree strongly with positions near theirs."""
    weights = state(TINY["infinitetalk"])
    for block in range(2):
        weights[f"blocks.{block}.audio_cross_attn.q_linear.weight"] *= 0
        weights[f"blocks.{block}.audio_cross_attn.kv_linear.weight"][:96] *= 0
        for part in (
            weights[f"blocks.{block}.audio_cross_attn.q_linear.bias"],
            weights[f"blocks.{block}.audio_cross_attn.kv_linear.bias"][:96],
        ):
            part.copy_(torch.tensor([2.0, 0.0]).repeat(48))
        for name in ("q", "k"):
            weights[f"blocks.{block}.self_attn.{name}.weight"] *= 0
            weights[f"blocks.{block}.self_attn.{name}.bias"].copy_(torch.tensor([1.0, 0.0]).repeat(48))
    return filled(TINY["infinitetalk"], weights)


def test_each_voice_moves_its_own_speaker_most() -> None:
    """The first is left, the second right; rotations far apart agree with none of the other's keys."""
    net = bound_network()
    audio = inputs(net.arch)["audio"]
    plain = made(net)
    for speaker, own in ((0, slice(0, 3)), (1, slice(5, 8))):
        changed = audio.clone()
        changed[:, speaker] = 0
        moved = (made(net, audio=changed) - plain).square().sum((0, 1, 2, 3)).sqrt()
        other = slice(5, 8) if speaker == 0 else slice(0, 3)
        assert moved[own].mean() > 2 * moved[other].mean()


def test_one_voice_with_a_mask_is_not_heard_by_others() -> None:
    net = bound_network()
    given = inputs(net.arch)
    audio, mask = given["audio"][:, :1], given["speaker_masks"][:, :1]
    moved = (
        (made(net, audio=audio, speaker_masks=mask) - made(net, audio=audio * 0, speaker_masks=mask))
        .square()
        .sum((0, 1, 2, 3))
        .sqrt()
    )
    assert moved[:3].mean() > 2 * moved[5:].mean()
    with torch.no_grad():
        everybody = net(**({key: value for key, value in given.items() if key != "speaker_masks"} | {"audio": audio}))
        nobody = net(**({key: value for key, value in given.items() if key != "speaker_masks"} | {"audio": audio * 0}))
    moved = (everybody - nobody).square().sum((0, 1, 2, 3)).sqrt()
    assert moved[:3].mean() < 2 * moved[5:].mean()


def test_two_voices_need_masks() -> None:
    net, given = network("infinitetalk"), inputs(TINY["infinitetalk"])
    del given["speaker_masks"]
    with pytest.raises(ValueError, match="bound"):
        net(**given)


def test_binding_in_chosen_blocks_is_near_to_binding_in_all() -> None:
    net = network("infinitetalk")
    plain = made(net)
    net.binding_blocks = frozenset({0})
    assert 0 < apart(made(net), plain) < 0.3


@pytest.mark.parametrize("family", ["ti2v", "infinitetalk"])
def test_pieces_of_a_video_give_what_the_whole_gives(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames of 48 tokens, whole or in parts of 24 and 16, each with its own noise level and its own stretch of the voices."""
    net, given = network(family), inputs(TINY[family])
    given["latents"] = torch.randn(1, net.arch.in_dim, 3, 12, 16, generator=torch.Generator().manual_seed(2))
    if family == "ti2v":
        given["level"] = torch.tensor([[0.0, 0.3, 0.6]], dtype=torch.float64)
    whole = made(net, **given)
    for most in (48, 30, 20):
        monkeypatch.setattr(pieces, "AT_ONCE", most)
        torch.testing.assert_close(made(net, **given), whole, atol=1e-5, rtol=0)
    pack(net)
    torch.testing.assert_close(made(net, **given), whole, atol=1e-5, rtol=0)
