"""Which of PyTorch's kernels calculate attention."""

from collections.abc import Iterator
from contextlib import contextmanager

from torch.nn.attention import SDPBackend, sdpa_kernel

_KERNELS = {
    "cudnn": SDPBackend.CUDNN_ATTENTION,
    "flash": SDPBackend.FLASH_ATTENTION,
    "efficient": SDPBackend.EFFICIENT_ATTENTION,
}


@contextmanager
def attending(kernels: tuple[str, ...]) -> Iterator[None]:
    """Attention is calculated by these kernels (`memory.kernels_for`), the first that can; (): as PyTorch chooses."""
    if not kernels:
        yield
        return
    with sdpa_kernel([*(_KERNELS[name] for name in kernels), SDPBackend.MATH], set_priority=True):
        yield
