"""When each word of a storyline's lines is said, as it is written, with its punctuation."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.audio.transcripts import aligned, recognised, words_of
from dramatis.production.assets import Assets
from dramatis.production.captions.caption_lines import WrittenWord
from dramatis.production.lines.word_times import on_phones
from dramatis.story import Line, Word

_OPENING = "“‘([{「『《（¿¡"
_ASIDE, _STRESS = re.compile(r"\[[^\]\n]*\]"), re.compile(r"\*([^*\n]+)\*")


def spoken_words(line: Line, assets: Assets) -> tuple[WrittenWord, ...]:
    """The words of a line on the film's clock, in order; () where its text is not known, or nobody is heard in it."""
    text = plain(line.text)
    if not text:
        return ()
    return with_punctuation(text, [word.span for word in words_said(line, assets)])


def words_said(line: Line, assets: Assets) -> tuple[Word, ...]:
    """The words of a line's text on the film's clock, in order: when this program said them, when they were recognised, else
    aligned with the sound.
    """
    text = plain(line.text)
    phones = [(label, line.start + start, line.start + end) for label, start, end in assets.phones(line.sound, line.part)]
    if phones and text:
        return on_phones(text, phones)
    if line.words and text:
        return recognised(text, line.words, line.start)
    return aligned(text, assets.analysis(line.sound, line.part), line.start) if text else ()


def parted(lines: Sequence[Line], text: str, assets: Assets) -> tuple[Line, ...]:
    """Lines that are parts of one recording, each with what is said in it of the recording's text."""
    written = with_punctuation(text, [word.span for word in aligned(text, assets.analysis(lines[0].sound))])
    told = [[word for word in written if line.part is not None and line.part.holds(word.span.middle)] for line in lines]
    texts = ["".join((" " if word.spaced else "") + word.text for word in words).strip() for words in told]
    return tuple(replace(line, text=said) for line, said in zip(lines, texts, strict=True))


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
