"""The native engine with weights of a folder.

Its words are those of `conditioning/words.py` and of the stage's captions; what its training showed it, and at which size and
rate, stands in its checkpoint's header.
"""

from dataclasses import replace

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import silence
from dramatis.engines.native.engine import NativeEngine
from dramatis.engines.native.limits import Weights, clip_limits, still_limits
from dramatis.engines.native.motion import MotionSampling
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.sample import Sampling
from dramatis.engines.native.stills import StillEngine
from dramatis.engines.voice_features import voice_features
from dramatis.errors import EngineError
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.models import codec, motion_model, refiner, video_model
from dramatis.speech.mouthshapes import SPEECH_COLUMN

_FLATTEST = 0.17  # between its own frames (0.21; the stage's: 0.25 as a JPEG of quality 90) and photos (docs/log.md)
QUICK = Sampling()
PATIENT = replace(QUICK, steps=21, motion=MotionSampling(steps=8))
"""50 calls a take."""


def load(weights: Weights, sampling: Sampling = QUICK, cache: ValueCache = NOWHERE) -> NativeEngine:
    """The engine with these weights; raises `EngineError` if there are none, or if they do not belong together."""
    video = video_model.load(weights.transformer)
    limits = clip_limits(weights)
    networks = Networks(
        motion_model.load(weights.motion),
        video,
        codec.load(weights.codec),
        refiner.load(weights.refiner),
        Encoders(video.config.text.tokenize, voice_features(weights.speech, cache), silence(), limits.cannot, SPEECH_COLUMN),
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
