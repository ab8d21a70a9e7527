"""What the characters of a take say, and their mouths: from phone times where they are known or recognised, else from the voice's
score."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.speech.analysis import VoiceKey, alone, analyse
from dramatis.speech.coarticulation import HEARD, Shapes, gate_of
from dramatis.speech.mouthshapes import Phone, atoms, levelled, loudness_of
from dramatis.speech.recognition.recorded_phones import RecordedVoice
from dramatis.speech.recognition.transcript import Recogniser
from dramatis.speech.score import score
from dramatis.speech.spectrum import RATE, smooth
from dramatis.speech.visemes import IPA, MOUTH
from dramatis.stage.people.mouths import mouth_track
from dramatis.stage.play.pacing import held
from dramatis.stage.play.script import Utterance
from dramatis.take import Role

_PAUSE = 0.3  # s without a phone, after which another line begins
_FADE = 4.0  # frames, between a stretch whose words are recognised and another one
_AFTER = 0.5  # s in which a mouth comes to rest
_UNRECOGNISED = "h"  # has the mouth of its neighbours
_SPOKEN = "ə"  # stands for the phones of a phrase of which only the sound is known
_RISE = 0.1  # s from where a stressed syllable begins to its loudest instant


@dataclass(frozen=True)
class Recognition:
    """Where analysed voices are kept, and what recognises the words of recordings (None: nothing does)."""

    cache: ValueCache = NOWHERE
    recogniser: Recogniser | None = None

    def recorded(self, voice: Waveform) -> RecordedVoice | None:
        """A voice whose words are recognised; None: they are not."""
        if self.recogniser is None:
            return None
        return RecordedVoice(VoiceKey(voice.digest, voice, self.cache), self.recogniser.version, self.recogniser)

    def on(self, cast: Iterable[Role], span: Span) -> None:
        """Begin to recognise what recordings say after a span: whoever draws that finds it, or waits for the rest of it."""
        for role in cast:
            recorded = None if role.voice is None or role.phones else self.recorded(role.voice)
            if recorded is not None and self.cache.folder is not None:
                _beside().submit(recorded.hear_on, span)


UNHEARD = Recognition()
"""Nothing is kept, and no words are recognised."""


@dataclass(frozen=True)
class _Line:
    """Phones and the voice that says them, compared by its content."""

    phones: tuple[Phone, ...]
    digest: str
    voice: Waveform = field(compare=False)


def utterances(role: Role, cache: ValueCache) -> tuple[Utterance, ...]:
    """The lines of a character: what it says between pauses."""
    if role.voice is None:
        return ()
    if role.phones:
        return tuple(Utterance("", phones[0][1], phones) for phones in _phrases(role.phones))
    analysis = analyse(role.voice, cache)
    stresses = [at for at, _ in analysis.stress]
    return tuple(Utterance("", phrase.start, _syllables(phrase, stresses)) for phrase in analysis.phrases)


def _syllables(phrase: Span, stresses: Sequence[float]) -> tuple[Phone, ...]:
    """A phrase of which only the sound is known, parted where its stressed syllables begin, on which hands fall."""
    begin = [at - _RISE for at in stresses if phrase.start + _RISE < at - _RISE < phrase.end]
    return tuple((_SPOKEN, one, two) for one, two in pairwise([phrase.start, *begin, phrase.end]))


def mouths(cast: Iterable[Role], span: Span, recognition: Recognition = UNHEARD) -> tuple[Shapes | None, ...]:
    """Mouth tracks at 100 Hz on the film's clock, there for a span and a second around it; None: the mouth stays shut. Raises
    `BriefError` if the recogniser cannot be used.
    """
    return tuple(_mouth(role, span, recognition) for role in cast)


def _mouth(role: Role, span: Span, recognition: Recognition) -> Shapes | None:
    if role.voice is None:
        return None
    if role.phones:
        return _known(_Line(held(role.phones), role.voice.digest, role.voice))
    return _recorded(role.voice, span, recognition)


def _recorded(voice: Waveform, span: Span, recognition: Recognition) -> Shapes:
    """The mouth of a recording: by the phones of its words in the stretches where these are recognised, else as it is heard."""
    recorded = recognition.recorded(voice)
    stretches = () if recorded is None else recorded.stretches(span)
    if not any(stretch.phones for stretch in stretches):
        return _heard(voice, span, recognition.cache)
    phones = tuple(phone for stretch in stretches for phone in stretch.phones)
    track = np.zeros((len(analyse(voice, recognition.cache).speech), len(MOUTH)), np.float32)
    known = _known(_Line(held(phones), voice.digest, voice))[: len(track)]
    track[: len(known)] = known
    if all(stretch.phones for stretch in stretches):
        return track
    other = np.zeros(len(track), np.float32)
    for stretch in stretches:
        if not stretch.phones:
            other[round(stretch.span.start * RATE) : round(stretch.span.end * RATE)] = 1
    share = smooth(other, _FADE)[:, None]
    return np.asarray(track * (1 - share) + _heard(voice, span, recognition.cache) * share, np.float32)


def _heard(voice: Waveform, span: Span, cache: ValueCache) -> Shapes:
    """The mouth of phones that are only heard: they count less beside the loudness, of which one is sure. Where somebody speaks
    and no phone was recognised, the mouth follows the loudness alone.
    """
    told = score(voice, span, cache)
    phones = tuple((IPA.get(label, _UNRECOGNISED), start, end) for label, start, end in told.phones)
    loudness = loudness_of(levelled(alone(voice, cache)))
    track = mouth_track(phones, len(told.mouth) / RATE, loudness, HEARD)[: len(told.mouth)]
    return np.asarray(track * gate_of(told.speech)[:, None], np.float32)


@cache
def _beside() -> ThreadPoolExecutor:
    """A thread that recognises while this one draws."""
    return ThreadPoolExecutor(1)


@lru_cache(maxsize=8)
def _known(line: _Line) -> Shapes:
    """The mouth of known phones, open as wide as the voice is loud."""
    return mouth_track(line.phones, line.phones[-1][2] + _AFTER, loudness_of(levelled(line.voice.mono)))


def _phrases(phones: tuple[Phone, ...]) -> list[tuple[Phone, ...]]:
    """Phones between pauses."""
    found: list[list[Phone]] = []
    for phone in phones:
        if not atoms(phone[0]):
            continue
        if found and phone[1] - found[-1][-1][2] < _PAUSE:
            found[-1].append(phone)
        else:
            found.append([phone])
    return [tuple(phrase) for phrase in found]
