"""From loose English or Chinese words to timed cues, by rules alone: the same words give the same cues.

Words that wish for something are found by the lexicon (`words`); their clause says when (`clauses`) and who
(`people`); a modifier near them says how much; a negation before them turns the wish into something to avoid.
What is not understood is kept in `Direction.words` and nothing is made of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dramatis.clock import Span
from dramatis.director.clauses import Clause, Place, Telling, normal, told
from dramatis.director.people import Memory, Mention, mentions
from dramatis.director.words import (
    ENTRIES,
    LOOK_SECONDS,
    NO_CAMERA,
    NOT,
    NOT_CHINESE,
    SECONDS,
    STRONG,
    STRONGER,
    SUSTAINED,
    USUAL,
    WEAK,
    WEAKER,
    Kind,
)
from dramatis.story import Cue, Direction

_FROM_TO = re.compile(r"\bfrom (?:being )?((?:\w+ ){1,3})to (?:being )?(?=[a-z])|从([^\s,，。到从]{1,6}?)(?:变|转|过渡)?到")
_LOOK_AT = re.compile(
    r"\b(?:look|glance|gaze|turn|star)(?:s|es|ing|e)?(?: \w+ly)? (?:over )?(?:at|to|towards?) $|(?:看着?|望着?|看向|转向)$"
)
_EACH_OTHER = re.compile(r"\b(?:look|glance|gaze)(?:s|ing)? at (?:each other|one another)|互相(?:看|望)|对视|相视")


@dataclass(frozen=True)
class _Wish:
    kind: Kind
    what: str
    who: str | None
    intensity: float
    place: Place
    negated: bool = False
    sustained: bool = False


def direct(prompt: str, span: Span, cast: tuple[str, ...]) -> Direction:
    """The direction that words ask for; `cast` is who is in the picture, left to right.

    Cues lie inside `span` (the film's clock) and are ordered by their start. "At 3 seconds" is on the film's clock too.
    """
    telling = told(_spelt_out(normal(prompt)))
    wishes = list(_wishes(telling, cast))
    cues = _cues(_at_rest([wish for wish in wishes if not wish.negated]), telling.beats, span)
    performed = {cue.what for cue in cues}
    avoid = dict.fromkeys(wish.what for wish in wishes if wish.negated and wish.what not in performed)
    return Direction(prompt, ", ".join(avoid), cues)


def _spelt_out(text: str) -> str:
    """ "From calm to angry" as "first calm, then angry", where both sides say an emotion."""

    def spell(match: re.Match[str]) -> str:
        before = match[1] or match[2]
        emotional = any(entry.kind == "emotion" and entry.pattern.search(before) for entry in ENTRIES)
        if not emotional:
            return match[0]
        return f", first {before}, then " if match[1] else f"，先{before}，然后"

    return _FROM_TO.sub(spell, text)


def _wishes(telling: Telling, cast: tuple[str, ...]) -> Iterator[_Wish]:
    memory = Memory()
    sentence = -1
    for clause in telling.clauses:
        if clause.sentence != sentence:
            sentence, memory.subject = clause.sentence, None
        spoken_of = mentions(clause.text, cast, memory)
        for at, wish in _found(clause, spoken_of, cast):
            yield replace(wish, who=_subject(at, spoken_of, memory) if wish.who is None and wish.kind != "camera" else wish.who)
        if spoken_of:
            memory.subject = spoken_of[0].who
            memory.last = memory.subject or memory.last


def _subject(at: int, spoken_of: list[Mention], memory: Memory) -> str | None:
    before = [mention for mention in spoken_of if mention.at < at]
    return before[0].who if before else memory.subject


def _found(clause: Clause, spoken_of: list[Mention], cast: tuple[str, ...]) -> Iterator[tuple[int, _Wish]]:
    """Wishes of one clause, each with its place in the text; who is filled in later, except where a look has two sides."""
    text = clause.text
    still = NO_CAMERA.search(text)
    if still:
        yield still.start(), _Wish("camera", "static", None, USUAL, None if clause.free else clause.place)
        text = text[: still.start()] + " " * (still.end() - still.start()) + text[still.end() :]
    yield from _glances(clause, spoken_of, cast)
    sustained = SUSTAINED.search(text) is not None
    end = 0
    for match, kind, what, own in _matches(text):
        if match.start() < end:
            continue
        before, after = text[end : match.start()], text[match.end() :]
        intensity = _intensity(own, before, match[0], after, kind)
        place = None if kind == "camera" and clause.free else clause.place
        yield match.start(), _Wish(kind, what, None, intensity, place, _negated(text[: match.start()]), sustained)
        end = match.end()


def _matches(text: str) -> list[tuple[re.Match[str], Kind, str, float]]:
    found = [(match, entry.kind, entry.what, entry.intensity) for entry in ENTRIES for match in entry.pattern.finditer(text)]
    return sorted(found, key=lambda part: (part[0].start(), -part[0].end()))


def _glances(clause: Clause, spoken_of: list[Mention], cast: tuple[str, ...]) -> Iterator[tuple[int, _Wish]]:
    """ "Tom looks at Noor": towards where she is in the picture."""
    subject = spoken_of[0].who if spoken_of else None
    for mention in spoken_of[1:]:
        before = clause.text[: mention.at]
        if mention.who in cast and subject in cast and mention.who != subject and _LOOK_AT.search(before):
            side = "look left" if cast.index(str(mention.who)) < cast.index(str(subject)) else "look right"
            yield mention.at, _Wish("action", side, subject, USUAL, clause.place, _negated(before))
    both = _EACH_OTHER.search(clause.text)
    if both and len(cast) == 2:
        for who, side in zip(cast, ("look right", "look left"), strict=True):
            yield both.start(), _Wish("action", side, who, USUAL, clause.place, _negated(clause.text[: both.start()]))


def _negated(before: str) -> bool:
    return NOT.search(before) is not None or NOT_CHINESE.search(before) is not None


def _intensity(own: float, before: str, words: str, after: str, kind: Kind) -> float:
    """A modifier's step, else the word's own; "nods slightly" and "pushes in slowly" have it behind them."""
    near = " ".join(before.split(" ")[-5:])
    if kind != "emotion":
        near += f" {words} . " + " ".join(after.strip().split(" ")[:2])
    if WEAKER.search(near):
        return WEAK
    return STRONG if STRONGER.search(near) else own


def _at_rest(wishes: list[_Wish]) -> list[_Wish]:
    """A camera that only ever stands still does so from start to end, wherever the words say it."""
    still = {wish.what for wish in wishes if wish.kind == "camera"} == {"static"}
    return [replace(wish, place=None) if still and wish.kind == "camera" else wish for wish in wishes]


def _cues(wishes: list[_Wish], beats: int, span: Span) -> tuple[Cue, ...]:
    """Wishes on the clock; actions that happen once share their beat in the order of telling; doubles are one."""
    cues: dict[tuple[str, str, str | None, Span], Cue] = {}
    for wish in wishes:
        within = _span(wish.place, beats, span)
        if within is None:
            continue
        once = [other for other in wishes if other.place == wish.place and other.who == wish.who and _seconds(other)]
        seconds = _seconds(wish)
        if seconds:
            share = 0.0 if isinstance(wish.place, Span) else (once.index(wish) + 0.5) / len(once)
            within = _moment(within, seconds, share)
        key = (wish.kind, wish.what, wish.who, within)
        kept = cues.get(key)
        if kept is None or kept.intensity < wish.intensity:
            cues[key] = Cue(wish.kind, wish.what, within, wish.who, wish.intensity)
    return tuple(sorted(cues.values(), key=lambda cue: cue.span.start))


def _seconds(wish: _Wish) -> float:
    """How long an action takes that happens once; 0 for what lasts."""
    if wish.kind != "action" or wish.what == "smile" or wish.sustained:
        return 0.0
    return SECONDS.get(wish.what, LOOK_SECONDS)


def _moment(within: Span, seconds: float, share: float) -> Span:
    length = min(seconds, within.seconds)
    start = min(max(within.start, within.start + share * within.seconds - length / 2), within.end - length)
    return Span(max(within.start, start), min(within.end, max(within.start, start) + length))


def _span(place: Place, beats: int, span: Span) -> Span | None:
    """Where a place lies; None if it is a time outside the span."""
    length = span.seconds
    if isinstance(place, Span):
        start, end = max(place.start, span.start), min(place.end, span.end)
        return Span(start, end) if start < end else None
    if place is None:
        return span
    if place == "end":
        return Span(span.end - min(length, max(length / 4, 2.0)), span.end)
    if place == "middle":
        return Span(span.start + length / 3, span.end - length / 3)
    if place == "start":
        return Span(span.start, span.start + length / (beats if beats > 1 else 3))
    beat = int(place)
    return Span(span.start + length * beat / beats, span.end if beat + 1 == beats else span.start + length * (beat + 1) / beats)
