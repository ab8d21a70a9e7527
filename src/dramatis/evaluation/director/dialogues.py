"""Dialogues of a minute as turns of words, for judging shots without a voice: short and long turns, pauses, interruptions."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Turn, VoiceReport
from dramatis.story import Word

COUNT, SECONDS = 10, 60.0
_NAMES = ("Ada", "Bo", "Cem", "Dai")
_PEOPLE = (2, 2, 2, 2, 2, 2, 2, 3, 3, 4)
_TURN, _SPREAD, _SHORTEST_TURN, _LONGEST_TURN = 3.6, 0.7, 0.5, 14.0  # s
_PHRASE = (1.6, 4.0)  # s until a pause inside a turn
_QUIET = 0.12  # s between words that count as a quiet instant


def dialogue(number: int, seconds: float = SECONDS) -> AudioReport:
    """Dialogue `number` of COUNT: who says which words when, as the audio expert would report it."""
    dice = np.random.default_rng([15, number])
    people = _NAMES[: _PEOPLE[number % COUNT]]
    words: dict[str, list[Word]] = {who: [] for who in people}
    at, who = float(dice.uniform(0.3, 1.2)), people[0]
    while at < seconds - 2.0:
        length = float(np.clip(dice.lognormal(np.log(_TURN), _SPREAD), _SHORTEST_TURN, _LONGEST_TURN))
        said = list(_turn(at, min(at + length, seconds - 0.6), dice))
        words[who] += said
        at = said[-1].span.end + float(
            dice.choice([dice.uniform(-0.3, 0.0), dice.uniform(0.1, 0.4), dice.uniform(0.4, 1.4)], p=[0.15, 0.55, 0.3])
        )
        who = str(dice.choice([name for name in people if name != who]))
    tracks = tuple(_track(name, tuple(words[name])) for name in people)
    turns = sorted((phrase, track.who) for track in tracks for phrase in track.phrases)
    return AudioReport(tracks, tuple(Turn(name, phrase) for phrase, name in turns))


def _turn(start: float, end: float, dice: np.random.Generator) -> Iterator[Word]:
    at, pause = start, start + float(dice.uniform(*_PHRASE))
    while True:
        length = float(dice.uniform(0.14, 0.5))
        yield Word("word", Span(round(at, 3), round(at + length, 3)))
        at += length + float(dice.choice([0.0, dice.uniform(0.01, 0.06), dice.uniform(0.1, 0.2)], p=[0.5, 0.35, 0.15]))
        if at > pause:
            at += float(dice.uniform(0.2, 0.7))
            pause = at + float(dice.uniform(*_PHRASE))
        if at + 0.14 > end:
            return


def _track(who: str, words: tuple[Word, ...]) -> VoiceReport:
    gaps = [Span(one.span.end, two.span.start) for one, two in pairwise(words) if two.span.start > one.span.end]
    edges = [0.0, *(edge for gap in gaps if gap.seconds >= 0.2 for edge in (gap.start, gap.end)), np.inf]
    groups = [
        [word for word in words if low <= word.span.start < high] for low, high in zip(edges[::2], edges[1::2], strict=True)
    ]
    phrases = tuple(Span(group[0].span.start, group[-1].span.end) for group in groups if group)
    quiet = tuple(gap for gap in gaps if _QUIET <= gap.seconds < 0.2)
    pauses = tuple(Span(one.end, two.start) for one, two in pairwise(phrases))
    return VoiceReport(who, phrases=phrases, pauses=pauses, gaps=quiet, words=words)
