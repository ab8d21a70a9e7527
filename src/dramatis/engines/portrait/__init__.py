"""The portrait engine: geometric animation of a picture, without a trained video model, at any size, on a CPU.

Begin with `engine`, its limits and `render`, then `rig`, everything about one character that is computed once.

- `cutouts/`: the picture as layers: people with soft outlines, background, regions that stay as they are.
- `geometry/`: points of the face, and how they move skin, head and body.
- `features/`: what opens and closes: mouth and eyes.
- `motion/`: from voice, cues and seed to one pose and one view for each frame.
- `drawing/`: from a pose to pixels.
"""

from dramatis.engines.portrait.engine import PortraitEngine

__all__ = ["PortraitEngine"]
