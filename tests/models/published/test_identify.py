"""Published weights are known by their headers, and what is wrong with them is said in one sentence."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from dramatis.errors import EngineError
from dramatis.models.published.identify import identify
from dramatis.models.published.loading import check
from dramatis.models.published.tensor_files import original_name
from tests.models.published.golden import SHARED
from tests.models.published.made import TINY, state, write, write_header, write_shards, write_with_adapter

PUBLISHED = {
    "wan2.1_t2v_1.3b": ("t2v", 1536, 30), "wan2.1_t2v_14b": ("t2v", 5120, 40), "wan2.1_i2v_14b": ("i2v", 5120, 40),
    "wan2.1_flf2v_14b": ("flf2v", 5120, 40), "wan2.2_i2v_a14b": ("i2v-a14b", 5120, 40), "wan2.2_t2v_a14b": ("t2v", 5120, 40),
    "wan2.2_ti2v_5b": ("ti2v", 3072, 30), "infinitetalk_14b_full": ("infinitetalk", 5120, 40),
    "multitalk_14b_full": ("infinitetalk", 5120, 40),
}  # fmt: skip
LISTINGS = [(layout, name) for layout in ("orig", "diffusers") for name in PUBLISHED if layout == "orig" or "wan" in name]


def listing(name: str) -> dict[str, tuple[list[int], str]]:
    if SHARED is None or not (SHARED / "keys").is_dir():
        pytest.skip("the listings of published checkpoints are not here")
    return json.loads((SHARED / "keys" / f"{name}.keys.json").read_text())["state_dict"]


@pytest.mark.parametrize(("layout", "name"), LISTINGS)
def test_a_published_file_is_known_by_its_header(layout: str, name: str, tmp_path: Path) -> None:
    path = write_header(tmp_path / "model.safetensors", listing(f"{layout}_{name}"))
    found = identify(path)
    family, dim, layers = PUBLISHED[name]
    assert (found.family.name, found.architecture.dim, found.architecture.num_layers) == (family, dim, layers)
    assert found.architecture.head_dim == 128
    assert found.layout == {"orig": "original", "diffusers": "diffusers"}[layout]
    assert "Apache" in found.family.licence
    check(found)


def test_fourteen_billion_parameters_are_built_in_seconds(tmp_path: Path) -> None:
    found = identify(write_header(tmp_path / "model.safetensors", listing("orig_infinitetalk_14b_full")))
    begun = time.process_time()
    net, _ = check(found)
    assert sum(value.numel() for value in net.parameters()) > 18e9
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("name", [name for name in PUBLISHED if "wan" in name])
def test_names_of_diffusers_are_mapped_by_rule(name: str) -> None:
    listing(f"diffusers_{name}")
    assert SHARED is not None
    pairs = json.loads((SHARED / "keys" / f"map_{name}_orig_to_diffusers.json").read_text())
    assert {original_name(theirs) for theirs in pairs.values()} == set(pairs)
    assert all(original_name(theirs) == ours for ours, theirs in pairs.items())


@pytest.mark.parametrize(
    ("name", "title"), [("wan2.2_s2v_14b", "S2V"), ("wan2.1_vace_1.3b", "VACE"), ("longcat_video_13.6b", "LongCat")]
)
def test_other_families_are_named(name: str, title: str, tmp_path: Path) -> None:
    path = write_header(tmp_path / "model.safetensors", listing(f"orig_{name}"))
    with pytest.raises(EngineError, match=rf"{title}.*not built here"):
        identify(path)


@pytest.mark.parametrize("family", TINY)
def test_a_folder_of_each_family_is_known(family: str, tmp_path: Path) -> None:
    found = identify(write(tmp_path / "model", TINY[family], prefix="model.diffusion_model."))
    assert found.family.name == family
    assert found.architecture == TINY[family]
    assert found.storage == "fp32"


def test_audio_layers_are_known_beside_their_base(tmp_path: Path) -> None:
    base, adapter = write_with_adapter(tmp_path)
    assert identify(base).family.name == "i2v"
    found = identify(base, adapter)
    assert found.family.name == "infinitetalk"
    assert found.architecture == TINY["infinitetalk"]
    assert [path.name for path in found.experts[0]][-1] == "infinitetalk.safetensors"


@pytest.mark.parametrize("names", [("high_noise_model", "low_noise_model"), ("transformer", "transformer_2")])
def test_two_experts_are_found_high_noise_first(names: tuple[str, str], tmp_path: Path) -> None:
    for name in names:
        write(tmp_path / name, TINY["i2v-a14b"])
    assert [files[0].parent.name for files in identify(tmp_path).experts] == list(names)
    flat = tmp_path / "flat"
    for name in ("wan_low_noise_14B.safetensors", "wan_high_noise_14B.safetensors"):
        write(flat, TINY["i2v-a14b"], name=name)
    assert ["high" in files[0].name for files in identify(flat).experts] == [True, False]


def test_a_fingerprint_tells_weights_apart(tmp_path: Path) -> None:
    folders = [write(tmp_path / str(seed), TINY["t2v"], state(TINY["t2v"], seed)) for seed in (0, 1)]
    prints = [identify(folder).fingerprint() for folder in folders]
    assert prints[0] != prints[1]
    assert prints[0] == identify(folders[0]).fingerprint()


def test_faults_are_said_in_one_sentence(tmp_path: Path) -> None:
    arch, whole = TINY["i2v"], state(TINY["i2v"])
    name = "blocks.1.cross_attn.k_img.weight"
    lacking = {key: value for key, value in whole.items() if key != name}
    said = {
        "lack blocks.1.cross_attn.k_img.weight": write(tmp_path / "lacking", arch, lacking),
        "hold blocks.1.surplus.weight": write(tmp_path / "surplus", arch, whole | {"blocks.1.surplus.weight": torch.zeros(2)}),
        r"is \[96, 95\] and must be \[96, 96\]": write(tmp_path / "shape", arch, whole | {name: torch.zeros(96, 95)}),
    }
    for sentence, folder in said.items():
        with pytest.raises(EngineError, match=sentence):
            check(identify(folder))


def test_what_cannot_be_identified_is_said_in_one_sentence(tmp_path: Path) -> None:
    base, adapter = write_with_adapter(tmp_path)
    other = write(tmp_path / "t2v", TINY["t2v"])
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.safetensors").write_text("no weights")
    short = tmp_path / "short.safetensors"
    short.write_bytes((other / "diffusion_pytorch_model.safetensors").read_bytes()[:-100])
    twice = write(write(tmp_path / "twice", TINY["t2v"]), TINY["t2v"], name="other.safetensors")
    faults = {
        "name the folder of Wan2.1-I2V-14B before it": (adapter,),
        "belong on Wan2.1-I2V-14B, not on": (other, adapter),
        "both audio layers": (base, adapter, adapter),
        "no video transformer": (tmp_path / "empty",),
        "There is no": (tmp_path / "nowhere",),
        "cannot be read": (tmp_path / "text.safetensors",),
        "cut short": (short,),
        "both whole transformers": (twice,),
        "different transformers": (other, base, write(tmp_path / "third", TINY["ti2v"])),
    }
    for sentence, places in faults.items():
        with pytest.raises(EngineError, match=sentence):
            identify(*places)
    (base / "diffusion_pytorch_model-00002-of-00003.safetensors").unlink()
    with pytest.raises(EngineError, match=r"lacks diffusion_pytorch_model-00002-of-00003\.safetensors"):
        identify(base)


def test_audio_layers_of_another_width_do_not_fit(tmp_path: Path) -> None:
    base, _ = write_with_adapter(tmp_path)
    wide = state(replace(TINY["infinitetalk"], dim=192, num_heads=4))
    path = tmp_path / "wide.safetensors"
    save_file({key: value for key, value in wide.items() if "audio" in key or ".norm_x." in key}, path)
    with pytest.raises(EngineError, match=r"wide\.safetensors is .* and must be"):
        check(identify(base, path))


def test_an_index_and_its_shards_are_one_network(tmp_path: Path) -> None:
    found = identify(write_shards(tmp_path, TINY["flf2v"]))
    assert len(found.experts[0]) == 3
    assert found.family.name == "flf2v"
