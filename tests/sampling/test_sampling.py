"""A solver against a flow whose exact solution is known, guidance's algebra, noise that depends on nothing but its place."""

import math
from collections.abc import Callable
from itertools import pairwise

import pytest
import torch
from torch import Tensor

from dramatis.sampling.guidance import Negative, by_level, guided, stepwise
from dramatis.sampling.noise import frame_noise
from dramatis.sampling.path import Velocity, noised, scaled
from dramatis.sampling.schedules import of_infinitetalk, of_wan, shifted
from dramatis.sampling.solvers import euler, unipc
from tests.models.published.golden import golden

MEAN, DEVIATION = 1.5, 0.4  # of the data


def spread(sigma: float) -> float:
    """Standard deviation of normal data on the way to noise."""
    return math.hypot((1 - sigma) * DEVIATION, sigma)


def flow(x: Tensor, sigma: float) -> Tensor:
    """The exact velocity between normal data and normal noise."""
    slope = (sigma - (1 - sigma) * DEVIATION**2) / spread(sigma) ** 2
    return -MEAN + slope * (x - (1 - sigma) * MEAN)


def fault(steps: int, solver: Callable[[Velocity, Tensor, Tensor], Tensor] = euler) -> float:
    noise = torch.tensor([-1.2, 0.3, 2.0], dtype=torch.float64)
    sigmas = 0.1 + 0.85 * shifted(steps, 1.5)
    start, exact = ((1 - sigma) * MEAN + spread(float(sigma)) * noise for sigma in sigmas[[0, -1]])
    return float((solver(flow, start, sigmas) - exact).abs().max())


def test_solvers_converge_with_their_order() -> None:
    for solver, order in ((euler, 1), (unipc, 2)):
        faults = [fault(steps, solver) for steps in (40, 80, 160)]
        for coarse, fine in pairwise(faults):
            assert order - 0.25 < math.log2(coarse / fine) < order + 0.6  # its corrector is better than its order


@pytest.mark.parametrize(("steps", "shift", "long"), [(8, 5.0, ""), (20, 3.0, "long.")])
def test_unipc_and_its_levels_are_those_of_the_original(steps: int, shift: float, long: str) -> None:
    kept = golden("unipc_flow")
    sigmas, samples = of_wan(steps, shift), kept.output(f"{long}samples")
    torch.testing.assert_close(sigmas, kept.output(f"{long}sigmas"), atol=1e-7, rtol=0)
    assert [int(1000 * sigma) for sigma in sigmas[:-1]] == kept.output(f"{long}timesteps").tolist()
    seen = []

    def velocity(x: Tensor, sigma: float) -> Tensor:
        seen.append(x)
        return kept.inputs("a") * x + kept.inputs("b") * sigma

    final = unipc(velocity, kept.inputs("x"), kept.output(f"{long}sigmas"))
    torch.testing.assert_close(final, samples[-1], atol=1e-10, rtol=0)
    assert len(seen) == steps


def test_solvers_agree_with_those_of_diffusers() -> None:
    schedulers = pytest.importorskip("diffusers.schedulers", reason="diffusers is in the extra `wan`")
    x = torch.randn(2, 3, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    options = {"prediction_type": "flow_prediction", "use_flow_sigmas": True, "final_sigmas_type": "zero"}
    theirs = {
        unipc: schedulers.UniPCMultistepScheduler(**options, flow_shift=1.0),
        euler: schedulers.FlowMatchEulerDiscreteScheduler(shift=1.0),
    }
    for solver, scheduler in theirs.items():
        sigmas = of_wan(7, 5.0)
        scheduler.set_timesteps(sigmas=sigmas[:-1].numpy())
        scheduler.sigmas = sigmas
        made = x
        for timestep, sigma in zip(scheduler.timesteps, sigmas, strict=False):
            made = scheduler.step(flow(made, float(sigma)), timestep, made, return_dict=False)[0]
        torch.testing.assert_close(solver(flow, x, sigmas), made, atol=1e-6, rtol=0)


def test_levels_of_published_samplers() -> None:
    assert of_infinitetalk(3, 1.0).tolist() == pytest.approx([1, 0.5005, 0.001, 0])
    assert shifted(4, 5.0).tolist() == pytest.approx([1, 0.9375, 5 / 6, 0.625, 0])  # those that step distillation learned


def test_a_straight_path_is_solved_exactly_in_one_step_and_in_many() -> None:
    data, noise = torch.randn(2, 3, 4, 2, 2), torch.randn(2, 3, 4, 2, 2)
    for steps in (1, 5):
        found = euler(lambda x, sigma: noise - data, noise, shifted(steps))
        torch.testing.assert_close(found, data)


def test_given_frames_stay_and_others_begin_where_their_level_says() -> None:
    data, noise = torch.randn(1, 3, 3, 2, 2), torch.randn(1, 3, 3, 2, 2)
    level = torch.tensor([[0.0, 0.6, 1.0]])
    seen = []

    def network(x: Tensor, sigma: Tensor) -> Tensor:
        seen.append(sigma)
        torch.testing.assert_close(x, noised(data, noise, sigma))
        return noise - data

    start = noised(data, noise, level)
    found = euler(scaled(network, level), start, shifted(4))
    assert torch.equal(found[:, :, 0], data[:, :, 0])
    torch.testing.assert_close(found, data)
    assert max(float(sigma[0, 1]) for sigma in seen) == pytest.approx(0.6)


def test_a_schedule_falls_from_noise_to_data_and_shift_lingers_at_noise() -> None:
    even, late = shifted(8, 1.0), shifted(8, 5.0)
    torch.testing.assert_close(even, torch.linspace(1, 0, 9, dtype=torch.float64))
    assert (late.diff() < 0).all()
    assert (late[1:-1] > even[1:-1]).all()
    assert late[0] == 1
    assert late[-1] == 0


def test_guidance_moves_away_from_each_negative_by_its_own_scale() -> None:
    x = torch.zeros(3)
    full, without_text, without_audio = torch.tensor([1.0, 2, 3]), torch.tensor([1.0, 1, 3]), torch.tensor([1.0, 2, 1])
    both = guided(lambda *_: full, [Negative(lambda *_: without_text, 3.0), Negative(lambda *_: without_audio, 2.0)])
    assert both(x, 0.5).tolist() == [1.0, 4.0, 5.0]
    unconditional = guided(lambda *_: full, [Negative(lambda *_: without_text, 0.0)])
    assert torch.equal(unconditional(x, 0.5), without_text)


def test_a_scale_of_one_and_levels_outside_the_interval_cost_no_call() -> None:
    calls: list[float] = []

    def without(x: Tensor, sigma: float) -> Tensor:
        calls.append(sigma)
        return x

    steered = guided(lambda x, sigma: x + 1, [Negative(without, 1.0), Negative(without, 2.0, (0.2, 0.8))])
    assert [float(steered(torch.zeros(()), sigma)) for sigma in (0.9, 0.5, 0.1)] == [1.0, 2.0, 1.0]
    assert calls == [0.5]


def test_noise_is_a_function_of_seed_and_place_in_the_film() -> None:
    size = (4, 3, 5)
    whole, piece = frame_noise(7, range(0, 40, 4), size), frame_noise(7, range(16, 28, 4), size)
    assert torch.equal(whole[:, 4:7], piece)
    assert not torch.equal(frame_noise(8, [16], size), piece[:, :1])
    torch.manual_seed(3)
    torch.rand(5)
    assert torch.equal(frame_noise(7, [16], size), piece[:, :1])
    many = frame_noise(1, range(400), size)
    assert float(many.mean()) == pytest.approx(0, abs=0.02)
    assert float(many.std()) == pytest.approx(1, abs=0.02)
    neighbours = torch.corrcoef(many.transpose(0, 1).flatten(1))
    assert float(neighbours.triu(1).abs().mean()) < 0.15


def test_steps_of_guidance_build_on_one_another() -> None:
    x = torch.zeros(2)
    nested = stepwise(
        lambda x, sigma: torch.tensor([4.0, 1.0]),
        [Negative(lambda x, sigma: torch.tensor([3.0, 1.0]), 5.0), Negative(lambda x, sigma: torch.tensor([1.0, 0.0]), 4.0)],
    )
    assert nested(x, 0.5).tolist() == [1 + 5 * 1 + 4 * 2, 4 * 1]  # InfiniteTalk's own form


def test_experts_share_the_levels() -> None:
    asked = by_level(lambda x, sigma: x + 1, lambda x, sigma: x - 1, 0.9)
    assert [float(asked(torch.zeros(1), sigma)) for sigma in (1.0, 0.9, 0.8999)] == [1, 1, -1]
