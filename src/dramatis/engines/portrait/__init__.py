"""The portrait engine: geometric animation of a picture, without a trained video model, at any size, on a CPU."""

from dramatis.engines.portrait.engine import PortraitEngine

__all__ = ["PortraitEngine"]
