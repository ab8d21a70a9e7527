"""The watermark's pattern: 64 bits spread over some 400 waves, whose phases and places only the installation's key tells.

A tile of waves repeats itself over the picture. A fifth of the waves carry nothing but the key: they tell a reader how large the
tile is now and where it begins. The others carry a coded bit each, as their sign. They add one level of luma at most, two in the
texture of photographs. What shows of a level in an even area is the edge of the step, so drawings get slow waves, whose edges are
few. Texture hides faster ones, which differ more from what is in the picture.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dramatis.media.videos.luma_pattern import LumaPattern
from dramatis.provenance.watermark.error_correction import CODED, encode

_SYNC = 0.2


@dataclass(frozen=True)
class WaveBand:
    """Waves of `slowest` to `fastest` periods in a short side of the picture, in a tile whose side is `period` short sides.

    `level` is their standard deviation in levels of luma, 8 bits, before these are made whole (docs/log.md); `masked`: twice that
    in texture.
    """

    slowest: float
    fastest: float
    period: float
    level: float
    masked: bool = False

    @property
    def most(self) -> int:
        """Periods of the fastest wave in a tile."""
        return int(self.fastest * self.period)


SLOW = WaveBand(8.0, 20.0, 0.85, 0.6)
"""For drawings."""
FAST = WaveBand(12.0, 40.0, 0.45, 0.9, masked=True)
"""For photographs."""
BANDS = (SLOW, FAST)


@dataclass(frozen=True, eq=False)
class KeyedWaves:
    """The waves of a key in a band: periods `down` and `across` the tile, their `phases` (unit complex numbers); the first `sync`
    waves carry no bit, of the others wave k carries coded bit `bits[k - sync]`.
    """

    band: WaveBand
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


def spectrum_of(key: bytes, band: WaveBand) -> KeyedWaves:
    """The waves that a key chooses."""
    seed = int.from_bytes(blake2b(b"dramatis watermark 2" + key, digest_size=16).digest(), "big")
    chance = np.random.Generator(np.random.PCG64(seed))
    down, across = np.mgrid[-band.most : band.most + 1, : band.most + 1]
    radius = np.hypot(down, across) / band.period
    half = (across > 0) | (down > 0)  # of the plane: the film is real
    inside = (radius >= band.slowest) & (radius <= band.fastest) & half
    order = chance.permutation(int(inside.sum()))
    phases = np.exp(2j * np.pi * chance.random(len(order)))
    sync = round(_SYNC * len(order))
    return KeyedWaves(band, down[inside][order], across[inside][order], phases, sync, np.arange(len(order) - sync) % CODED)


def pattern_of(spectrum: KeyedWaves, payload: int) -> LumaPattern:
    """What is added to the luma of every frame so that it carries a payload."""
    band = spectrum.band
    waves = np.zeros((2 * band.most + 1, band.most + 1), np.complex64)
    waves[spectrum.down + band.most, spectrum.across] = spectrum.signed(payload)
    return LumaPattern(waves, band.period, band.level, band.masked)
