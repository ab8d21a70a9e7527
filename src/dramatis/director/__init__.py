"""From words to direction: who feels and does what, when, and what the camera does."""

from dramatis.director.rules import direct

__all__ = ["direct"]
