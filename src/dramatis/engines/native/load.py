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
from dramatis.engines.native.engine import Models, NativeEngine
from dramatis.engines.native.motion import MotionSampling
from dramatis.engines.native.sample import Sampling
from dramatis.errors import EngineError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.values import Values
from dramatis.models import checkpoints, codec, finisher, generator, performer
from dramatis.models.codec import SPACE, TIME
from dramatis.models.generator import GeneratorConfig
from dramatis.models.speech import SpeechConfig, SpeechEncoder
from dramatis.speech import vocals
from dramatis.speech.mouthing import as_spoken
from dramatis.speech.mouthshapes import SPEECH_COLUMN
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS
from dramatis.take import Limits

_FLATTEST = 0.17  # between its own frames (0.21; the stage's: 0.25 as a JPEG of quality 90) and photos (docs/log.md)
QUICK = Sampling()
PATIENT = replace(QUICK, steps=42, motion=MotionSampling(steps=8))
"""50 calls a take."""
_MOST_SECONDS = 20
_MOST_PIXELS = 256 * 256


@dataclass(frozen=True)
class Weights:
    """Where the weights of each network lie."""

    transformer: Path
    codec: Path
    speech: Path
    performer: Path
    finisher: Path

    @property
    def digest(self) -> str:
        """Name by content."""
        return digest_of(*(getattr(self, field.name).read_bytes() for field in fields(self)))


def weights_in(folder: Path) -> Weights:
    """The weights of a folder, by the names that training gives them."""
    return Weights(*(folder / f"{field.name}.safetensors" for field in fields(Weights)))


def shipped(_values: Values) -> NativeEngine:
    """The engine with the shipped weights; it keeps nothing."""
    return load(weights_in(checkpoints.WEIGHTS))


def load(weights: Weights, sampling: Sampling = QUICK) -> NativeEngine:
    """The engine with these weights; raises `EngineError` if there are none, or if they do not belong together."""
    maker = generator.load(weights.transformer)
    cannot = tuple(what for what in (*EMOTIONS, *ACTIONS, *CAMERAS) if what not in maker.config.performs)
    hearing = Hearing(checkpoints.load(weights.speech, SpeechConfig, SpeechEncoder))
    encoders = Encoders(maker.config.text.tokens, hearing, silence(), cannot, SPEECH_COLUMN)
    models = Models(
        performer.load(weights.performer),
        maker,
        codec.load(weights.codec),
        finisher.load(weights.finisher),
        encoders,
        _FLATTEST,
    )
    _check_together(models, weights)
    version = digest_of(code_digest(__name__), weights.digest, vocals.WEIGHTS.read_bytes())
    return NativeEngine(models, _limits(maker.config, cannot, version), sampling, "use --engine portrait")


def _check_together(models: Models, weights: Weights) -> None:
    """Refuse networks that were not trained on the same words and latents."""
    actor, maker, film = models.performer.config, models.generator, models.codec.config
    words = (actor.words, len(maker.config.text.vocabulary))
    if words[0] != words[1] or actor.channels != maker.channels or maker.channels > film.channels:
        raise EngineError(
            f"The weights in {weights.transformer.parent} do not belong together (words {words[0]} and {words[1]}, channels "
            f"{actor.channels}, {maker.channels} and {film.channels}): use those of one training."
        )


class Hearing:
    """A speech encoder as what hears a voice."""

    def __init__(self, encoder: SpeechEncoder) -> None:
        self._encoder = encoder

    def __call__(self, voice: Waveform) -> NDArray[np.float32]:
        """`N F` at 50 Hz, of a levelled voice at 16 kHz."""
        return as_spoken(self._encoder.hear(voice.mono))


def _limits(config: GeneratorConfig, cannot: tuple[str, ...], version: str) -> Limits:
    return Limits(
        name="native",
        version=version,
        frame_step=TIME,
        size_step=SPACE,
        most_frames=_MOST_SECONDS * config.fps + 1,
        most_cast=1,
        most_pixels=_MOST_PIXELS,
        takes_anchors=True,
        takes_prior=True,
        cannot=cannot,
        short_side=min(config.size),
        fps=float(config.fps),
        only_fps=True,
        seamless=False,
    )
