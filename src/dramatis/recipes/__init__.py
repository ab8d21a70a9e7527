"""Names -> wired crews: the only place that wires."""

from dramatis.recipes.crews import crew_for

__all__ = ["crew_for"]
