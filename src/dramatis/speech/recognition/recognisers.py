"""What recognises words and people in recordings on this machine; either may be missing, and films are made without it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.speech.analysis import VoiceAnalysis
from dramatis.speech.recognition import voice_encoder
from dramatis.speech.recognition.transcript import Recogniser
from dramatis.speech.recognition.turns import Turns, turns_in
from dramatis.speech.recognition.whisper import Whisper, packaged

TellApart = Callable[[VoiceAnalysis, int | None], Turns]
"""A voice, and how many pieces of it are compared (None: all) -> who speaks when."""


@dataclass(frozen=True)
class Recognisers:
    """`words` recognises what is said, `turns` tells two people apart; None: it is not installed."""

    words: Recogniser | None = None
    turns: TellApart | None = None


NONE = Recognisers()
"""Nothing is recognised."""


def recognisers(folder: Path | None, threads: int, quick: bool = False) -> Recognisers:
    """What is installed; `folder` has weights in place of those of packages; `quick` as in `Whisper`. Nothing is loaded before it
    is used.

    Raises `BriefError` if there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise BriefError(f"There is no folder {folder}: DRAMATIS_RECOGNISER names one with weights for faster-whisper.")
    weights = folder or packaged()
    words = None if weights is None else Whisper(weights, threads, quick)
    return Recognisers(words, _turns if voice_encoder.available() else None)


def _turns(analysis: VoiceAnalysis, most: int | None) -> Turns:
    return turns_in(analysis, voice_encoder.voice_encoder(), most)
