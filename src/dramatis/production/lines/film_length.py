"""How long a film is to last: what its brief says, else its words ("a 20-second video"). Nothing that is said is cut for it."""

from dramatis.director.text.clauses import FILM_LENGTH, plain_digits
from dramatis.director.text.scripts import extracted
from dramatis.speech.synthesis.asked_length import FASTEST
from dramatis.story import Brief

TAIL = 0.4
"""Seconds of film after the last voice."""
_LATE = 0.25  # s by which a film may be longer without a note


def asked_seconds(brief: Brief) -> float:
    """The asked length in seconds; 0: none was asked for."""
    if brief.seconds is not None:
        return brief.seconds
    told = FILM_LENGTH.search(plain_digits(extracted(brief.prompt, tuple(who.name for who in brief.cast)).words))
    return float(next(number for number in told.groups() if number)) if told else 0.0


def longer(seconds: float, brief: Brief) -> tuple[str, ...]:
    """A note, if a film of `seconds` is longer than it was asked to be."""
    asked = asked_seconds(brief)
    if not asked or seconds <= asked + _LATE:
        return ()
    spoken = any(who.voice is None for who in brief.cast)
    fast = f", and texts are spoken at most {FASTEST:g} times as fast" if spoken else ""
    return (f"The film lasts {seconds:.1f} s instead of {asked:g}: nothing is cut{fast}.",)
