"""Size and frame rate of a film."""

from dataclasses import dataclass

from dramatis.clock import Rate


@dataclass(frozen=True)
class Canvas:
    """Width and height in pixels, and the frame rate. `alpha`: frames have an opacity, and the background is left out."""

    width: int
    height: int
    rate: Rate
    alpha: bool = False

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"a canvas must have an area: {self.width}x{self.height}")

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height
