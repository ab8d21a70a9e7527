"""A checkpoint comes back as it was written, or says in one sentence why it cannot."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from torch import nn

from dramatis.errors import EngineError
from dramatis.models import checkpoints


@dataclass(frozen=True)
class Inner:
    depth: int = 1


@dataclass(frozen=True)
class Sizes:
    width: int
    scales: tuple[float, ...] = (1.0, 2.0)
    inner: Inner = Inner()
    note: str | None = None


@dataclass(frozen=True)
class Other:
    width: int = 4


class Linear(nn.Linear):
    def __init__(self, config: Sizes) -> None:
        super().__init__(config.width, 3)
        self.config = config


@pytest.fixture
def written(tmp_path: Path) -> Path:
    config = Sizes(4, (0.5,), Inner(3), "small")
    torch.manual_seed(0)
    checkpoints.save(tmp_path / "new" / "tiny.safetensors", Linear(config), None)
    return tmp_path / "new" / "tiny.safetensors"


def test_a_checkpoint_comes_back_as_it_was_written(written: Path) -> None:
    torch.manual_seed(0)
    original = Linear(Sizes(4))
    found = checkpoints.load(written, Sizes, Linear)
    assert found.config == Sizes(4, (0.5,), Inner(3), "small")
    assert torch.equal(found.weight, original.weight)
    assert not found.training
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_half_precision_is_a_matter_of_storage_alone(tmp_path: Path) -> None:
    path = tmp_path / "half.safetensors"
    module = Linear(Sizes(4))
    checkpoints.save(path, module)
    found = checkpoints.load(path, Sizes, Linear)
    assert found.weight.dtype == torch.float32
    assert torch.equal(found.weight, module.weight.half().float())


def test_another_architecture_is_refused(written: Path) -> None:
    with pytest.raises(EngineError, match="are of the architecture Sizes, not Other"):
        checkpoints.load(written, Other, lambda config: nn.Linear(config.width, 3))


def test_tensors_that_do_not_fit_are_named(written: Path) -> None:
    with pytest.raises(EngineError, match=r"missing: 0\.bias, 0\.weight; unknown: bias, weight\)"):
        checkpoints.load(written, Sizes, lambda config: nn.Sequential(Linear(config)))
    with pytest.raises(EngineError, match=r"shape: weight is \[3, 4\] instead of \[3, 5\]"):
        checkpoints.load(written, Sizes, lambda config: nn.Linear(5, 3))


def test_a_config_of_another_version_is_refused(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Sizes:
        width: int
        rank: int

    module = Linear(globals()["Sizes"](4))
    module.config = Sizes(4, 2)
    checkpoints.save(tmp_path / "later.safetensors", module)
    with pytest.raises(EngineError, match="unknown: rank"):
        checkpoints.load(tmp_path / "later.safetensors", globals()["Sizes"], Linear)


def test_what_is_no_checkpoint_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="There are no weights"):
        checkpoints.load(tmp_path / "none.safetensors", Sizes, Linear)
    (tmp_path / "text.safetensors").write_text("hello, this is a text and not a checkpoint")
    with pytest.raises(EngineError, match="cannot be read"):
        checkpoints.load(tmp_path / "text.safetensors", Sizes, Linear)
