"""What a recogniser gives, and one that always hears the same, for tests."""

from dataclasses import dataclass
from typing import Protocol

from dramatis.media.sound import Waveform
from dramatis.story import Word


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


@dataclass(frozen=True)
class Rehearsed:
    """A recogniser for tests, which hears the same words in every sound."""

    transcript: Transcript = Transcript()
    version: str = "rehearsed"

    def hear(self, voice: Waveform, language: str = "") -> Transcript:  # noqa: ARG002 - whatever is heard
        """As `Recogniser`."""
        return self.transcript
