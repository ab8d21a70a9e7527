"""The native engine: our own small video model, trained on the stage by this repository's code and shipped with the package.

Begin at `engine.py`, which films clips, and `stills.py`, which makes single frames of a film. `load.py` reads the weights (as
`networks.py`), `film_pose.py` plans a film's pose sequence with `motion.py`, `sample.py` samples latents and decodes them
(training calls the same functions), `detail.py`, `deblock.py` and `ends.py` mend what the small networks leave.
"""

from dramatis.engines.native.load import shipped, shipped_stills

__all__ = ["shipped", "shipped_stills"]
