"""What a recogniser of words gives."""

from collections.abc import Sequence
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

    @property
    def text(self) -> str:
        """Its words as one text."""
        return text_of(self.words)


class Recogniser(Protocol):
    """Recognises what a recording says."""

    @property
    def version(self) -> str:
        """The digest of all that decides what is heard."""
        ...

    def hear(self, voice: Waveform, language: str = "") -> Transcript:
        """The words of a sound; `language` empty: it is recognised, too. Raises `BriefError` if the recogniser cannot be used."""
        ...


def text_of(words: Sequence[Word]) -> str:
    """Words as they are written, one after the other."""
    return "".join(word.text if word.text[:1] >= WIDE else f" {word.text}" for word in words).strip()
