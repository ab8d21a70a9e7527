"""The watermark's pattern: 64 bits spread over some 630 waves, whose phases and places only the installation's key tells.

A tile of waves repeats itself over the picture. A fifth of the waves carry nothing but the key: they tell a reader how large the
tile is now and where it begins. The others carry a coded bit each, as their sign. All lie at spatial frequencies that rescaling
and re-encoding keep, and that are hard to see at one level of luma.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dramatis.media.luma_pattern import LumaPattern
from dramatis.provenance.watermark.error_correction import CODED, encode

PERIOD = 256 / 720
"""Side of the tile in short sides of the picture."""
_SLOWEST, _FASTEST = 6.0, 21.0  # periods in a tile: waves of 43 to 12 pixels at 720p
_MOST = 30
_SYNC = 0.2
LEVEL = 0.8
"""Standard deviation in levels of luma, 8 bits (docs/log.md)."""


@dataclass(frozen=True, eq=False)
class KeyedWaves:
    """The waves of a key: periods `down` and `across` the tile, their `phases` (unit complex numbers); the first `sync` waves
    carry no bit, of the others wave k carries coded bit `bits[k - sync]`.
    """

    down: NDArray[np.int64]
    across: NDArray[np.int64]
    phases: NDArray[np.complex128]
    sync: int
    bits: NDArray[np.int64]

    def signed(self, payload: int) -> NDArray[np.complex128]:
        """The waves' amplitudes when they carry a payload."""
        signs = np.ones(len(self.phases))
        signs[self.sync :] = 1.0 - 2.0 * encode(payload)[self.bits]
        return self.phases * signs


def spectrum_of(key: bytes) -> KeyedWaves:
    """The waves that a key chooses."""
    seed = int.from_bytes(blake2b(b"dramatis watermark 1" + key, digest_size=16).digest(), "big")
    chance = np.random.Generator(np.random.PCG64(seed))
    down, across = np.mgrid[-_MOST : _MOST + 1, : _MOST + 1]
    radius = np.hypot(down, across)
    inside = (radius >= _SLOWEST) & (radius <= _FASTEST) & ((across > 0) | (down > 0))  # half the plane: the film is real
    order = chance.permutation(int(inside.sum()))
    phases = np.exp(2j * np.pi * chance.random(len(order)))
    sync = round(_SYNC * len(order))
    return KeyedWaves(down[inside][order], across[inside][order], phases, sync, np.arange(len(order) - sync) % CODED)


def pattern_of(spectrum: KeyedWaves, payload: int, level: float = LEVEL) -> LumaPattern:
    """What is added to the luma of every frame so that it carries a payload."""
    waves = np.zeros((2 * _MOST + 1, _MOST + 1), np.complex64)
    waves[spectrum.down + _MOST, spectrum.across] = spectrum.signed(payload)
    return LumaPattern(waves, PERIOD, level)
