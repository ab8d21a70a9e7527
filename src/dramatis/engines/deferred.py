"""An engine whose limits are known at once, and whose networks are read where it renders.

The command that plans a film asks only for limits. Its workers render; each reads the networks when it starts (`take.Loading`).
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec

from dramatis.errors import EngineError
from dramatis.media.footage import Footage
from dramatis.take import Engine, Limits, Take

_PACKAGES = {"cv2": "opencv-contrib-python-headless", "skia": "skia-python"}
"""By module, what provides it where the package has another name."""
_SYSTEM = "libegl1 libgl1 libexpat1"


@dataclass(frozen=True, eq=False)
class DeferredEngine:
    """The engine that `build` makes with `packages`, and the limits that it will have; `name` is what users call it."""

    name: str
    limits: Limits
    build: Callable[[], Engine]
    packages: tuple[str, ...] = ("torch", "safetensors")

    def check(self) -> None:
        """Raises `EngineError` if a package is missing."""
        for package in self.packages:
            if find_spec(package) is None:
                raise needing(self.name, ModuleNotFoundError(name=package))

    def load(self) -> None:
        """Read the networks; raises `EngineError` if a package is missing, or the weights are."""
        self._engine  # noqa: B018 - a cached property

    def render(self, take: Take) -> Footage:
        """What the engine makes of a take; raises `EngineError`."""
        return self._engine.render(take)

    @cached_property
    def _engine(self) -> Engine:
        try:
            return self.build()
        except ImportError as fault:
            raise needing(self.name, fault) from None


def needing(name: str, fault: ImportError) -> EngineError:
    """The error for an engine of which a package is not installed, or does not load."""
    if not isinstance(fault, ModuleNotFoundError):
        return EngineError(f'The engine "{name}" cannot load a library ({fault}); on Debian and Ubuntu: apt install {_SYSTEM}')
    return EngineError(
        f'The engine "{name}" needs {fault.name}: {sys.executable} -m pip install {_PACKAGES.get(fault.name or "", fault.name)}'
    )
