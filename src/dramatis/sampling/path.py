"""The straight path between data and noise (Lipman et al. 2023, arXiv 2210.02747; Liu et al. 2023, arXiv 2209.03003).

`x = (1 - sigma) data + sigma noise`, and the velocity is `noise - data`, its derivative by sigma. Latents are `B C T H W`; a
noise level of each frame is `B T`.
"""

from collections.abc import Callable

from jaxtyping import Float
from torch import Tensor

Velocity = Callable[[Tensor, float], Tensor]
"""`f(x, sigma)`: the derivative of x by sigma."""
FrameVelocity = Callable[[Tensor, Tensor], Tensor]
"""The same with a noise level of each frame, `B T`."""


def noised(
    data: Float[Tensor, "b c t h w"], noise: Float[Tensor, "b c t h w"], sigma: Float[Tensor, "b t"]
) -> Float[Tensor, "b c t h w"]:
    """Data at each frame's noise level."""
    level = of_frames(sigma)
    return (1 - level) * data + level * noise


def of_frames(sigma: Float[Tensor, "b t"]) -> Float[Tensor, "b 1 t 1 1"]:
    """`B T` as it multiplies latents: `B 1 T 1 1`."""
    return sigma[:, None, :, None, None]


def scaled(velocity: FrameVelocity, level: Float[Tensor, "b t"]) -> Velocity:
    """The velocity of videos whose frames begin at levels of their own: at `sigma` a frame has the noise of `level * sigma`.

    By the chain rule its velocity is `level` times the network's: a given frame (level 0) stays exactly as it is, one that is
    begun from a prior (level below 1) goes the shorter way in as many steps.
    """

    def along(x: Float[Tensor, "b c t h w"], sigma: float) -> Float[Tensor, "b c t h w"]:
        return of_frames(level) * velocity(x, level * sigma)

    return along
