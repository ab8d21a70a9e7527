"""Published weights in every form in which they are published give the network that they describe."""

import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from dramatis.errors import EngineError
from dramatis.models.published.architecture import Architecture
from dramatis.models.published.identify import identify
from dramatis.models.published.loading import load
from dramatis.models.published.quantized import QuantizedLinear, dequantize, read
from dramatis.models.published.tensor_files import open_file
from dramatis.models.published.transformer import PublishedTransformer
from tests.models.published.made import TINY, state, write, write_gguf, write_shards, write_with_adapter

BLOCKS = Path(__file__).parent / "golden" / "blocks.gguf"
Q = "blocks.0.self_attn.q"


def inputs(arch: Architecture, frames: int = 3) -> dict[str, Tensor]:
    noise = torch.Generator().manual_seed(1)
    given = {
        "latents": torch.randn(1, arch.in_dim, frames, 6, 8, generator=noise),
        "level": torch.tensor([0.6], dtype=torch.float64),
        "text": torch.randn(1, 512, arch.text_dim, generator=noise),
    }
    if arch.image_dim:
        given["picture"] = torch.randn(1, arch.image_tokens or 257, arch.image_dim, generator=noise)
    if arch.audio is not None:
        given["audio"] = torch.randn(1, 2, 4 * frames - 3, 5, 2, arch.audio.features // 2, generator=noise)
        given["speaker_masks"] = torch.zeros(1, 2, 6, 8)
        given["speaker_masks"][:, 0, :, :3] = given["speaker_masks"][:, 1, :, 5:] = 1
    return given


def run(net: PublishedTransformer, **changes: Tensor) -> Tensor:
    with torch.no_grad():
        return net(**(inputs(net.arch) | changes))


def filled(arch: Architecture, weights: dict[str, Tensor]) -> PublishedTransformer:
    """The network of these weights, without any file."""
    with torch.device("meta"):
        net = PublishedTransformer(arch)
    net.load_state_dict(weights, assign=True)
    return net.eval()


def apart(one: Tensor, other: Tensor) -> float:
    return float((one - other).norm() / other.norm())


@pytest.mark.parametrize("family", TINY)
def test_each_family_is_loaded(family: str, tmp_path: Path) -> None:
    arch = TINY[family]
    places = write_with_adapter(tmp_path) if family == "infinitetalk" else (write_shards(tmp_path, arch),)
    net = load(identify(*places), dtype=torch.float32)
    torch.testing.assert_close(run(net), run(filled(arch, state(arch))), atol=1e-5, rtol=0)


def test_half_precision_keeps_what_is_calculated_exactly(tmp_path: Path) -> None:
    net = load(identify(write(tmp_path, TINY["i2v"])))
    kinds = {name: value.dtype for name, value in net.named_parameters()}
    assert kinds[f"{Q}.weight"] == torch.bfloat16
    assert kinds["blocks.0.modulation"] == kinds["time_projection.1.weight"] == torch.float32
    halves = {name: value.bfloat16() for name, value in inputs(net.arch).items() if name != "level"}
    assert apart(run(net, **halves), run(filled(net.arch, state(net.arch)))) < 0.03


def eight_bits(
    weights: dict[str, Tensor], ending: str, dtype: torch.dtype, rows: bool
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """A file with its blocks' matrices in eight bits, and the weights that it stands for."""
    stored, meant = dict(weights), dict(weights)
    for name, value in weights.items():
        if name.startswith("blocks.") and value.ndim == 2:
            largest = value.abs().amax(1) if rows else value.abs().max()
            scale = largest / (127 if dtype == torch.int8 else 448)
            shaped = scale[:, None] if rows else scale
            stored[name] = (value / shaped).round().to(dtype) if dtype == torch.int8 else (value / shaped).to(dtype)
            stored[f"{name.removesuffix('.weight')}{ending}"] = shaped
            meant[name] = stored[name].float() * shaped
    return stored, meant


@pytest.mark.parametrize(
    ("ending", "dtype", "rows"),
    [
        (".scale_weight", torch.float8_e4m3fn, False),
        (".weight_scale", torch.int8, True),
        (".weight_scale", torch.float8_e4m3fn, True),
    ],
)
def test_eight_bits_with_scales_stay_eight_bits(ending: str, dtype: torch.dtype, rows: bool, tmp_path: Path) -> None:
    arch = TINY["i2v-a14b"]
    stored, meant = eight_bits(state(arch), ending, dtype, rows)
    stored |= {"scaled_fp8": torch.zeros(2).to(torch.float8_e4m3fn), f"{Q}.scale_input": torch.ones(())}
    found = identify(write(tmp_path, arch, stored, prefix="model.diffusion_model."))
    assert found.storage == ("int8" if dtype == torch.int8 else "fp8")
    net = load(found, dtype=torch.float32)
    layer = net.get_submodule(Q)
    assert isinstance(layer, QuantizedLinear)
    assert layer.weight.element_size() == 1
    torch.testing.assert_close(run(net), run(filled(arch, meant)), atol=1e-5, rtol=0)


def test_eight_bits_without_scales_are_values(tmp_path: Path) -> None:
    arch = TINY["t2v"]
    stored = {name: value.to(torch.float8_e4m3fn) if value.ndim == 2 else value for name, value in state(arch).items()}
    net = load(identify(write(tmp_path, arch, stored)), dtype=torch.float32)
    torch.testing.assert_close(
        run(net), run(filled(arch, {name: value.float() for name, value in stored.items()})), atol=1e-5, rtol=0
    )


def test_blocks_of_gguf_hold_what_their_own_program_reads() -> None:
    """The file was written by the package gguf 0.19, the values beside the blocks, too."""
    tensors = open_file(BLOCKS).tensors
    kinds = [name.removeprefix("blocks.") for name in tensors if name.startswith("blocks.")]
    assert sorted(kinds) == ["Q4_0", "Q4_1", "Q4_K", "Q5_0", "Q5_1", "Q5_K", "Q6_K", "Q8_0"]
    for kind in kinds:
        stored = tensors[f"blocks.{kind}"]
        found = dequantize(kind, read(stored), None, stored.shape)
        assert torch.equal(found, read(tensors[f"values.{kind}"]))
    assert torch.equal(read(tensors["patch_embedding.weight"]).flatten(), torch.arange(32).half())
    assert tensors["patch_embedding.weight"].shape == (2, 4, 1, 2, 2)


def test_gguf_is_loaded_and_stays_small(tmp_path: Path) -> None:
    arch = TINY["i2v"]
    path = write_gguf(tmp_path / "wan.gguf", state(arch))
    write(tmp_path / "config", arch)
    (tmp_path / "config" / "config.json").rename(tmp_path / "config.json")
    found = identify(path)
    assert (found.family.name, found.storage) == ("i2v", "Q8_0")
    net = load(found, dtype=torch.float32)
    assert isinstance(net.get_submodule(Q), QuantizedLinear)
    assert 0 < apart(run(net), run(filled(arch, state(arch)))) < 0.02


@pytest.mark.parametrize("kind", [10, 11, 16])
def test_types_of_gguf_that_are_not_read_are_refused_in_a_sentence(tmp_path: Path, kind: int) -> None:
    path = write_gguf(tmp_path / "wan.gguf", state(TINY["i2v"]))
    stored, name = path.read_bytes(), f"{Q}.weight".encode()
    at = stored.index(struct.pack("<Q", len(name)) + name) + 8 + len(name) + 4 + 2 * 8
    path.write_bytes(stored[:at] + struct.pack("<I", kind) + stored[at + 4 :])
    with pytest.raises(EngineError, match=f"GGUF's type {kind}, which is not read: use Q4_0"):
        identify(path)


def low_rank(arch: Architecture) -> dict[str, tuple[Tensor, Tensor]]:
    """Two matrices for some modules."""
    noise = torch.Generator().manual_seed(7)
    weights = state(arch)
    names = (Q, "blocks.1.cross_attn.o", "blocks.0.ffn.2", "patch_embedding")
    shapes = {name: weights[f"{name}.weight"].shape for name in names}
    return {
        name: (
            torch.randn(4, *shape[1:], generator=noise) / 8,
            torch.randn(shape[0], 4, *[1] * (len(shape) - 2), generator=noise) / 8,
        )
        for name, shape in shapes.items()
    }


def kohya(name: str) -> str:
    return "lora_unet_" + name.replace(".", "_")


DIALECTS: dict[str, tuple[Callable[[str], str], tuple[str, str], bool]] = {
    "original, lora_down": (lambda name: f"diffusion_model.{name}", ("lora_down.weight", "lora_up.weight"), True),
    "original, lora_A": (lambda name: name, ("lora_A.weight", "lora_B.weight"), False),
    "peft": (lambda name: f"base_model.model.{name}", ("lora_A.default.weight", "lora_B.default.weight"), False),
    "kohya": (kohya, ("lora_down.weight", "lora_up.weight"), True),
    "diffusers": (
        lambda name: "transformer." + {Q: "blocks.0.attn1.to_q", "blocks.1.cross_attn.o": "blocks.1.attn2.to_out.0",
                                       "blocks.0.ffn.2": "blocks.0.ffn.net.2"}.get(name, name),
        ("lora_A.weight", "lora_B.weight"), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_lora_of_each_dialect_is_merged(dialect: str, tmp_path: Path) -> None:
    arch, matrices = TINY["t2v"], low_rank(TINY["t2v"])
    rename, (down, up), has_alpha = DIALECTS[dialect]
    file = {
        f"{rename(name)}.{part}": value for name, pair in matrices.items() for part, value in zip((down, up), pair, strict=True)
    }
    file |= {f"{rename(name)}.alpha": torch.tensor(2.0) for name in matrices if has_alpha}
    save_file(file, tmp_path / "lora.safetensors")
    scale = 0.5 * (0.5 if has_alpha else 1.0)
    meant = state(arch)
    for name, (first, second) in matrices.items():
        meant[f"{name}.weight"] = meant[f"{name}.weight"] + scale * (second.flatten(1) @ first.flatten(1)).view_as(
            meant[f"{name}.weight"]
        )
    base = write(tmp_path / "base", arch)
    merged = run(load(identify(base, tmp_path / "lora.safetensors"), dtype=torch.float32, lora_strength=0.5))
    torch.testing.assert_close(merged, run(filled(arch, meant)), atol=1e-5, rtol=0)
    assert apart(merged, run(filled(arch, state(arch)))) > 0.01


def test_whole_changes_are_merged_and_nothing_changes_nothing(tmp_path: Path) -> None:
    arch, meant = TINY["t2v"], state(TINY["t2v"])
    whole = {
        f"{Q}.diff": torch.randn(96, 96) / 9,
        f"{Q}.diff_b": torch.randn(96),
        "blocks.1.norm3.diff": torch.randn(96),
        "blocks.0.diff_m": torch.randn(1, 6, 96),
    }
    save_file(whole, tmp_path / "whole.safetensors")
    save_file({f"{Q}.diff": torch.zeros(96, 96)}, tmp_path / "nothing.safetensors")
    for name, change in zip(
        (f"{Q}.weight", f"{Q}.bias", "blocks.1.norm3.weight", "blocks.0.modulation"), whole.values(), strict=True
    ):
        meant[name] = meant[name] + change
    base = write(tmp_path / "base", arch)
    merged = run(load(identify(base, tmp_path / "whole.safetensors"), dtype=torch.float32))
    torch.testing.assert_close(merged, run(filled(arch, meant)), atol=1e-5, rtol=0)
    same = run(load(identify(base, tmp_path / "nothing.safetensors"), dtype=torch.float32))
    assert torch.equal(same, run(load(identify(base), dtype=torch.float32)))


def test_a_lora_on_eight_bits_keeps_eight_bits(tmp_path: Path) -> None:
    arch = TINY["t2v"]
    stored, meant = eight_bits(state(arch), ".weight_scale", torch.int8, rows=True)
    change = torch.randn(96, 96) / 9
    save_file({f"{Q}.diff": change}, tmp_path / "lora.safetensors")
    net = load(identify(write(tmp_path / "base", arch, stored), tmp_path / "lora.safetensors"), dtype=torch.float32)
    layer = net.get_submodule(Q)
    assert isinstance(layer, QuantizedLinear)
    meant[f"{Q}.weight"] = meant[f"{Q}.weight"] + change
    assert apart(run(net), run(filled(arch, meant))) < 0.01


def test_a_lora_for_another_model_is_refused(tmp_path: Path) -> None:
    base = write(tmp_path / "base", TINY["t2v"])
    faults = {
        "changes blocks.0.cross_attn.k_img.weight, which this model has not": {
            "blocks.0.cross_attn.k_img.diff": torch.zeros(96, 96)
        },
        "made for another model": {f"{Q}.diff": torch.zeros(48, 48)},
        "lacks one of two matrices": {f"{Q}.lora_A.weight": torch.zeros(4, 96)},
        "of no dialect": {f"{Q}.lora_A.weight": torch.zeros(4, 96), f"{Q}.hada_w1": torch.zeros(4)},
    }
    for sentence, tensors in faults.items():
        save_file(tensors, tmp_path / "lora.safetensors")
        with pytest.raises(EngineError, match=sentence):
            load(identify(base, tmp_path / "lora.safetensors"))


def test_loras_for_one_expert_stay_there(tmp_path: Path) -> None:
    for name in ("high_noise_model", "low_noise_model"):
        write(tmp_path / name, TINY["i2v-a14b"])
    loras = [tmp_path / f"wan_{word}lora.safetensors" for word in ("high_noise_", "low_noise_", "")]
    for path in loras:
        save_file({f"{Q}.diff": torch.zeros(96, 96)}, path)
    found = identify(tmp_path, *loras)
    assert found.loras_of(0) == (loras[0], loras[2])
    assert found.loras_of(1) == (loras[1], loras[2])


PEAK = """
import resource, sys, torch
from dramatis.models.published import loading
from dramatis.models.published.identify import identify
found = identify(__import__("pathlib").Path(sys.argv[1]))
torch.ones(8, 8) @ torch.ones(8, 8)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
net = loading.load(found)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024, sum(value.nbytes for value in net.parameters()))
"""


def test_loading_takes_no_more_memory_than_the_weights(tmp_path: Path) -> None:
    """The same code for every size: beside the network, a few tensors; here 100 MB, the largest of 4 MB."""
    arch = Architecture(dim=768, ffn_dim=2304, num_heads=6, num_layers=6, in_dim=16, out_dim=16, text_dim=64)
    with torch.device("meta"):
        shapes = {name: value.shape for name, value in PublishedTransformer(arch).state_dict().items()}
    write_shards(tmp_path, arch, {name: torch.zeros(shape, dtype=torch.bfloat16) for name, shape in shapes.items()})
    found = subprocess.run([sys.executable, "-c", PEAK, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120)
    peak, size = (int(word) for word in found.stdout.split())
    assert size > 90e6
    assert peak < size + 20e6
