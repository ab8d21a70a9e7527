"""What a voice says, as engines hear it: the speech encoder's features of the voice in a track, made once for a film."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import ValueCache
from dramatis.models import checkpoints
from dramatis.models.speech_encoder import SpeechConfig, SpeechEncoder
from dramatis.speech import vocals
from dramatis.speech.analysis import alone
from dramatis.speech.coarticulation import as_spoken
from dramatis.speech.mouthshapes import levelled
from dramatis.speech.spectrum import SAMPLE_RATE


class SpeechFeatures:
    """A speech encoder as a function of a levelled voice."""

    def __init__(self, encoder: SpeechEncoder) -> None:
        self._encoder = encoder

    def __call__(self, voice: Waveform) -> NDArray[np.float32]:
        """`N F` at 50 Hz, of a levelled voice at 16 kHz."""
        return as_spoken(self._encoder.features(voice.mono))


@dataclass(frozen=True, eq=False)
class VoiceFeatures:
    """Speech features of the voice in a track, made once for all takes of a film: `version` names what makes them."""

    features: SpeechFeatures
    version: str
    cache: ValueCache

    def __call__(self, voice: Waveform) -> NDArray[np.float32]:
        """`N F` at 50 Hz, of a track at any rate."""
        return self.cache.get(digest_of("speech features", self.version, voice.digest), lambda: self._made(voice))

    def _made(self, voice: Waveform) -> NDArray[np.float32]:
        return self.features(Waveform(levelled(alone(voice, self.cache))[:, None], SAMPLE_RATE))


def speech_features(weights: Path) -> SpeechFeatures:
    """What the speech encoder of a checkpoint hears; raises `EngineError` if there is none or it does not fit."""
    return SpeechFeatures(checkpoints.load(weights, SpeechConfig, SpeechEncoder))


def voice_features(weights: Path, cache: ValueCache) -> VoiceFeatures:
    """The same for any track, kept in a cache that all engines share."""
    version = digest_of(code_digest(__name__), weights.read_bytes(), vocals.WEIGHTS.read_bytes())
    return VoiceFeatures(speech_features(weights), version, cache)
