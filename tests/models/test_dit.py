"""The transformer: the published family's outputs, our own golden ones, and who sees and hears what."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from dramatis.models.attention import attend, nearness, rotate, rotation
from dramatis.models.dit import DiT, DiTConfig
from dramatis.models.state import Segment, State

SHARED = Path(__file__).parents[3] / "shared" / "golden" / "wan"
OWN = Path(__file__).parent / "golden" / "dit.safetensors"
TINY = DiTConfig(
    dim=24, ffn_dim=32, num_heads=2, num_layers=2, in_dim=4, out_dim=4, text_dim=8, freq_dim=16, patch_size=(1, 1, 1),
    theta=100.0, position_scale=(4.0, 9.0, 9.0), roles=("video", "keyframe", "reference"), null_text=True,
    speech_dim=3, speech_window=5, speech_tokens=2, speech_hidden=8,
)  # fmt: skip
FRAMES, ROWS, COLUMNS, WORDS = 3, 4, 5, 6


def network(config: DiTConfig = TINY, seed: int = 0) -> DiT:
    """Every weight random, so that nothing is dead."""
    torch.manual_seed(seed)
    net = DiT(config).eval()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(torch.randn_like(parameter) * (0.3 if parameter.ndim < 2 else parameter.shape[-1] ** -0.5))
    return net


def film(batch: int = 2, later: float = 0.0) -> Segment:
    torch.manual_seed(1)
    return Segment(
        latents=torch.randn(batch, 4, FRAMES, ROWS, COLUMNS),
        sigma=torch.tensor([[0.0, 0.4, 0.9]]).expand(batch, -1),
        times=torch.tensor([[0.0, 0.33, 0.67]]).expand(batch, -1) + later,
        rows=torch.linspace(-0.4, 0.4, ROWS),
        columns=torch.linspace(-0.5, 0.5, COLUMNS),
    )


def reference(batch: int = 2, seed: int = 2, later: float = 0.0) -> Segment:
    torch.manual_seed(seed)
    rows, columns = torch.linspace(-0.4, 0.4, 2), torch.linspace(-0.5, 0.5, 3)
    still = torch.randn(batch, 4, 1, 2, 3)
    return Segment(still, torch.zeros(batch, 1), torch.full((batch, 1), later - 1.0), rows, columns, "reference")


@dataclass(frozen=True)
class Given:
    """What the film reads and hears."""

    text: Tensor
    text_mask: Tensor
    speech: Tensor
    speech_mask: Tensor
    pooled: Tensor | None = None


def conditions(batch: int = 2) -> Given:
    torch.manual_seed(3)
    return Given(
        text=torch.randn(batch, WORDS, 8),
        text_mask=torch.rand(batch, FRAMES, WORDS) > 0.3,
        speech=torch.randn(batch, FRAMES, 5, 3),
        speech_mask=torch.ones(batch, FRAMES, dtype=torch.bool),
    )


def run(net: DiT, segments: list[Segment], given: Given) -> Tensor:
    batch, frames, words = given.text_mask.shape
    state = State(
        video=segments[0],
        tokens=torch.zeros(batch, words, dtype=torch.long),
        text_mask=given.text_mask,
        progress=torch.zeros(batch, frames, words, 0),
        speech=given.speech,
        speech_mask=given.speech_mask,
        pose=torch.zeros(batch, frames, 4, 0),
        sketch=torch.zeros(batch, 0, *segments[0].latents.shape[1:]),
        context=tuple(segments[1:]),
    )
    with torch.no_grad():
        velocity: Tensor = net(state, given.text, given.pooled)
    return velocity


def moved(net: DiT, one: Given, other: Given) -> list[bool]:
    """Which frames of the film change when one condition is exchanged for the other."""
    apart = (run(net, [film()], one) - run(net, [film()], other)).abs().amax((0, 1, 3, 4))
    return (apart > 1e-4).tolist()


@pytest.mark.parametrize("name", ["t2v", "t2v_per_token"])
def test_the_published_model_is_reproduced(name: str) -> None:
    path = SHARED / f"{name}.safetensors"
    if not path.is_file():
        pytest.skip("the golden files of the published models are not here")
    with safe_open(path, "pt") as file:
        made = {key: json.loads(value) for key, value in file.metadata().items()}
        kept = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 - a file is no mapping
    sizes = ("dim", "ffn_dim", "num_heads", "num_layers", "in_dim", "out_dim", "text_dim")
    net = DiT(DiTConfig(**{key: made[key] for key in sizes}))
    net.load_state_dict({key.removeprefix("weights."): value for key, value in kept.items() if key.startswith("weights.")})
    latents, steps = kept["inputs.x"], kept["inputs.t"].double()
    frames, height, width = latents.shape[2:]
    sigma = steps.expand(1, frames) if steps.ndim == 1 else steps.view(1, frames, -1)[..., 0]
    places = (torch.arange(float(count)) for count in (frames, height // 2, width // 2))
    times, rows, columns = places
    text = kept["inputs.text"]
    read, heard = torch.ones(1, frames, text.shape[1], dtype=torch.bool), torch.ones(1, frames, dtype=torch.bool)
    given = Given(text, read, torch.zeros(1, frames, 0, 0), heard)
    found = run(net, [Segment(latents, sigma / 1000, times[None], rows, columns)], given)
    torch.testing.assert_close(found, kept["output"], atol=1e-5, rtol=0)


def test_our_own_golden_output_is_reproduced() -> None:
    with safe_open(OWN, "pt") as file:
        kept = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 - a file is no mapping
    output = kept.pop("output")
    net = DiT(TINY)
    net.load_state_dict(kept)
    torch.testing.assert_close(run(net, [film(), reference()], conditions()), output, atol=1e-5, rtol=0)


def test_half_precision_and_full_agree() -> None:
    config = replace(TINY, dim=96, num_heads=3, num_layers=4, ffn_dim=192)
    net, segments, given = network(config), [film(), reference()], conditions()
    full = run(net, segments, given)
    with torch.autocast("cpu", torch.bfloat16):
        half = run(net, segments, given).float()
    assert float((half - full).norm() / full.norm()) < 0.03


def test_attention_is_the_same_by_either_way() -> None:
    torch.manual_seed(0)
    query, key, value = (torch.randn(3, 300, 2, 16, dtype=torch.bfloat16) for _ in range(3))
    hidden = torch.rand(3, 1, 300, 300) > 0.5
    mask = torch.zeros(hidden.shape, dtype=torch.bfloat16).masked_fill(hidden, -torch.inf)
    for one in (None, mask):
        exact = attend(query.float(), key.float(), value.float(), None if one is None else one.float())
        torch.testing.assert_close(attend(query, key, value, one).float(), exact, atol=0.02, rtol=0.02)


def test_long_sequences_in_half_precision_are_attended_to_in_pieces() -> None:
    torch.manual_seed(0)
    query, key, value = (torch.randn(1, 4200, 2, 8, dtype=torch.bfloat16) for _ in range(3))
    exact = attend(query.float(), key.float(), value.float())
    torch.testing.assert_close(attend(query, key, value).float(), exact, atol=0.02, rtol=0.02)


def test_a_frame_reads_only_its_own_words_and_hears_only_its_own_time() -> None:
    net, given = network(replace(TINY, num_layers=1)), conditions()
    other = given.text.clone()
    other[:, 4] += 1
    mask = given.text_mask.clone()
    mask[:, :, 4] = torch.tensor([False, True, False])
    given = replace(given, text_mask=mask)
    assert moved(net, given, replace(given, text=other)) == [False, True, False]
    speech = given.speech.clone()
    speech[:, 2] += 1
    assert moved(net, given, replace(given, speech=speech)) == [False, False, True]


def test_what_a_frame_reads_and_hears_modulates_that_frame_alone() -> None:
    net = network(replace(TINY, pooled_dim=4))
    with torch.no_grad():
        for block in net.blocks:
            for attention in (block.self_attn, block.audio_cross_attn):
                attention.o.weight.zero_()
    given = replace(conditions(), pooled=torch.randn(2, FRAMES, 4))
    louder = replace(given, speech=given.speech + torch.tensor([0.0, 0.0, 1.0])[:, None, None])
    assert moved(net, given, louder) == [False, False, True]
    other = replace(given, pooled=given.pooled + torch.tensor([0.0, 1.0, 0.0])[:, None])
    assert moved(net, given, other) == [False, True, False]


def test_a_masked_frame_hears_the_null_whatever_is_said() -> None:
    net, given = network(), conditions()
    drop_audio = replace(given, speech_mask=torch.zeros(2, FRAMES, dtype=torch.bool))
    other = replace(drop_audio, speech=drop_audio.speech + 1)
    assert moved(net, drop_audio, other) == [False] * FRAMES
    assert moved(net, drop_audio, given) == [True] * FRAMES


def test_no_words_are_words_that_nobody_reads() -> None:
    net, given = network(), conditions()
    unread = replace(given, text_mask=torch.zeros(2, FRAMES, WORDS, dtype=torch.bool))
    none = replace(given, text=given.text[:, :0], text_mask=torch.zeros(2, FRAMES, 0, dtype=torch.bool))
    torch.testing.assert_close(run(net, [film()], unread), run(net, [film()], none))
    assert torch.isfinite(run(net, [film()], none)).all()


def test_references_are_looked_at_and_their_order_does_not_matter() -> None:
    net, given = network(), conditions()
    one, two = reference(seed=4), reference(seed=5)
    both = run(net, [film(), one, two], given)
    torch.testing.assert_close(both, run(net, [film(), two, one], given), atol=1e-5, rtol=1e-5)
    assert (both - run(net, [film(), one], given)).abs().max() > 1e-2


def test_only_differences_of_time_count() -> None:
    net, given = network(), conditions()
    now, later = run(net, [film(), reference()], given), run(net, [film(later=20.0), reference(later=20.0)], given)
    torch.testing.assert_close(now, later, atol=1e-3, rtol=1e-3)


def test_a_new_network_predicts_nothing_and_learns_from_words_and_speech_at_once() -> None:
    torch.manual_seed(0)
    net = DiT(TINY)
    assert run(net, [film()], conditions()).abs().max() == 0
    with torch.no_grad():
        net.head.head.weight.normal_(std=0.1)
    silent = replace(conditions(), speech_mask=torch.zeros(2, FRAMES, dtype=torch.bool))
    assert moved(net, conditions(), silent) == [True] * FRAMES
    assert moved(net, conditions(), replace(conditions(), text=conditions().text + 1)) == [True] * FRAMES


def freeze() -> None:
    """Make the golden file anew; only after a change that is meant to change outputs."""
    net = network().half().float()
    OWN.parent.mkdir(exist_ok=True)
    output = run(net, [film(), reference()], conditions()).contiguous()
    save_file({name: weight.half() for name, weight in net.state_dict().items()} | {"output": output}, OWN)


def test_attention_begins_by_looking_near() -> None:
    """Equal vectors, turned by their positions, agree most where those are the same."""
    places = torch.stack(torch.meshgrid(torch.arange(3.0), torch.arange(5.0), torch.arange(5.0), indexing="ij"), -1).view(
        1, -1, 3
    )
    heads, channels = 4, 48
    vectors = nearness(heads, channels).view(heads, channels).expand(1, 75, heads, channels)
    turned = rotate(vectors, rotation(places, channels, 100.0))[0].transpose(0, 1)
    agree = (turned @ turned.transpose(-1, -2)).view(heads, 75, 3, 5, 5)[:, 25 + 12]  # as the middle token sees it
    same_place, near, same_time, anywhere = agree
    assert torch.allclose(same_place, same_place[:1], atol=1e-3)
    assert same_place[0].argmax() == 12
    assert near.argmax() == 25 + 12
    assert torch.allclose(same_time, same_time[:, :1, :1], atol=1e-3)
    assert same_time[:, 0, 0].argmax() == 1
    assert not anywhere.any()
