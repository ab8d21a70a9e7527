"""Dramatis makes films of talking people from a portrait, a voice and a line of direction."""

__version__ = "0.1.0"
