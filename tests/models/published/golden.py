"""Golden outputs of the original implementations, where this machine has them (they are no part of the repository)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from torch import Tensor

from dramatis.models.published.architecture import architecture
from dramatis.models.published.transformer import PublishedTransformer

SHARED = next((path / "shared" for path in Path(__file__).parents if (path / "shared" / "golden").is_dir()), None)


@dataclass(frozen=True)
class Golden:
    """Tensors by name, and what the original was built with."""

    tensors: dict[str, Tensor]
    made: dict[str, Any]

    def inputs(self, name: str) -> Tensor:
        return self.tensors[f"inputs.{name}"]

    def output(self, name: str = "") -> Tensor:
        return self.tensors[f"output.{name}" if name else "output"]

    def weights(self) -> dict[str, Tensor]:
        return {name.removeprefix("weights."): value for name, value in self.tensors.items() if name.startswith("weights.")}

    def transformer(self) -> PublishedTransformer:
        weights = self.weights()
        with torch.device("meta"):
            net = PublishedTransformer(
                architecture({name: value.shape for name, value in weights.items()}, self.made["num_heads"])
            )
        net.load_state_dict(weights, strict=True, assign=True)
        return net.eval()


def golden(name: str) -> Golden:
    """Skips the test where there is none."""
    path = None if SHARED is None else SHARED / "golden" / "wan" / f"{name}.safetensors"
    if path is None or not path.is_file():
        pytest.skip("the golden files of the published models are not here")
    with safe_open(path, "pt") as file:
        made = {key: json.loads(value) for key, value in file.metadata().items()}
        return Golden({key: file.get_tensor(key) for key in file.keys()}, made)  # noqa: SIM118 - a file is no mapping
