"""When each word of a storyline's lines is said, as it is written, with its punctuation."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.audio.transcripts import aligned, words_of
from dramatis.production.assets import Assets
from dramatis.production.caption_lines import WrittenWord
from dramatis.production.word_times import on_phones
from dramatis.story import Line, Segment, Storyline

_OPENING = "“‘([{「『《（¿¡"
_ASIDE, _STRESS = re.compile(r"\[[^\]\n]*\]"), re.compile(r"\*([^*\n]+)\*")


def spoken_words(line: Line, storyline: Storyline, assets: Assets) -> tuple[WrittenWord, ...]:
    """The words of a line on the film's clock, in order; () where its text is not known, or nobody is heard in it.

    The text is the line's; else what a recogniser understood, as the segments of the shots have it.
    """
    text = plain(line.text)
    if text:
        said = aligned(text, assets.analysis(line.sound), line.start)
        spans = [word.span for word in said]
        phones = [(label, line.start + start, line.start + end) for label, start, end in assets.phones(line.sound)]
        return with_punctuation(text, on_phones([word.text for word in said], spans, phones) if phones else spans)
    parts = [part for shot in storyline.shots for part in shot.segments if part.who == line.who and part.text]
    return tuple(word for part in sorted(parts, key=lambda part: part.span) for word in _within(part))


def plain(text: str) -> str:
    """A text without the marks for a synthesiser: `[pause 0.8]`, `*stress*`."""
    return " ".join(_STRESS.sub(r"\1", _ASIDE.sub(" ", text)).split())


def with_punctuation(text: str, spans: Sequence[Span]) -> tuple[WrittenWord, ...]:
    """The words of a text as they are written; `spans` say when each of `words_of` is said. () if they are not as many."""
    words = words_of(text)
    if len(words) != len(spans):
        return ()
    starts, at = [], 0
    for word in words:
        starts.append(text.index(word, at))
        at = starts[-1] + len(word)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    cuts = [0, *(_cut(text, end, start) for end, start in zip(ends, starts[1:], strict=False)), len(text)]
    parts = [text[begin:end] for begin, end in pairwise(cuts)]
    return tuple(
        WrittenWord(part.strip(), span, part[:1].isspace() or at == 0)
        for at, (part, span) in enumerate(zip(parts, spans, strict=True))
    )


def _cut(text: str, end: int, start: int) -> int:
    """Where what stands between two words (from `end` to `start`) is parted: before a space, else before opening marks."""
    between = text[end:start]
    space = re.search(r"\s", between)
    return end + space.start() if space is not None else start - (len(between) - len(between.rstrip(_OPENING)))


def _within(part: Segment) -> tuple[WrittenWord, ...]:
    """The words of a segment, spread over it by their letters."""
    words = words_of(part.text)
    lengths = [max(1, len(word)) for word in words]
    edges = [part.span.start + part.span.seconds * sum(lengths[:at]) / sum(lengths) for at in range(len(words) + 1)]
    return with_punctuation(part.text, [Span(*edge) for edge in pairwise(edges)])
