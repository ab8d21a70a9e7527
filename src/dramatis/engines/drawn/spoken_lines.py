"""What the characters of a take say, and their mouths: from phone times where they are known, else from the voice's score."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import ValueCache
from dramatis.speech.analysis import alone, analyse
from dramatis.speech.coarticulation import HEARD, Shapes, gate_of
from dramatis.speech.mouthshapes import Phone, atoms, levelled, loudness_of
from dramatis.speech.score import score
from dramatis.speech.spectrum import RATE
from dramatis.speech.visemes import IPA
from dramatis.stage.people.mouths import mouth_track
from dramatis.stage.play.pacing import held
from dramatis.stage.play.script import Utterance
from dramatis.take import Role

_PAUSE = 0.3  # s without a phone, after which another line begins
_AFTER = 0.5  # s in which a mouth comes to rest
_UNRECOGNISED = "h"  # has the mouth of its neighbours
_SPOKEN = "ə"  # stands for all phones of a phrase of which only the sound is known


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
    phrases = analyse(role.voice, cache).phrases
    return tuple(Utterance("", phrase.start, ((_SPOKEN, phrase.start, phrase.end),)) for phrase in phrases)


def mouths(cast: Iterable[Role], span: Span, cache: ValueCache) -> tuple[Shapes | None, ...]:
    """Mouth tracks at 100 Hz on the film's clock, there for a span and a second around it; None: the mouth stays shut."""
    return tuple(_mouth(role, span, cache) for role in cast)


def _mouth(role: Role, span: Span, cache: ValueCache) -> Shapes | None:
    if role.voice is None:
        return None
    if role.phones:
        return _known(_Line(held(role.phones), role.voice.digest, role.voice))
    return _heard(role.voice, span, cache)


def _heard(voice: Waveform, span: Span, cache: ValueCache) -> Shapes:
    """The mouth of phones that are only heard: they count less beside the loudness, of which one is sure. Where somebody speaks
    and no phone was recognised, the mouth follows the loudness alone.
    """
    told = score(voice, span, cache)
    phones = tuple((IPA.get(label, _UNRECOGNISED), start, end) for label, start, end in told.phones)
    loudness = loudness_of(levelled(alone(voice, cache)))
    track = mouth_track(phones, len(told.mouth) / RATE, loudness, HEARD)[: len(told.mouth)]
    return np.asarray(track * gate_of(told.speech)[:, None], np.float32)


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
