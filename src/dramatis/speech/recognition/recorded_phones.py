"""The phones of a recording whose words nobody gave: recognised, then aligned, stretch by stretch.

Whoever draws a second of a film needs the words around that second alone, so a film begins while most of its voices are unheard.
Stretches are those in which phones are decoded (`analysis.pieces`). They depend on the voice and on nothing else, so mouths are
the same wherever a film is cut into takes.
"""

from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np

from dramatis.clock import Span
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.sound import Waveform
from dramatis.speech.alignment import ALIGNED, Phones, aligned_phones
from dramatis.speech.analysis import VoiceKey, analysis_of, pieces, samples_of
from dramatis.speech.recognition.transcript import Recogniser, Transcript
from dramatis.speech.spectrum import RATE, SAMPLE_RATE
from dramatis.speech.synthesis.espeak import language_of

_MARGIN = 1.0  # s around a span in which a mouth moves
_LAP = 10  # frames around what is said in a stretch that are heard with it
_TELLING = 300  # frames of a stretch that is long enough to tell its language


@dataclass(frozen=True)
class RecordedStretch:
    """A part of a voice, in seconds, and the phones in it; () where its words do not tell them."""

    span: Span
    phones: Phones


@dataclass(frozen=True)
class RecordedVoice:
    """A voice and what recognises its words; compared by the voice's content and the recogniser's `version`."""

    key: VoiceKey
    version: str
    recogniser: Recogniser = field(compare=False)

    def stretches(self, span: Span) -> tuple[RecordedStretch, ...]:
        """Those within a second of `span`, in order. Raises `BriefError` if the recogniser cannot be used."""
        return tuple(_stretch(self, number) for number in self._near(span))

    def hear_on(self, span: Span) -> None:
        """Recognise the stretch that follows those of `span`, for whoever draws it next; raises what `stretches` raises."""
        late = (span.end + _MARGIN) * RATE
        following = [number for number, (start, _) in enumerate(_pieces(self.key)) if start > late]
        if following:
            _stretch(self, following[0])

    def _near(self, span: Span) -> list[int]:
        first, last = (span.start - _MARGIN) * RATE, (span.end + _MARGIN) * RATE
        return [number for number, (start, end) in enumerate(_pieces(self.key)) if start <= last and end >= first]


@lru_cache(maxsize=8)
def _pieces(key: VoiceKey) -> tuple[tuple[int, int], ...]:
    return tuple(pieces(analysis_of(key)))


@lru_cache(maxsize=64)
def _stretch(voice: RecordedVoice, number: int) -> RecordedStretch:
    first, last = _spoken(voice.key, number)
    samples, speech = samples_of(analysis_of(voice.key), first, last), analysis_of(voice.key).speech[first:last]
    text = _heard(voice, number).text
    said: Phones = ()
    if text and language_of(text) in ALIGNED:
        name = digest_of("aligned", code_digest("dramatis.speech.alignment"), samples, text)
        said = voice.key.cache.get(name, partial(aligned_phones, samples, speech, text))
    start, end = _pieces(voice.key)[number]
    span = Span(start / RATE, end / RATE)
    phones = ((label, one + first / RATE, two + first / RATE) for label, one, two in said)
    return RecordedStretch(span, tuple(phone for phone in phones if span.holds((phone[1] + phone[2]) / 2)))


def _heard(voice: RecordedVoice, number: int) -> Transcript:
    """What is said in a stretch, in the language of the first one that is long enough to tell it."""
    lengths = [end - start for start, end in _pieces(voice.key)]
    telling = next((at for at, length in enumerate(lengths) if length >= _TELLING), lengths.index(max(lengths)))
    language = "" if number == telling else _heard(voice, telling).language
    samples = samples_of(analysis_of(voice.key), *_spoken(voice.key, number))
    sound = Waveform(samples[:, None], SAMPLE_RATE)
    name = digest_of("heard words", voice.version, samples, language)
    return voice.key.cache.get(name, partial(voice.recogniser.hear, sound, language))


def _spoken(key: VoiceKey, number: int) -> tuple[int, int]:
    """Frames of a stretch from its first speech to its last, and a little around them: silence says nothing, and depends on how
    long a film is.
    """
    start, end = _pieces(key)[number]
    speech = np.flatnonzero(analysis_of(key).speech[start:end])
    return max(0, start + int(speech[0]) - _LAP), start + int(speech[-1]) + 1 + _LAP
