"""Wishes, which the text expert finds in clauses, as claims on the film's clock."""

import re
from dataclasses import dataclass

from dramatis.clock import Span
from dramatis.director.text.clauses import Key, Place
from dramatis.director.text.lexicon.entries import LOOK_SECONDS, SECONDS
from dramatis.director.text.scripts import DialogueScript
from dramatis.director.text.timeline import Timeline
from dramatis.story import Claim
from dramatis.story.deliberation import Subject


@dataclass(frozen=True)
class Wish:
    kind: Subject
    what: str
    people: tuple[int, ...] | None
    intensity: float
    place: Place
    negated: bool = False
    sustained: bool = False
    sure: float = 0.9
    words: str = ""
    to: int | None = None
    """At whom it is aimed."""


def claims_of(wishes: list[Wish], timeline: Timeline, cast: tuple[str, ...], script: DialogueScript) -> list[Claim]:
    """Wishes as claims on the clock; actions that happen once share their beat in the order of telling; doubles are one."""
    claims: dict[tuple[str, str, str | None, Span | None], Claim] = {}
    for wish in wishes:
        within = timeline.span(wish.place)
        if within is None:
            continue
        once = [other for other in wishes if other.place == wish.place and other.people == wish.people and _seconds(other)]
        seconds = _seconds(wish)
        if seconds:
            share = 0.0 if isinstance(wish.place, Span | Key) else (once.index(wish) + 0.5) / len(once)
            within = _moment(within, seconds, share)
        timed = wish.kind in {"emotion", "action", "camera"} or (wish.kind in {"framing", "setting"} and wish.place is not None)
        span = within if timed else None
        at = script.moments[wish.place.number].words if isinstance(wish.place, Key) else ""
        aim = None if wish.to is None or wish.to >= len(cast) else cast[wish.to]
        for who in _names(wish, cast):
            key = (wish.kind, wish.what, who, span)
            kept = claims.get(key)
            if kept is None or kept.intensity < wish.intensity:
                claims[key] = Claim(
                    "text", 1, wish.kind, wish.what, who, span, wish.intensity, wish.sure, _evidence(wish), at, to=aim
                )
    return sorted(claims.values(), key=lambda claim: -1.0 if claim.span is None or claim.kind == "setting" else claim.span.start)


def avoided(wishes: list[Wish], cast: tuple[str, ...]) -> list[Claim]:
    """What is negated and not asked for of the same people elsewhere."""
    wished = {wish.what for wish in wishes if not wish.negated}
    denied = {(wish.what, who): wish for wish in wishes if wish.negated and wish.what not in wished for who in _names(wish, cast)}
    return [Claim("text", 1, "avoid", what, who, evidence=_evidence(wish)) for (what, who), wish in denied.items()]


def _names(wish: Wish, cast: tuple[str, ...]) -> tuple[str | None, ...]:
    """Names; one None for everybody, and for the camera and the set."""
    if wish.kind in {"camera", "setting", "style"} or not wish.people or len(wish.people) >= len(cast):
        only = wish.kind == "look" and len(cast) == 1
        return (cast[0],) if only else (None,)
    return tuple(cast[person] for person in wish.people if person < len(cast))


def _evidence(wish: Wish) -> str:
    return f'the words say "{said(wish)}"'


def said(wish: Wish) -> str:
    return re.sub(r"[\ue000-\uf8ff]|\s+", " ", wish.words).strip()[:80]


def _seconds(wish: Wish) -> float:
    """How long an action takes that happens once; 0 for what lasts."""
    return 0.0 if wish.kind != "action" or wish.sustained else SECONDS.get(wish.what, LOOK_SECONDS)


def _moment(within: Span, seconds: float, share: float) -> Span:
    length = min(seconds, within.seconds)
    start = min(max(within.start, within.start + share * within.seconds - length / 2), within.end - length)
    return Span(max(within.start, start), min(within.end, max(within.start, start) + length))
