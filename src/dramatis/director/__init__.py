"""From loose words, voices and pictures to a plan: who feels and does what, when, and what the camera does."""

from dramatis.director.council import direct

__all__ = ["direct"]
