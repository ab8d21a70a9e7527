"""Cues that lie on spoken words: which word, and when a cue happens after its line or its voice has changed.

A cue keeps its place relative to its word, in seconds. The word is found by its text, so that words may be added before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from dramatis.clock import Span
from dramatis.director.claims import AudioReport
from dramatis.director.text.timeline import place_of
from dramatis.story import Claim, Cue, Shot, SpokenWord, Word

_SAME = 0.05  # s; what moves by less stays where it is
_LEAST = 0.2  # s of an emotion that begins later


def spoken_word(claim: Claim, audio: AudioReport) -> SpokenWord | None:
    """The word on which a claim lands, said by whom it is about if they say it; None: it lands on none, or it is never said."""
    tracks = sorted(enumerate(audio.tracks), key=lambda entry: entry[1].who != claim.who) if claim.at else []
    for line, track in tracks:
        places = place_of(claim.at, track.words)
        if places is not None:
            word = track.words[places[0]]
            return SpokenWord(line, places[0], word.text, round(word.span.start, 3))
    return None


def timed_anew(shots: Sequence[Shot], spoken: Sequence[Sequence[Word]], seconds: float) -> tuple[Shot, ...]:
    """Shots whose cues follow their words; `spoken` are the words of each line, `seconds` is the film's length."""
    cues = dict.fromkeys(cue for shot in shots for cue in shot.direction.cues)
    moved = {cue: new for cue in cues if cue.at is not None and (new := _timed(cue, cue.at, spoken, seconds)) != cue}
    changed = {**_crossing(cues, moved), **moved}
    return tuple(_with(shot, changed) for shot in shots) if changed else tuple(shots)


def _timed(cue: Cue, at: SpokenWord, spoken: Sequence[Sequence[Word]], seconds: float) -> Cue:
    words = spoken[at.line] if at.line < len(spoken) else ()
    place = _place(at, words)
    if place is None:
        return cue
    start = words[place].span.start
    shift = start - (cue.span.start if at.said is None else at.said)
    if at.said is not None and abs(shift) < _SAME:
        return cue
    word = SpokenWord(at.line, place, words[place].text, round(start, 3))
    return replace(cue, span=_shifted(cue, shift, seconds), at=word)


def _place(at: SpokenWord, words: Sequence[Word]) -> int | None:
    """Where the word is now: where it is said nearest to its old place; else what stands in its place."""
    same = [place for place, word in enumerate(words) if word.text.casefold() == at.text.casefold()]
    return min(same, key=lambda place: abs(place - at.word), default=at.word if at.word < len(words) else None)


def _shifted(cue: Cue, shift: float, seconds: float) -> Span:
    """An emotion begins earlier or later and ends where it ended; everything else moves as a whole."""
    if cue.kind == "emotion":
        start = max(0.0, min(cue.span.start + shift, cue.span.end - _LEAST))
        return Span(round(start, 3), max(start, cue.span.end))
    length = min(cue.span.seconds, seconds)
    start = max(0.0, min(cue.span.start + shift, seconds - length))
    return Span(round(start, 3), round(start + length, 3))


def _crossing(cues: Sequence[Cue] | dict[Cue, None], moved: dict[Cue, Cue]) -> dict[Cue, Cue]:
    """The emotions that fall while a moved one rises: they end later or earlier with it."""
    changed = {}
    for old, new in moved.items():
        met = old.span.start + old.rise
        for cue in cues if old.kind == "emotion" else ():
            if cue.kind == "emotion" and cue.who == old.who and cue != old and abs(cue.span.end - met) < _SAME:
                end = max(cue.span.start, new.span.start + new.rise)
                changed[cue] = replace(cue, span=Span(cue.span.start, round(end, 3)))
    return changed


def _with(shot: Shot, changed: dict[Cue, Cue]) -> Shot:
    """A shot without the cues that have left it, and with those that have come into it."""
    kept = [cue for cue in shot.direction.cues if cue not in changed]
    here = [new for new in changed.values() if new.span.overlap(shot.span) > 0 and (new.who is None or new.who in shot.cast)]
    cues = tuple(sorted([*kept, *here], key=lambda cue: (cue.span, cue.kind, cue.what)))
    return replace(shot, direction=replace(shot.direction, cues=cues))
