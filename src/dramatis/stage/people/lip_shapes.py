"""Where a mouth's lips are: one geometry for the drawing, its close-up and the ground truth."""

from dataclasses import dataclass

from dramatis.stage.people.head import Head

MOUTH_Y = 0.285
"""Of the mouth's middle, below the head's."""


@dataclass(frozen=True)
class Lips:
    """The mouth's geometry in face coordinates about its middle: the truth and the drawing read the same."""

    width: float
    """Half the width between the corners."""
    inner: float
    """Half the width of the opening."""
    top: float
    """How far the opening goes up from the line between the corners."""
    bottom: float
    corner: float
    """How far the corners are up."""
    thick: tuple[float, float]
    """Upper and lower lip."""

    @property
    def opening(self) -> float:
        """The height of the opening."""
        return self.top + self.bottom


def lips_of(head: Head) -> Lips:
    """What the eight channels and the smile make of the mouth."""
    jaw, spread, pucker, funnel, press, upper, lower, _ = (float(value) for value in head.pose.mouth)
    smile, purse, free = head.pose.smile, head.pose.purse * max(0.0, 1 - 1.5 * jaw), 1 - press
    narrow = (1 - 0.50 * pucker - 0.30 * funnel) * (1 - 0.42 * purse)
    width = 0.165 * (1 + 0.30 * spread + 0.18 * max(smile, 0)) * narrow
    rounded = 0.035 * funnel + 0.020 * pucker
    top = (0.022 * jaw + 0.045 * upper * min(1, 0.4 + jaw) + 0.6 * rounded) * free
    bottom = (0.220 * jaw + 0.040 * lower + rounded) * free
    full = (0.042 if head.female else 0.030) * (1 + 0.5 * purse)
    thick = (full * 0.72 * (1 + 0.5 * pucker) * (1 - 0.6 * press), full * (1 + 0.5 * pucker + 0.2 * funnel) * (1 - 0.6 * press))
    return Lips(width, width * (0.90 if top + bottom > 0.01 else 0.0), top, bottom, 0.012 + 0.075 * smile, thick)
