"""Speech recognition by faster-whisper, if the user has it and names a folder with weights.

It is optional. With it, an action can be placed on a word of a recorded voice, and segments contain the words.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dramatis.clock import Span
from dramatis.director.claims import Direct, Material, Verdict, VoiceInput, Word
from dramatis.errors import BriefError
from dramatis.media.sound import Waveform
from dramatis.media.sound_files import resample

Recognise = Callable[[Waveform], tuple[Word, ...]]
"""A voice -> its words, in seconds from its start."""
_RATE = 16_000
_WIDE = "\u2e80"  # letters from here on are written without spaces


def listening(recognise: Recognise, direct: Direct) -> Direct:
    """The director, for whom voices without a text are recognised first."""

    def directed(material: Material) -> Verdict:
        voices = tuple(voice if voice.text else understood(voice, recognise) for voice in material.voices)
        return direct(replace(material, voices=voices))

    return directed


def understood(voice: VoiceInput, recognise: Recognise) -> VoiceInput:
    """The voice with its words on the film's clock, and its text."""
    words = tuple(
        replace(word, span=Span(voice.start + word.span.start, voice.start + word.span.end)) for word in recognise(voice.voice)
    )
    text = "".join(word.text if word.text[:1] >= _WIDE else f" {word.text}" for word in words)
    return replace(voice, words=words, text=text.strip())


def whisper(folder: Path) -> Recognise:
    """A recogniser with the weights in a folder; raises `BriefError` if there is no such folder or nothing in it can be used."""
    if not folder.is_dir():
        raise BriefError(f"There is no folder {folder}: DRAMATIS_RECOGNISER names one with weights for faster-whisper.")
    from faster_whisper import WhisperModel

    try:
        model = WhisperModel(str(folder), compute_type="int8", local_files_only=True)
    except (RuntimeError, ValueError, OSError) as fault:
        raise BriefError(f"The weights in {folder} cannot be used by faster-whisper: {fault}.") from None

    def recognise(voice: Waveform) -> tuple[Word, ...]:
        segments, _ = model.transcribe(resample(voice, _RATE, mono=True).samples[:, 0], word_timestamps=True)
        return tuple(
            Word(word.word.strip(), Span(word.start, max(word.start, word.end)), round(float(word.probability), 3))
            for segment in segments
            for word in segment.words or ()
        )

    return recognise
