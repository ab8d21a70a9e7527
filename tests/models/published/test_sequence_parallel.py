"""One network on two processes gives what it gives on one."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, distributed, multiprocessing

from dramatis.models.published.sequence_parallel import Ulysses, side_by_side
from tests.models.published.made import TINY, state
from tests.models.published.test_loading import filled, inputs

if not distributed.is_available() or not distributed.is_gloo_available():
    pytest.skip("PyTorch was built without gloo", allow_module_level=True)


def shared_out(rank: int, folder: str) -> None:
    """Five latent frames on two processes, three guidance passes, heads that cannot be shared out."""
    distributed.init_process_group("gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2)
    try:
        for family in ("ti2v", "infinitetalk"):
            net = filled(TINY[family], state(TINY[family]))
            net.sequence = Ulysses()
            torch.save(made(net, family), Path(folder) / f"{family}-{rank}.pt")
        passes = side_by_side([lambda number=number: torch.full((2, 3), float(number)) for number in range(3)])
        torch.save(torch.stack(passes), Path(folder) / f"passes-{rank}.pt")
        with pytest.raises(ValueError, match="3 heads cannot be shared out evenly to 2 processes"):
            Ulysses().attend(*(torch.zeros(1, 4, 3, 8) for _ in range(3)))
    finally:
        distributed.destroy_process_group()


def made(net: Callable[..., Tensor], family: str) -> Tensor:
    given = inputs(TINY[family], 5)
    if family == "ti2v":
        given["level"] = torch.tensor([[0.0, 0.2, 0.4, 0.6, 0.8]], dtype=torch.float64)
    with torch.no_grad():
        return net(**given)


def test_two_processes_give_what_one_gives() -> None:
    with tempfile.TemporaryDirectory() as folder:
        other = multiprocessing.get_context("spawn").Process(target=shared_out, args=(1, folder))
        other.start()
        shared_out(0, folder)
        other.join()
        assert other.exitcode == 0
        for family in ("ti2v", "infinitetalk"):
            alone = made(filled(TINY[family], state(TINY[family])), family)
            for rank in range(2):
                torch.testing.assert_close(torch.load(Path(folder) / f"{family}-{rank}.pt"), alone, atol=1e-5, rtol=0)
        for rank in range(2):
            assert torch.load(Path(folder) / f"passes-{rank}.pt")[:, 0, 0].tolist() == [0, 1, 2]
