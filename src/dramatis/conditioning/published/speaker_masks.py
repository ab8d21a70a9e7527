"""Regions of speakers as latents see them: one voice never drives all."""

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import NDArray
from torch import Tensor


def speaker_masks(areas: NDArray[np.bool_], space: int) -> Float[Tensor, "1 speakers y x"]:
    """Masks `speakers H W` at every `space`-th pixel."""
    return torch.from_numpy(areas[None, :, ::space, ::space].astype(np.float32))
