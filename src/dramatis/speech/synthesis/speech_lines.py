"""Speaks lines: marks and lexicon, sentence by sentence, trimmed, levelled, with the times of all phones."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.speech.mouthshapes import Phone
from dramatis.speech.synthesis.catalogue import NATURAL, Voice
from dramatis.speech.synthesis.espeak import EspeakVoice, checked_text, language_of
from dramatis.speech.synthesis.levelling import TARGET, faded, levelled
from dramatis.speech.synthesis.lexicon import NO_LEXICON, Lexicon, pronounced
from dramatis.speech.synthesis.markup import marked
from dramatis.speech.synthesis.natural import NaturalVoice
from dramatis.speech.synthesis.spoken import Delivery, Sentence, Spoken, TextToSpeech

RATE = 24_000
"""Samples a second of all lines."""
_BETWEEN = 0.28  # seconds between sentences
_HEARD, _AROUND = 0.006, 0.04  # of the peak; seconds that are kept around what is heard


@dataclass(frozen=True)
class LineToSpeak:
    """A text with marks, the voice, and how it is said."""

    text: str
    voice: Voice
    prosody: Delivery = field(default_factory=Delivery)


Build = Callable[[Voice, str], TextToSpeech]
"""A voice and a language -> its synthesiser."""


def synthesiser_of(voice: Voice, language: str) -> TextToSpeech:
    """The synthesiser of a voice, loaded; raises `VoiceError` if it is not installed."""
    if voice.by == "espeak":
        return EspeakVoice(voice.name)
    natural = NaturalVoice(voice, language)
    natural.load()
    return natural


def speak_lines(
    lines: Sequence[LineToSpeak],
    lexicon: Lexicon = NO_LEXICON,
    workers: int = 1,
    build: Build = synthesiser_of,
) -> list[Spoken]:
    """All lines, each levelled; sentences are spoken in parallel, with the same result. Raises `VoiceError`."""
    jobs = [(line, language_of(line.text)) for line in lines]
    voices = {(line.voice, language): build(line.voice, language) for line, language in jobs}
    parts = [marked(checked_text(line.text)) for line in lines]
    with ThreadPoolExecutor(max(1, workers)) as pool:
        said = [
            [
                part
                if isinstance(part, float)
                else pool.submit(_sentence, part, line, language, voices[line.voice, language], lexicon)
                for part in found
            ]
            for (line, language), found in zip(jobs, parts, strict=True)
        ]
        whole = [[part if isinstance(part, float) else part.result() for part in line] for line in said]
    return [_levelled(_together(pieces, line.prosody), line.prosody) for line, pieces in zip(lines, whole, strict=True)]


def _sentence(sentence: Sentence, line: LineToSpeak, language: str, synthesiser: TextToSpeech, lexicon: Lexicon) -> Spoken:
    words = lexicon.of(language, line.voice.name)
    said = synthesiser.speak(pronounced(sentence, words), line.prosody)
    return _trimmed(said)


def _trimmed(said: Spoken) -> Spoken:
    """Without the silence at both ends, at the common rate."""
    sound = resample(said.sound, RATE, mono=True).samples[:, 0]
    loud = np.flatnonzero(np.abs(sound) > _HEARD * float(np.abs(sound).max(initial=0.0)))
    if not len(loud):
        return Spoken(Waveform(sound[:0, None], RATE), ())
    first = max(0, int(loud[0]) - round(_AROUND * RATE))
    last = min(len(sound), int(loud[-1]) + round(_AROUND * RATE))
    kept = faded(sound[first:last], RATE)
    start, end = first / RATE, last / RATE
    cut = [(label, max(0.0, begin - start), min(stop, end) - start) for label, begin, stop in said.phones]
    return Spoken(Waveform(kept[:, None], RATE), tuple(phone for phone in cut if phone[2] > phone[1]))


def _together(pieces: Sequence[float | Spoken], prosody: Delivery) -> Spoken:
    """Sentences and silences one after the other."""
    samples: list[NDArray[np.float32]] = []
    phones: list[Phone] = []
    at, spoken_before = 0, False
    for piece in pieces:
        if isinstance(piece, float):
            sound, spoken_now = np.zeros(round(piece * RATE), np.float32), False
        else:
            gap = round(_BETWEEN / prosody.rate * RATE) if spoken_before else 0
            sound, spoken_now = np.concatenate([np.zeros(gap, np.float32), piece.sound.samples[:, 0]]), True
            begin = (at + gap) / RATE
            phones += [(label, begin + start, begin + end) for label, start, end in piece.phones]
        samples.append(sound)
        at, spoken_before = at + len(sound), spoken_now
    whole = np.concatenate(samples) if samples else np.zeros(0, np.float32)
    return Spoken(Waveform(whole[:, None], RATE), tuple(phones))


def _levelled(said: Spoken, prosody: Delivery) -> Spoken:
    return Spoken(Waveform(levelled(said.sound.samples[:, 0], RATE, TARGET + prosody.gain)[:, None], RATE), said.phones)


def natural(language: str) -> bool:
    """Whether natural voices speak a language."""
    return language in NATURAL
