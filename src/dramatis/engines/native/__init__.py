"""The native engine: our own small video model, trained on the stage by this repository's code and shipped with the package.

Begin at `engine.py`: from a take to footage. `load.py` reads the weights, `motion.py` samples poses, `sample.py` samples latents
and decodes them (training calls the same functions), `detail.py` and `deblock.py` mend what the small networks leave.
"""

from dramatis.engines.native.load import shipped

__all__ = ["shipped"]
