"""Builds crews from names; the only place that connects engines, directors and workers."""

from dramatis.recipes.crews import crew_for, translator_for

__all__ = ["crew_for", "translator_for"]
