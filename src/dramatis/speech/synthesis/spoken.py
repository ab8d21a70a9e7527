"""What every synthesiser gives and takes, and one that only hums, for tests."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dramatis.media.sound import Waveform
from dramatis.speech.mouthshapes import Phone

LOWEST, HIGHEST = 0.5, 2.0
"""Bounds of rate and pitch."""


@dataclass(frozen=True, eq=False)
class Spoken:
    """Synthesised speech: the sound, and its phones as (IPA label, start, end) in seconds, without silences."""

    sound: Waveform
    phones: tuple[Phone, ...]


@dataclass(frozen=True)
class Delivery:
    """How a text is said: times the voice's own rate and pitch, and decibels beside its level."""

    rate: float = 1.0
    pitch: float = 1.0
    gain: float = 0.0

    def then(self, other: "Delivery") -> "Delivery":
        """Both at once, in the bounds that voices keep."""
        rate, pitch = (float(np.clip(x, LOWEST, HIGHEST)) for x in (self.rate * other.rate, self.pitch * other.pitch))
        return Delivery(rate, pitch, float(np.clip(self.gain + other.gain, -20.0, 6.0)))


@dataclass(frozen=True)
class Words:
    """A part of a sentence: its text, or its sounds if they are given, and whether it is stressed."""

    text: str
    stressed: bool = False
    sounds: str = ""
    """IPA; empty: read from the text."""


Sentence = tuple[Words, ...]


class TextToSpeech(Protocol):
    """A synthesiser with one voice: a sentence goes in, raw sound with exact phone times comes out."""

    def speak(self, sentence: Sentence, prosody: Delivery) -> Spoken:
        """The sentence in mono; deterministic. Raises `VoiceError`."""
        ...


@dataclass(frozen=True)
class HummingVoice:
    """A synthesiser for tests: each letter is a tenth of a second of a tone at `pitch` Hz, a stressed one half as long again."""

    pitch: float = 200.0
    sample_rate: int = 16_000

    def speak(self, sentence: Sentence, prosody: Delivery) -> Spoken:
        """As `TextToSpeech`."""
        pieces: list[NDArray[np.float64]] = []
        phones: list[Phone] = []
        at = 0.0
        for number, words in enumerate(sentence):
            for letter in " " * bool(number) + (words.sounds or words.text):
                seconds = (0.15 if words.stressed else 0.1) / prosody.rate
                times = np.arange(round(seconds * self.sample_rate)) / self.sample_rate
                voiced = letter.isalnum()
                pieces.append(0.3 * voiced * np.sin(2 * math.pi * self.pitch * prosody.pitch * times))
                end = at + len(times) / self.sample_rate
                phones += [(letter, at, end)] if voiced else []
                at = end
        samples = np.concatenate([*pieces, np.zeros(1)]).astype(np.float32)
        return Spoken(Waveform(samples[:, None], self.sample_rate), tuple(phones))
