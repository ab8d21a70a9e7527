"""The native engine with weights of a folder.

Its words are those of `conditioning/words.py` and of the stage's captions; what its training showed it, and at which size and
rate, stands in its checkpoint's header.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import silence
from dramatis.engines.native.engine import NativeEngine
from dramatis.engines.native.limits import Weights, clip_limits, still_limits
from dramatis.engines.native.motion import MotionSampling
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.sample import Sampling
from dramatis.engines.native.stills import StillEngine
from dramatis.errors import EngineError
from dramatis.media.digests import digest_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.models import checkpoints, codec, motion_model, refiner, video_model
from dramatis.models.speech_encoder import SpeechConfig, SpeechEncoder
from dramatis.speech.analysis import alone
from dramatis.speech.coarticulation import as_spoken
from dramatis.speech.mouthshapes import SPEECH_COLUMN, levelled
from dramatis.speech.spectrum import SAMPLE_RATE

_FLATTEST = 0.17  # between its own frames (0.21; the stage's: 0.25 as a JPEG of quality 90) and photos (docs/log.md)
QUICK = Sampling()
PATIENT = replace(QUICK, steps=21, motion=MotionSampling(steps=8))
"""50 calls a take."""


def load(weights: Weights, sampling: Sampling = QUICK, cache: ValueCache = NOWHERE) -> NativeEngine:
    """The engine with these weights; raises `EngineError` if there are none, or if they do not belong together."""
    video = video_model.load(weights.transformer)
    limits = clip_limits(weights)
    features = VoiceFeatures(SpeechFeatures(checkpoints.load(weights.speech, SpeechConfig, SpeechEncoder)), limits.version, cache)
    networks = Networks(
        motion_model.load(weights.motion),
        video,
        codec.load(weights.codec),
        refiner.load(weights.refiner),
        Encoders(video.config.text.tokenize, features, silence(), limits.cannot, SPEECH_COLUMN),
        _FLATTEST,
        "use --engine portrait",
    )
    _check_together(networks, weights)
    return NativeEngine(networks, limits, sampling)


def load_stills(weights: Weights, cache: ValueCache) -> StillEngine:
    """The engine that makes single frames, with these weights; raises `EngineError`."""
    engine = load(weights, cache=cache)
    return StillEngine(engine.networks, still_limits(weights), engine.sampling)


def _check_together(networks: Networks, weights: Weights) -> None:
    """Refuse networks that were not trained on the same words and latents."""
    motion, video, film = networks.motion_model.config, networks.video_model, networks.codec.config
    words = (motion.vocabulary, len(video.config.text.vocabulary))
    if words[0] != words[1] or motion.channels != video.channels or video.channels > film.channels:
        raise EngineError(
            f"The weights in {weights.transformer.parent} do not belong together (words {words[0]} and {words[1]}, channels "
            f"{motion.channels}, {video.channels} and {film.channels}): use those of one training."
        )


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
