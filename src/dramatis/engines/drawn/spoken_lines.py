"""The mouths of a take: from what is known of the phones, else from the voice; and when each character speaks."""

from collections.abc import Iterable

from dramatis.clock import Span
from dramatis.media.value_cache import ValueCache
from dramatis.speech.coarticulation import Shapes
from dramatis.speech.score import score
from dramatis.stage.play.script import Utterance
from dramatis.take import Role

_SPOKEN = "ə"  # stands for all phones of a phrase of which only the sound is known


def utterances(role: Role, cache: ValueCache) -> tuple[Utterance, ...]:
    """The lines of a character: its phrases between pauses."""
    if role.voice is None:
        return ()
    from dramatis.speech.analysis import analyse

    return tuple(_utterance(phrase) for phrase in analyse(role.voice, cache).phrases)


def _utterance(phrase: Span) -> Utterance:
    return Utterance("", phrase.start, ((_SPOKEN, phrase.start, phrase.end),))


def mouths(cast: Iterable[Role], span: Span, cache: ValueCache) -> tuple[Shapes | None, ...]:
    """Mouth tracks at 100 Hz on the film's clock, there for a span and a second around it; None: the mouth stays shut."""
    return tuple(None if role.voice is None else score(role.voice, span, cache).mouth for role in cast)
