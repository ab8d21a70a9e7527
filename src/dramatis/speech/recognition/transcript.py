"""What a recogniser of words gives."""

from dataclasses import dataclass
from typing import Protocol

from dramatis.media.sound import Waveform
from dramatis.story import Word

WIDE = "\u2e80"
"""Letters from here on are written without spaces."""


@dataclass(frozen=True)
class Transcript:
    """The words of a sound in order, in seconds from its start; its language ("en"; empty: unknown) and how sure that is."""

    words: tuple[Word, ...] = ()
    language: str = ""
    confidence: float = 1.0


class Recogniser(Protocol):
    """Recognises what a recording says."""

    @property
    def version(self) -> str:
        """The digest of all that decides what is heard."""
        ...

    def hear(self, voice: Waveform, language: str = "") -> Transcript:
        """The words of a sound; `language` empty: it is recognised, too. Raises `BriefError` if the recogniser cannot be used."""
        ...
