"""The native engine: our own small video model, trained on the stage by this repository's code and shipped with the package.

Its words are those of `conditioning/words.py` and of the stage's captions; what its training showed it, and at which size and
rate, stands in its checkpoint's header.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.conditioning.assemble import Encoders
from dramatis.conditioning.windows import STEP, silence
from dramatis.engines.acting import Acting
from dramatis.engines.diffusion import DiffusionEngine, Models, Sampling
from dramatis.errors import EngineError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.values import Values
from dramatis.models import checkpoints, codec, finisher, generator, performer
from dramatis.models.codec import SPACE, Codec
from dramatis.models.generator import Generator, GeneratorConfig
from dramatis.models.performer import Performer
from dramatis.models.speech import SpeechConfig, SpeechEncoder
from dramatis.speech import vocals
from dramatis.speech.mouthing import as_spoken
from dramatis.speech.mouthshapes import SPEECH_COLUMN
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS
from dramatis.take import Limits

_SPEECH = checkpoints.WEIGHTS / "speech.safetensors"
_FLATTEST = 0.17  # between its own frames (0.21; the stage's: 0.25 as a JPEG of quality 90) and photos (docs/log.md)
QUICK = Sampling()
PATIENT = replace(QUICK, steps=42, acting=Acting(steps=8))
"""50 calls a take."""
_MOST_SECONDS = 20
_MOST_PIXELS = 256 * 256


class NativeEngine(DiffusionEngine):
    """The diffusion engine with the weights of `folder`: performer, transformer, codec, finisher and speech encoder; raises
    `EngineError` if there are none, or if they do not belong together.
    """

    def __init__(self, folder: Path = generator.SHIPPED.parent, sampling: Sampling = QUICK) -> None:
        files = [folder / path.name for path in (generator.SHIPPED, codec.SHIPPED, _SPEECH, performer.SHIPPED, finisher.SHIPPED)]
        maker = generator.load(files[0])
        hearing = Hearing(checkpoints.load(files[2], SpeechConfig, SpeechEncoder))
        cannot = tuple(what for what in (*EMOTIONS, *ACTIONS, *CAMERAS) if what not in maker.config.performs)
        encoders = Encoders(maker.config.text.tokens, hearing, silence(), cannot, SPEECH_COLUMN)
        actor, film = performer.load(files[3]), codec.load(files[1])
        _check_together(actor, maker, film, folder)
        models = Models(actor, maker, film, finisher.load(files[4]), encoders, _FLATTEST)
        limits = _limits(
            maker.config, cannot, digest_of(code_digest(__name__), *(path.read_bytes() for path in (*files, vocals.WEIGHTS)))
        )
        super().__init__(models, limits, sampling, "use --engine portrait")


def shipped(_values: Values) -> NativeEngine:
    """The engine with the shipped weights; it keeps nothing."""
    return NativeEngine()


def _check_together(actor: Performer, maker: Generator, film: Codec, folder: Path) -> None:
    """Refuse networks that were not trained on the same words and latents."""
    words = (actor.config.words, len(maker.config.text.vocabulary))
    channels = (actor.config.channels, maker.channels)
    if words[0] != words[1] or channels[0] != channels[1] or maker.channels > film.config.channels:
        raise EngineError(
            f"The weights in {folder} do not belong together (words {words[0]} and {words[1]}, channels {channels[0]}, "
            f"{channels[1]} and {film.config.channels}): use those of one training."
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
        frame_step=STEP,
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
