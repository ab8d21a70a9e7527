"""The native engine with weights of a folder.

Its words are those of `conditioning/words.py` and of the stage's captions; what its training showed it, and at which size and
rate, stands in its checkpoint's header.
"""

from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.speech import silence
from dramatis.engines.native.engine import NativeEngine
from dramatis.engines.native.motion import MotionSampling
from dramatis.engines.native.networks import Networks
from dramatis.engines.native.sample import Sampling
from dramatis.engines.native.stills import StillEngine
from dramatis.errors import EngineError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.models import checkpoints, codec, motion_model, refiner, video_model
from dramatis.models.codec import SPACE, TIME
from dramatis.models.speech_encoder import SpeechConfig, SpeechEncoder
from dramatis.models.video_model import VideoModelConfig
from dramatis.speech import vocals
from dramatis.speech.analysis import alone
from dramatis.speech.coarticulation import as_spoken
from dramatis.speech.mouthshapes import SPEECH_COLUMN, levelled
from dramatis.speech.spectrum import SAMPLE_RATE
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS
from dramatis.take import Limits

_FLATTEST = 0.17  # between its own frames (0.21; the stage's: 0.25 as a JPEG of quality 90) and photos (docs/log.md)
QUICK = Sampling()
PATIENT = replace(QUICK, steps=21, motion=MotionSampling(steps=8))
"""50 calls a take."""
_MOST_SECONDS = 300
_MOST_PIXELS = 256 * 256


@dataclass(frozen=True)
class Weights:
    """Where the weights of each network lie."""

    transformer: Path
    codec: Path
    speech: Path
    motion: Path
    refiner: Path

    @property
    def digest(self) -> str:
        """Name by content."""
        return digest_of(*(getattr(self, field.name).read_bytes() for field in fields(self)))


def weights_in(folder: Path) -> Weights:
    """The weights of a folder, by the names that training gives them."""
    return Weights(*(folder / f"{field.name}.safetensors" for field in fields(Weights)))


def shipped(cache: ValueCache) -> NativeEngine:
    """The engine with the shipped weights; `cache` keeps speech features."""
    return load(weights_in(checkpoints.WEIGHTS), cache=cache)


def shipped_stills(cache: ValueCache) -> StillEngine:
    """The engine that makes single frames, with the same weights."""
    engine = shipped(cache)
    networks, rate = engine.networks, engine.limits.fps / TIME
    limits = replace(
        engine.limits, frame_step=1, most_frames=round(_MOST_SECONDS * rate) + 1, anchors="none", takes_prior=False, fps=rate,
        seamless=True,
    )  # fmt: skip
    return StillEngine(networks, limits, engine.sampling)


def load(weights: Weights, sampling: Sampling = QUICK, cache: ValueCache = NOWHERE) -> NativeEngine:
    """The engine with these weights; raises `EngineError` if there are none, or if they do not belong together."""
    video = video_model.load(weights.transformer)
    cannot = tuple(what for what in (*EMOTIONS, *ACTIONS, *CAMERAS) if what not in video.config.cues)
    version = digest_of(code_digest(__name__), weights.digest, vocals.WEIGHTS.read_bytes())
    features = VoiceFeatures(SpeechFeatures(checkpoints.load(weights.speech, SpeechConfig, SpeechEncoder)), version, cache)
    networks = Networks(
        motion_model.load(weights.motion),
        video,
        codec.load(weights.codec),
        refiner.load(weights.refiner),
        Encoders(video.config.text.tokenize, features, silence(), cannot, SPEECH_COLUMN),
        _FLATTEST,
        "use --engine portrait",
    )
    _check_together(networks, weights)
    return NativeEngine(networks, _limits(video.config, cannot, version), sampling)


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


def _limits(config: VideoModelConfig, cannot: tuple[str, ...], version: str) -> Limits:
    return Limits(
        name="native",
        version=version,
        frame_step=TIME,
        size_step=SPACE,
        most_frames=_MOST_SECONDS * config.fps + 1,
        most_cast=1,
        most_pixels=_MOST_PIXELS,
        anchors="any",
        takes_prior=True,
        cannot=cannot,
        draws=config.draws,
        short_side=min(config.size),
        fps=float(config.fps),
        only_fps=True,
        seamless=False,
    )
