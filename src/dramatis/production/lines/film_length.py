"""How long a film is to last: what its brief says, else its words ("a 20-second video"). Nothing that is said is cut for it.

Where texts are spoken, the deeds and places of which the words tell beside them need their time, too.
"""

from dramatis.clock import Span
from dramatis.director.text.clauses import FILM_LENGTH, plain_digits
from dramatis.director.text.scripts import extracted
from dramatis.speech.synthesis.asked_length import FASTEST
from dramatis.story import Brief, on_screen

_ANY = 60.0  # seconds of a film whose length is not known yet
_SCENE, _MOST = 3.0, 12.0  # seconds of a further place; of all that is told
TAIL = 0.4
"""Seconds of film after the last voice."""
_LATE = 0.25  # s by which a film may be longer without a note


def asked_seconds(brief: Brief) -> float:
    """The asked length in seconds; 0: none was asked for."""
    if brief.seconds is not None:
        return brief.seconds
    told = FILM_LENGTH.search(plain_digits(extracted(brief.prompt, tuple(who.name for who in brief.cast)).words))
    return float(next(number for number in told.groups() if number)) if told else 0.0


def told_seconds(brief: Brief) -> tuple[float, float]:
    """Seconds that deeds and further places take of which the words tell, and those of a place behind the last line; 0 where a
    recording says how long the film is.
    """
    if any(who.voice is not None for who in brief.cast):
        return 0.0, 0.0
    from dramatis.director.text.expert import understood
    from dramatis.director.text.lexicon.entries import LOOK_SECONDS, SECONDS
    from dramatis.director.text.scenes import scene_starts
    from dramatis.director.text.timeline import Timeline

    film = Span(0.0, _ANY)
    names = tuple(who.name for who in on_screen(brief.cast))
    told = understood(brief.prompt, names, Timeline(film), drawn=True).claims
    deeds = {(claim.what, claim.who) for claim in told if claim.kind == "action" and not claim.at}
    further = scene_starts(told, film.end)[1:]
    needed = sum(SECONDS.get(what, LOOK_SECONDS) for what, _ in deeds) + _SCENE * len(further)
    behind = bool(further) and further[-1] >= film.end
    return min(needed, _MOST), _SCENE * behind


def longer(seconds: float, brief: Brief) -> tuple[str, ...]:
    """A note, if a film of `seconds` is longer than it was asked to be."""
    asked = asked_seconds(brief)
    if not asked or seconds <= asked + _LATE:
        return ()
    spoken = any(who.voice is None for who in brief.cast)
    fast = f", and texts are spoken at most {FASTEST:g} times as fast" if spoken else ""
    return (f"The film lasts {seconds:.1f} s instead of {asked:g}: nothing is cut{fast}.",)
