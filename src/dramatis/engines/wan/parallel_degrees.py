"""How the graphics cards of a worker share a take: passes of guidance side by side; with more cards, each by latent frames."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ParallelDegrees:
    """`cfg` passes of guidance are calculated side by side, each by `ulysses` processes."""

    cfg: int = 1
    ulysses: int = 1

    @property
    def ranks(self) -> int:
        """How many processes that are."""
        return self.cfg * self.ulysses


def degrees_for(cards: int, passes: int, heads: int) -> ParallelDegrees:
    """For so many cards, passes in a step, and heads, which are shared out evenly; cards beyond that are left to others.

    Passes exchange next to nothing, so they come first.
    """
    cfg = max(min(cards, passes), 1)
    return ParallelDegrees(cfg, max(count for count in range(1, max(cards // cfg, 1) + 1) if heads % count == 0))
