"""Maps positions in the prompt to the film's clock: beats, parts, seconds, and spoken words."""

from collections.abc import Sequence
from dataclasses import dataclass

from dramatis.clock import Span
from dramatis.director.claims import Turn
from dramatis.director.text.clauses import AtSentence, FilmPart, FromSentence, Key, Place
from dramatis.director.text.scripts import Moment
from dramatis.story import Word

_HELD = 3.0  # seconds that a feeling lasts which begins at a word
_BEFORE, _AFTER = 0.8, 2.2  # s around a line's beginning in which what is told before it happens
_SNAP = 0.8  # seconds that a beat's border may move to lie in a pause


@dataclass(frozen=True)
class Timeline:
    """The film's length, what is said when and by whom, who has the floor, the pauses, and the script with its moments; `named`
    are those with the sentences in which, or behind which, they are named.
    """

    film: Span
    beats: int = 1
    spoken: tuple[tuple[str, tuple[Word, ...]], ...] = ()
    turns: tuple[Turn, ...] = ()
    pauses: tuple[Span, ...] = ()
    moments: tuple[Moment, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[int, int], ...] = ()

    def span(self, place: Place) -> Span | None:
        """The span of a position; None if it is a time outside the film, or a word that is never said."""
        film = self.film
        if isinstance(place, Key):
            return self._moment(self.moments[place.number])
        if isinstance(place, FromSentence):
            return self._from(place)
        if isinstance(place, AtSentence):
            return self._before_line(place.number)
        if isinstance(place, Span):
            start, end = max(place.start, film.start), min(place.end, film.end)
            return Span(start, end) if start < end else None
        if isinstance(place, FilmPart):
            return self._part(place)
        return film if place is None else self._told(place)

    def _part(self, part: FilmPart) -> Span:
        film, length = self.film, self.film.seconds
        start = max(film.start, film.end - part.seconds) if part.seconds else film.start + part.start * length
        return Span(start, max(start, film.start + part.end * length))

    def _from(self, sentence: FromSentence) -> Span | None:
        """From the first line behind a sentence that stands between lines, else from when its clause is: what comes "then", from
        the end of the line before.
        """
        found = self._next_line(sentence.number) or self.span(sentence.place)
        if found is None:
            return None
        before = [self.moments[key] for key, number in self.named if number < sentence.number]
        told = [line for line in before if line.line is not None]
        behind = isinstance(sentence.place, int) and len(told) == len(self.lines) > 0
        last = self._moment(told[-1]) if behind else None
        start = found.start if last is None else max(found.start, last.end)
        return Span(min(start, self.film.end), max(start, self.film.end))

    def _before_line(self, sentence: int) -> Span | None:
        """Around the beginning of the first line behind a sentence."""
        line = self._next_line(sentence)
        if line is None:
            return None
        return Span(max(self.film.start, line.start - _BEFORE), min(self.film.end, line.start + _AFTER))

    def _next_line(self, sentence: int) -> Span | None:
        """The first line behind a sentence that stands between lines."""
        lines = [(self.moments[key], number) for key, number in self.named if self.moments[key].line is not None]
        behind = [moment for moment, number in lines if number >= sentence]
        return self._moment(behind[0]) if 0 < len(behind) < len(lines) else None

    def _told(self, place: int | str) -> Span:
        """The place of a beat, of the beginning and of the end."""
        film, length = self.film, self.film.seconds
        if place == "end":
            return Span(film.end - min(length, max(length / 4, 2.0)), film.end)
        if place == "start":
            return Span(film.start, self._border(1, self.beats if self.beats > 1 else 3))
        beat = int(place)
        return Span(self._border(beat, self.beats), self._border(beat + 1, self.beats))

    def _border(self, number: int, count: int) -> float:
        """Where beat `number` begins: an even part of the film, moved into a pause that is near."""
        even = self.film.start + self.film.seconds * number / count
        if not 0 < number < count:
            return max(self.film.start, min(even, self.film.end))
        room = min(_SNAP, self.film.seconds / count / 4)
        near = [pause.middle for pause in self.pauses if abs(pause.middle - even) <= room]
        return min(near, key=lambda at: abs(at - even), default=even)

    def _moment(self, moment: Moment) -> Span | None:
        tracks = [words for who, words in self.spoken if moment.who in {None, who}] or [words for _, words in self.spoken]
        for words in tracks:
            found = said(moment.words, words)
            if found is not None:
                end = found.end if moment.line is not None else min(self.film.end, found.start + _HELD)
                return Span(max(self.film.start, found.start), max(found.start, end))
        return None if moment.line is None else self._line(moment.line)

    def _line(self, number: int) -> Span:
        """A line that is not heard word by word: its speaker's turn if turns and lines go together, else by its length."""
        who = self.lines[number][0]
        own = [place for place, line in enumerate(self.lines) if line[0] == who]
        turns = [turn.span for turn in self.turns if turn.who == who]
        if len(turns) == len(own):
            return turns[own.index(number)]
        lengths = [max(1, len(text)) for _, text in self.lines]
        scale = self.film.seconds / sum(lengths)
        start = self.film.start + sum(lengths[:number]) * scale
        return Span(start, min(self.film.end, start + lengths[number] * scale))


def said(phrase: str, words: Sequence[Word]) -> Span | None:
    """When a phrase is first said; None if never."""
    places = place_of(phrase, words)
    if places is None:
        return None
    start = words[places[0]].span.start
    return Span(start, max(start, words[places[1]].span.end))


def place_of(phrase: str, words: Sequence[Word]) -> tuple[int, int] | None:
    """The places of the first and the last word of a phrase where it is first said; None if it never is.

    A phrase of Latin letters begins and ends at word boundaries.
    """
    wanted = _plain(phrase)
    if not wanted:
        return None
    heard = [_plain(word.text) for word in words]
    text = "".join(heard)
    owner = [place for place, plain in enumerate(heard) for _ in plain]
    at = text.find(wanted)
    while at >= 0:
        last = at + len(wanted) - 1
        whole = (at == 0 or owner[at] != owner[at - 1]) and (last + 1 == len(text) or owner[last] != owner[last + 1])
        if whole or not wanted.isascii():
            return owner[at], owner[last]
        at = text.find(wanted, at + 1)
    return None


def _plain(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
