"""Where shots begin and end, and which picture each is filmed from.

With several pictures the film cuts to the speaker, in the pause before the speech. Within one picture it is cut into shots of
about `USUAL` seconds, preferably in silences, then between phrases, then between words, and where directions change. The picture
continues through such a cut, since an engine's motion is a function of the film's clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.claims import AudioReport
from dramatis.director.writing.timing import CutPoint, cut_points, snapped
from dramatis.story import Reason

SHORTEST_SHOT = 1.2
"""Seconds."""
USUAL, LONGEST = 8.0, 24.0
"""Seconds of a shot within one picture."""
_LEAD = 0.2  # s by which a cut comes before the next speaker
_WORTH = 0.8  # s that somebody must go on speaking to be cut to; an interjection is heard off screen
_REACH = 0.4  # s that a cut between pictures moves to find a pause
_NEAR, _REWARD, _CUT = 0.9, 1.2, 0.35  # s from a change of directions; bonus of a cut there; cost of any cut
_SHORT, _LONG = 2.5, 16.0  # s; longer shots only if there is no other place to cut


@dataclass(frozen=True)
class ShotSpan:
    """A span of the film and the picture that it is filmed from; what is framed, where somebody has chosen that, and why."""

    span: Span
    picture: str
    framing: str = ""
    focus: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()


def stretches(audio: AudioReport, pictures: Mapping[str, str], seconds: float, changes: tuple[float, ...]) -> list[ShotSpan]:
    """The film cut up, without gaps from 0 s; `pictures` of each character, `changes` instants at which wishes change."""
    where = cut_points(audio, seconds)
    whole = _by_speaker(audio, pictures, seconds, where)
    return [ShotSpan(span, part.picture) for part in whole for span in _parts(part.span, where, changes)]


def _by_speaker(audio: AudioReport, pictures: Mapping[str, str], end: float, where: tuple[CutPoint, ...]) -> list[ShotSpan]:
    first = next(iter(pictures.values()), "")
    phrases = sorted((phrase, pictures[track.who]) for track in audio.tracks for phrase in track.phrases if track.who in pictures)
    if len(set(pictures.values())) == 1 or not phrases:
        return [ShotSpan(Span(0.0, end), phrases[0][1] if phrases else first)]
    shots: list[tuple[float, str]] = [(0.0, phrases[0][1])]
    heard_until = phrases[0][0].end
    for phrase, picture in phrases[1:]:
        start, now = shots[-1]
        cut = max(heard_until, phrase.start - _LEAD, start + SHORTEST_SHOT)
        if picture != now and phrase.end - cut >= _WORTH and end - cut >= SHORTEST_SHOT:
            cut = max(start + SHORTEST_SHOT, min(end - SHORTEST_SHOT, snapped(cut, where, audio, _REACH)))
            shots.append((cut, picture))
        heard_until = max(heard_until, phrase.end)
    ends = [start for start, _ in shots[1:]] + [end]
    return [ShotSpan(Span(start, stop), picture) for (start, picture), stop in zip(shots, ends, strict=True)]


def _parts(span: Span, where: tuple[CutPoint, ...], changes: tuple[float, ...]) -> list[Span]:
    """The best way to cut a span (dynamic programming over the places)."""
    nodes = [CutPoint(span.start, 0.0), *(place for place in where if span.start < place.at < span.end), CutPoint(span.end, 0.0)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for index in range(1, len(nodes)):
        here = nodes[index]
        gain = _REWARD if any(abs(change - here.at) <= _NEAR for change in changes) else 0.0
        inner = here.cost + _CUT - gain if index + 1 < len(nodes) else 0.0
        choices = [
            (best[before][0] + _length_cost(here.at - nodes[before].at) + inner, before)
            for before in range(index - 1, -1, -1)
            if here.at - nodes[before].at <= LONGEST or before == index - 1
        ]
        best.append(min(choices))
    cuts, index = [len(nodes) - 1], len(nodes) - 1
    while index:
        index = best[index][1]
        cuts.append(index)
    edges = [nodes[index].at for index in reversed(cuts)]
    return [Span(start, end) for start, end in pairwise(edges)]


def _length_cost(seconds: float) -> float:
    cost = ((seconds - USUAL) / USUAL) ** 2
    if seconds < _SHORT:
        return cost + 4 * (_SHORT - seconds)
    return cost + max(0.0, seconds - _LONG)
