"""The portrait engine: geometric animation of the real picture. No trained video model, sharp at any size, on a CPU."""

from dramatis.engines.portrait.engine import PortraitEngine

__all__ = ["PortraitEngine"]
