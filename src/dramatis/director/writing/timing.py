"""Places for cuts and changes: silences, pauses between phrases, gaps between words."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, VoiceReport
from dramatis.story import Word

SILENCE, PHRASE, WORD, DOUBT = 0.0, 0.3, 0.8, 1.8
"""Cost of a cut in a long silence, between two phrases, between two words, and where a word may be said, but it is quiet."""
_LONG = 0.5  # s; shorter silences do not count
_BORDER = 0.1  # s around a word's border that is only a guess
_SURE = 0.7  # times of words below this confidence are only guesses: quiet places are preferred


@dataclass(frozen=True, order=True)
class CutPoint:
    """A time at which a cut splits no word, and the cost of a cut there (SILENCE, PHRASE, WORD or DOUBT)."""

    at: float
    cost: float


def cut_points(audio: AudioReport, seconds: float) -> tuple[CutPoint, ...]:
    """All places for cuts in a film of this length, in order."""
    phrases = sorted(phrase for track in audio.tracks for phrase in track.phrases)
    found = []
    until = 0.0
    for start, end in [*((phrase.start, phrase.end) for phrase in phrases), (seconds, seconds)]:
        if start > until:
            found.append(CutPoint(round((until + start) / 2, 3), SILENCE if start - until >= _LONG else PHRASE))
        until = max(until, end)
    found += [CutPoint(round(gap.middle, 3), _cost(track, gap.middle)) for track in audio.tracks for gap in _gaps(track)]
    words = [word for word in _words(audio) if word.confidence >= _SURE]
    kept = [place for place in sorted(found) if 0 < place.at < seconds and _spoken_at(words, place.at) is None]
    return tuple(place for place in kept if place.cost < WORD or not _talked_over(audio.tracks, place.at))


def snapped(at: float, where: tuple[CutPoint, ...], audio: AudioReport, reach: float) -> float:
    """The best place within `reach` seconds of a time; if there is none, the nearer end of the current word."""
    near = [place for place in where if abs(place.at - at) <= reach]
    if near:
        return min(near, key=lambda place: (abs(place.at - at) / reach + place.cost, place.at)).at
    word = _spoken_at(_words(audio), at)
    if word is None:
        return at
    return word.span.start if at - word.span.start < word.span.end - at else word.span.end


def _gaps(track: VoiceReport) -> list[Span]:
    sure = [word for word in track.words if word.confidence >= _SURE]
    return [*track.gaps, *(Span(one.span.end, two.span.start) for one, two in pairwise(sure) if two.span.start >= one.span.end)]


def _cost(track: VoiceReport, at: float) -> float:
    """A quiet instant deep in a word, as far as words are known, is probably a stop consonant."""
    word = _spoken_at(sorted(track.words, key=lambda word: word.span), at)
    deep = word is not None and word.span.start + _BORDER < at < word.span.end - _BORDER
    return DOUBT if deep else WORD


def _words(audio: AudioReport) -> list[Word]:
    return sorted((word for track in audio.tracks for word in track.words), key=lambda word: word.span)


def _spoken_at(words: list[Word], at: float) -> Word | None:
    """The word that contains a time."""
    last = bisect_left(words, at, key=lambda word: word.span.start)
    return next((word for word in words[max(0, last - 8) : last] if word.span.start < at < word.span.end), None)


def _talked_over(tracks: tuple[VoiceReport, ...], at: float) -> bool:
    """Whether more than one voice is heard."""
    return sum(any(phrase.start < at < phrase.end for phrase in track.phrases) for track in tracks) > 1
