"""What lies where, matrices in eight bits, and what `dramatis doctor` says of weights."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from dramatis.cli.app import app
from dramatis.engines.wan import memory, trial
from dramatis.engines.wan.attention_kernels import attending
from dramatis.engines.wan.engine import WanEngine
from dramatis.engines.wan.memory import MemoryPlan
from dramatis.engines.wan.residency import Residency, by_blocks
from dramatis.models.published.transformer import PublishedTransformer
from tests.engines.wan.tiny_takes import filmed, rel, take_for, velocity

pytest.importorskip("diffusers", reason="diffusers is in the extra `wan`")


@pytest.mark.parametrize(
    ("gigabytes", "placed", "stored"), [(80, "all", "bf16"), (48, "one", "bf16"), (24, "one", "fp8"), (12, "blocks", "bf16")]
)
def test_memory_decides_what_lies_where(
    engine_of: Callable[[str], WanEngine], monkeypatch: pytest.MonkeyPatch, gigabytes: float, placed: str, stored: str
) -> None:
    weights = engine_of("i2v").weights
    large = replace(weights, architecture=replace(weights.architecture, dim=5120))
    monkeypatch.setattr(memory, "transformer_gigabytes", lambda _: 32.8)  # I2V-14B
    plan = memory.plan_for(gigabytes, large)
    assert (plan.placed, plan.stored) == (placed, stored)
    assert memory.plan_for(None, large) == MemoryPlan()


@torch.inference_mode()
def test_matrices_in_eight_bits_give_nearly_the_same(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("i2v")
    small = Residency(engine.networks.loaders, "cpu", MemoryPlan("fp8"))
    take = take_for(engine, 13)
    whole, held = velocity(engine, take), velocity(replace(engine, networks=small), take)
    assert 0 < rel(held, whole) < 0.1
    sizes = [
        sum(one.numel() * one.element_size() for one in of.use("high", PublishedTransformer).blocks.parameters())
        for of in (small, engine.networks)
    ]
    assert sizes[0] < 0.45 * sizes[1]
    assert not pickle.loads(pickle.dumps(small))._loaded


class Recorded(torch.nn.Module):
    """A network that notes where it is sent."""

    def __init__(self, name: str, sent: list[tuple[str, str]]) -> None:
        super().__init__()
        self.name, self.sent = name, sent

    def to(self, place: str) -> "Recorded":  # type: ignore[override]  # a fake
        self.sent.append((self.name, place))
        return self


def test_one_network_at_a_time_is_on_the_card() -> None:
    sent: list[tuple[str, str]] = []
    read: list[tuple[str, str]] = []

    def loader(name: str, place: str) -> Recorded:
        read.append((name, place))
        return Recorded(name, sent)

    networks = Residency(
        {name: partial(loader, name) for name in ("words", "high", "low")}, "card", MemoryPlan(placed="one", words_here=False)
    )
    for name in ("words", "high", "high", "low"):
        networks.use(name, Recorded)
    assert read == [("words", "cpu"), ("high", "cpu"), ("low", "cpu")]
    assert [one for one in sent if one[1] == "card"] == [("high", "card"), ("high", "card"), ("low", "card")]
    assert sent[-2:] == [("high", "cpu"), ("low", "card")]
    assert ("words", "card") not in sent


@torch.inference_mode()
def test_blocks_that_are_fetched_calculate_the_same(
    engine_of: Callable[[str], WanEngine], folders: Callable[[str], tuple[Path, ...]]
) -> None:
    engine = engine_of("t2v")
    take = take_for(engine, 13)
    fetched = Residency(engine.networks.loaders, "cpu", MemoryPlan())
    by_blocks(fetched.use("high", PublishedTransformer), "cpu")
    torch.testing.assert_close(velocity(replace(engine, networks=fetched), take), velocity(engine, take))


def test_the_doctor_says_what_weights_are_and_tries_them(
    folders: Callable[[str], tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "SMALL", (32, 32))
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    said = CliRunner().invoke(
        app, ["doctor", "--engine", "wan", *map(str, folders("infinitetalk"))], env={"DRAMATIS_MEMORY": "24"}
    )
    assert said.exit_code == 0, said.output
    for line in (
        "weights: MultiTalk or InfiniteTalk",
        "licence: Apache-2.0",
        "2 voices at once",
        "memory: 24 GB: all on the card",
        "cards: 2 of 2 film a take: passes of guidance side by side",
    ):
        assert line in said.stdout
    for name, steps, frames in (("two steps", 2, 5), ("four steps", 4, 5), ("a short clip", 1, 17)):
        assert f"ok  {name}: {frames} frames of 32x32 in {steps} steps" in said.stdout


def test_the_doctor_says_which_cards_film_a_take(engine_of: Callable[[str], WanEngine]) -> None:
    engine = engine_of("infinitetalk")  # two heads, two passes
    assert trial.sharing(engine, 0) == "none, the processor calculates"
    assert trial.sharing(engine, 1) == "one of 1"
    assert trial.sharing(engine, 3) == "2 of 3 film a take: passes of guidance side by side"
    assert trial.sharing(engine, 6) == "4 of 6 film a take: passes of guidance side by side, each pass by 2"


def test_the_doctor_refuses_other_folders_in_one_sentence(tmp_path: Path) -> None:
    for given in (["--engine", "wan", str(tmp_path)], ["--engine", "wan", str(tmp_path / "none")], ["--engine", "drawn"]):
        said = CliRunner().invoke(app, ["doctor", *given])
        assert said.exit_code == 2
        assert len(said.stderr.strip().splitlines()) == 1


def test_attention_is_by_the_kernels_of_the_card(engine_of: Callable[[str], WanEngine]) -> None:
    assert [memory.kernels_for(card)[0] for card in ((8, 6), (9, 0), (12, 0))] == ["flash", "cudnn", "cudnn"]
    with attending(("flash",)):
        assert (torch.backends.cuda.flash_sdp_enabled(), torch.backends.cuda.mem_efficient_sdp_enabled()) == (True, False)
    assert torch.backends.cuda.mem_efficient_sdp_enabled()
    engine = engine_of("i2v")
    chosen = Residency(engine.networks.loaders, "cpu", MemoryPlan(attention=memory.kernels_for((9, 0))))
    take = take_for(engine, 9)
    for frame, other in zip(filmed(engine, take), filmed(replace(engine, networks=chosen), take), strict=True):
        assert (frame == other).all()  # here all of them end in the same kernel
    assert "attention by flash or efficient" in trial.placement(
        engine.weights, MemoryPlan(attention=memory.kernels_for((8, 0))), 24
    )
