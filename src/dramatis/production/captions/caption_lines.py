"""Parts a spoken text into captions of at most two lines, at phrases, and says when each is shown.

Each break has a price: little at the end of a sentence, much after an article. The cheapest sequence of captions is found by
dynamic programming. Prices also ask for time to read (17 letters a second, 9 signs in Chinese), for at least a second, and for no
word that is alone. Widths are those of the film's letters, so lines are the same in the picture and in files.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from dramatis.clock import Span
from dramatis.media.pictures.captioned_frames import Caption, LitWord
from dramatis.media.pictures.fonts import is_wide

LEAST, LETTERS_A_SECOND, SIGNS_A_SECOND = 1.0, 17.0, 9.0
"""Seconds of a caption, where there is room for them; how fast one reads."""
STAYS = 0.5
"""Seconds for which a caption stays after its last word, where nothing else is said."""
_LONGEST = 6.0  # seconds of a caption
_CHAINED, _EARLIER = 0.3, 0.3  # seconds: a shorter gap is closed; how much earlier than its first word a caption may come
_APART, _PAUSE = 1.0, 0.25  # seconds: a pause that no caption spans; one where a phrase ends
_SENTENCE, _CLAUSE = tuple(".!?…。！？"), tuple(",;:—–，；：、")
_CLOSING = "\"'”’)]}」』》）"
_JOINS = re.compile(
    r"and|or|but|nor|so|yet|because|that|which|who|whom|whose|when|where|while|if|unless|until|although|though|than|as|"
    r"und|oder|aber|weil|dass|wenn|y|o|pero|porque|que|cuando|si|et|ou|mais|parce|quand",
    re.IGNORECASE,
)
_VERBS = re.compile(r"to|is|are|was|were|will|would|can|could|has|have|had|ist|sind|war|hat|es|est", re.IGNORECASE)
_RELATES = re.compile(
    r"of|in|on|at|for|with|from|by|about|into|over|under|after|before|between|through|without|during|against", re.IGNORECASE
)
_CLINGS = re.compile(
    r"a|an|the|my|your|his|her|its|our|their|this|these|those|of|in|on|at|to|for|with|from|by|is|are|was|were|am|be|been|will|would|"
    r"can|could|shall|should|may|might|must|do|does|did|has|have|had|not|very|no|I|you|he|she|it|we|they|and|or|but|"
    r"der|die|das|ein|eine|el|la|los|las|un|una|le|les|une|des|du|de",
    re.IGNORECASE,
)
_AFTER_PARTICLE, _BEFORE_JOIN = frozenset("的了着过吧呢吗啊呀得地"), frozenset("和与但而因所如就也还在把被让从对向跟或")
_EPSILON = 1e-9
_ALONE = 8.0  # the price of a caption of one word inside a sentence
_Fills = Callable[[str], tuple[float, float]]
"""How much of a line a sign takes: of the number of signs, of the width."""


@dataclass(frozen=True)
class WrittenWord:
    """A word as it is written, with its punctuation, and when it is said; `spaced`: a space stands before it."""

    text: str
    span: Span
    spaced: bool = True


def captions(words: Sequence[WrittenWord], fills: _Fills, most_lines: int = 2, end: float = float("inf")) -> tuple[Caption, ...]:
    """The captions of one voice, in order; they end by `end`. Words are in order and do not overlap."""
    if not words:
        return ()
    text = _Text([piece for word in words for piece in _pieces(word, fills)], fills, most_lines)
    edges = text.parted()
    spans = _spans([text.spoken(*edge) for edge in edges], [text.reading(*edge) for edge in edges], end)
    return tuple(text.caption(first, last, span) for (first, last), span in zip(edges, spans, strict=True))


class _Text:
    """A text with what its breaks cost. Parts are given by the numbers of their first word and of the one after the last."""

    def __init__(self, words: Sequence[WrittenWord], fills: _Fills, most_lines: int) -> None:
        self._words, self._most, self._space = words, most_lines, fills(" ")
        written = [(" " if word.spaced else "") + word.text for word in words]
        self._wide = [is_wide(word.text.strip(_CLOSING)[:1] or " ") for word in words]
        sums = [tuple(map(sum, zip(*map(fills, one), strict=True))) for one in written]
        self._signs, self._width = ([0.0, *accumulate(one)] for one in zip(*sums, strict=True))
        read = [sum(1 / SIGNS_A_SECOND if is_wide(sign) else 1 / LETTERS_A_SECOND for sign in one) for one in written]
        self._read = [0.0, *accumulate(read)]
        gaps = [after.span.start - before.span.end for before, after in pairwise(words)]
        self._pauses = [0.0, *gaps, 0.0]
        inside = [1.5 * (self._pauses[at] >= 2 * _PAUSE) + 0.7 * self._ends(at, _SENTENCE) for at in range(1, len(words))]
        self._inside = [0.0, 0.0, *accumulate(inside)]
        self._breaks = [0.0, *(self._price(place) for place in range(1, len(words))), 0.0]

    def parted(self) -> list[tuple[int, int]]:
        """The cheapest parts, in order."""
        count = len(self._words)
        cost, origin = [0.0, *[float("inf")] * count], [0] * (count + 1)
        for last in range(1, count + 1):
            for first in range(last - 1, -1, -1):
                middle = self._line_break(first, last)
                if first < last - 1 and (self._pauses[first + 1] >= _APART or middle is None):
                    break
                price = cost[first] + self._cost(first, middle or last, last)
                if price < cost[last]:
                    cost[last], origin[last] = price, first
        edges = [count]
        while edges[-1]:
            edges.append(origin[edges[-1]])
        edges.reverse()
        return list(pairwise(edges))

    def spoken(self, first: int, last: int) -> Span:
        """When a part is said."""
        return Span(self._words[first].span.start, self._words[last - 1].span.end)

    def reading(self, first: int, last: int) -> float:
        """Seconds that it takes to read a part."""
        return self._read[last] - self._read[first]

    def caption(self, first: int, last: int, span: Span) -> Caption:
        """A part as a caption."""
        middle = self._line_break(first, last) or last
        lines, lit = list[str](), list[LitWord]()
        for begin, end in [(first, middle), (middle, last)]:
            line = ""
            for number in range(begin, end):
                word = self._words[number]
                line += " " if word.spaced and line else ""
                until = self._words[number + 1].span.start if number + 1 < last else span.end
                lasts = Span(word.span.start, max(word.span.start, min(until, word.span.end + STAYS)))
                lit.append(LitWord(lasts, len(lines), len(line), len(line) + len(word.text)))
                line += word.text
            lines += [line.rstrip("，。、；") or line] if line else []
        return Caption(span, tuple(lines), tuple(lit))

    def _line_break(self, first: int, last: int) -> int | None:
        """The first word of the second line; `last` for one line, None if two are not enough."""
        if self._fits(first, last):
            return last
        if self._signs[last] - self._signs[first] > self._most or self._most < 2:
            return None
        places = [place for place in range(first + 1, last) if self._fits(first, place) and self._fits(place, last)]
        return min(places, key=lambda place: self._line_price(first, place, last), default=None)

    def _line_price(self, first: int, place: int, last: int) -> float:
        parts = [self._signs[place] - self._signs[first], self._signs[last] - self._signs[place]]
        alone = sum(self._alone(*part) for part in ((first, place), (place, last)))
        return self._breaks[place] + 6 * abs(parts[0] - parts[1]) + (2 if parts[0] > parts[1] else 0) + 4 * alone

    def _fits(self, first: int, last: int) -> bool:
        signs, width = self._space if self._words[first].spaced else (0.0, 0.0)
        signs, width = self._signs[last] - self._signs[first] - signs, self._width[last] - self._width[first] - width
        return max(signs, width) <= 1 + _EPSILON

    def _cost(self, first: int, middle: int, last: int) -> float:
        spoken, reading = self.spoken(first, last), self.reading(first, last)
        after = self._words[last].span.start if last < len(self._words) else spoken.end + STAYS
        shown = max(spoken.end, min(after, spoken.start + max(LEAST, reading))) - spoken.start
        hurry = 4 * max(0.0, reading / max(shown, 0.1) - 1) + 3 * max(0.0, LEAST - shown) + 1.5 * max(0.0, shown - _LONGEST)
        inside = self._inside[last] - self._inside[first + 1]
        whole = all(edge in (0, len(self._words)) or self._breaks[edge] <= 0 for edge in (first, last))
        alone = _ALONE if self._alone(first, last) and not whole else 0.0
        lines = 0.0 if middle == last else 0.8 + 0.25 * self._line_price(first, middle, last)
        return 1.5 + self._breaks[last] + hurry + inside + alone + lines

    def _alone(self, first: int, last: int) -> bool:
        return last - first <= (2 if self._wide[first] else 1)

    def _price(self, place: int) -> float:
        """What a break before a word costs."""
        before, after = (self._words[at].text.strip(_CLOSING + "“‘([{「『《（¿¡") for at in (place - 1, place))
        if self._ends(place, _SENTENCE) or self._pauses[place] >= 2 * _PAUSE:
            return 0.0
        if self._ends(place, _CLAUSE) or self._pauses[place] >= _PAUSE:
            return 1.0
        if self._wide[place - 1] and self._wide[place]:
            return 4.0 if before[-1:] in _AFTER_PARTICLE or after[:1] in _BEFORE_JOIN else 7.0
        clings = 5.0 if _CLINGS.fullmatch(before) else 0.0
        if _JOINS.fullmatch(after):
            return 2.0 + clings
        return (3.0 if _RELATES.fullmatch(after) else 4.0 if _VERBS.fullmatch(after) else 5.0) + clings

    def _ends(self, place: int, signs: tuple[str, ...]) -> bool:
        return self._words[place - 1].text.rstrip(_CLOSING).endswith(signs)


def _pieces(word: WrittenWord, fills: _Fills) -> list[WrittenWord]:
    """A word, or its parts if it is longer than a line."""
    line = max(sum(one) for one in zip(*map(fills, word.text), strict=True))
    count = 1 if line <= 1 else ceil(line * 1.1)  # a hyphen needs some of it
    if count == 1:
        return [word]
    size = ceil(len(word.text) / count)
    parts = [word.text[at : at + size] for at in range(0, len(word.text), size)]
    step = word.span.seconds / len(parts)
    spans = [Span(word.span.start + at * step, word.span.start + (at + 1) * step) for at in range(len(parts))]
    hyphened = [*(part + "-" for part in parts[:-1]), parts[-1]]
    return [WrittenWord(part, span, word.spaced and at == 0) for at, (part, span) in enumerate(zip(hyphened, spans, strict=True))]


def _spans(spoken: Sequence[Span], reading: Sequence[float], end: float) -> list[Span]:
    """When captions are shown: from the first word on, long enough to be read where the next one lets them."""
    spans: list[Span] = []
    for number, (span, seconds) in enumerate(zip(spoken, reading, strict=True)):
        following = spoken[number + 1].start if number + 1 < len(spoken) else end
        until = max(span.end + STAYS, span.start + max(LEAST, seconds))
        until = following if following - until < _CHAINED else until
        until = min(until, following, end)
        before = spans[-1].end if spans else 0.0
        start = max(before, min(span.start, max(until - LEAST, span.start - _EARLIER)))
        spans.append(Span(min(start, until), until))
    return spans
