"""The finish engine: from a small clip, its prior, to the film's size and rate.

Begin at `engine.py`: which frames are made from which. `corrections.py` holds frames to the large pictures that are given,
`between.py` makes what lies between two frames of the clip.
"""

from dramatis.engines.finish.engine import shipped

__all__ = ["shipped"]
