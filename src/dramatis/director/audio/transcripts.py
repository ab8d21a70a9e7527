"""Aligns a known text with its voice, by its sound alone or by what a recogniser heard in it.

The text's clauses are matched with the phrases that are heard (a pause is heard where a comma may stand), and the words of a
clause are laid over its phrase in proportion to how long they take to say; a word begins at a quiet instant where one is near.
PocketSphinx's forced alignment was tried and found no path through synthesised English; its phone decoder takes a second for
each ten of sound, and put words into the wrong phrase.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np

from dramatis.clock import Span
from dramatis.director.pattern import Pattern
from dramatis.speech.analysis import VoiceAnalysis
from dramatis.speech.spectrum import RATE
from dramatis.story import Word

_QUIET = 0.08  # s that a word's border moves to a quiet instant
_SURE, _HARDLY = 0.6, 0.3  # where clauses and phrases match, and where all words are laid over all phrases
_CLAUSE = Pattern(r"[.!?,;:…。！？，、；：—\n]+")


def words_of(text: str) -> list[str]:
    """The words of the text in order; a Chinese, Japanese or Korean character is a word."""
    found: list[str] = []
    word = ""
    for sign in text:
        alone = _is_wide(sign)
        if alone or not (sign.isalnum() or (sign in "'’-" and word)):
            found += [word] if word else []
            word = ""
            found += [sign] if alone else []
        else:
            word += sign
    return [*found, word] if word else found


def aligned(text: str, analysis: VoiceAnalysis, start: float = 0.0) -> tuple[Word, ...]:
    """The words of a text in the voice that says it, in order, not overlapping; `start` is when the voice starts, in seconds."""
    clauses = [words for part in _CLAUSE.split(text) if (words := words_of(part))]
    if not clauses or not analysis.phrases:
        return ()
    sure = _SURE if len(clauses) >= len(analysis.phrases) else _HARDLY
    shared = _shared(clauses, analysis.phrases)
    spans = _at_rest([span for phrases, words in shared for span in _spread(words, phrases)], analysis)
    return tuple(
        Word(word, Span(round(start + span.start, 3), round(start + span.end, 3)), sure)
        for word, span in zip([word for _, words in shared for word in words], spans, strict=True)
    )


def recognised(text: str, heard: Sequence[Word], start: float = 0.0) -> tuple[Word, ...]:
    """The words of a text, when a recogniser heard them; `heard` begins at 0 s of the voice, which starts at `start`.

    The text may have been corrected: its other words share the time between those that were heard.
    """
    known = [Word(word, span, one.confidence) for one in heard for word, span in _shares(words_of(one.text), one.span)]
    words = words_of(text)
    plain, other = ([word.casefold() for word in row] for row in (words, [one.text for one in known]))
    found: list[Word] = []
    for kind, first, last, begin, end in SequenceMatcher(None, plain, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [replace(one, text=word) for word, one in zip(words[first:last], known[begin:end], strict=True)]
        elif first < last and known:
            opened = known[begin].span.start if begin < end else found[-1].span.end if found else 0.0
            closed = known[end - 1].span.end if begin < end else known[end].span.start if end < len(known) else opened
            found += [Word(word, span, _HARDLY) for word, span in _shares(words[first:last], Span(opened, max(opened, closed)))]
    return tuple(replace(one, span=Span(round(start + one.span.start, 3), round(start + one.span.end, 3))) for one in found)


def _shares(words: list[str], span: Span) -> list[tuple[str, Span]]:
    """A span, shared by words in proportion to their lengths."""
    edges = np.cumsum([0.0, *map(_length, words)])
    edges = span.start + span.seconds * edges / max(edges[-1], 1e-9)
    return [(word, Span(float(one), float(two))) for word, (one, two) in zip(words, pairwise(edges), strict=True)]


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF" and sign.isalnum()


def _shared(clauses: list[list[str]], phrases: tuple[Span, ...]) -> list[tuple[tuple[Span, ...], list[str]]]:
    """Phrases and the words that are said in them: clauses in order, a run of clauses with each phrase, so that lengths fit
    best; where there are more phrases than clauses, all with all.
    """
    if len(clauses) < len(phrases):
        return [(phrases, [word for clause in clauses for word in clause])]
    lengths = np.array([0.0, *np.cumsum([sum(map(_length, clause)) for clause in clauses])])
    seconds = np.array([phrase.seconds for phrase in phrases])
    pace = lengths[-1] / seconds.sum()
    best = np.full((len(phrases) + 1, len(clauses) + 1), np.inf)
    best[0, 0] = 0.0
    origin = np.zeros(best.shape, int)
    for row, length in enumerate(seconds, 1):
        for column in range(row, len(clauses) + 1):
            fits = best[row - 1, :column] + (np.log((lengths[column] - lengths[:column]) / (length * pace))) ** 2
            origin[row, column] = int(fits.argmin())
            best[row, column] = fits[origin[row, column]]
    cuts = [len(clauses)]
    for row in range(len(phrases), 0, -1):
        cuts.append(int(origin[row, cuts[-1]]))
    edges = cuts[::-1]
    return [
        ((phrase,), [word for clause in clauses[first:last] for word in clause])
        for phrase, first, last in zip(phrases, edges, edges[1:], strict=False)
    ]


def _spread(words: list[str], phrases: tuple[Span, ...]) -> list[Span]:
    """Words over phrases, in proportion to their lengths."""
    lengths = np.array([_length(word) for word in words])
    edges = np.concatenate([[0], np.cumsum(lengths)]) / lengths.sum()
    starts = np.concatenate([[0], np.cumsum([phrase.seconds for phrase in phrases])])

    def clock(share: float, opening: bool) -> float:
        spoken = share * starts[-1] + (1e-6 if opening else -1e-6)
        phrase = min(len(phrases) - 1, max(0, int(np.searchsorted(starts, spoken, side="right")) - 1))
        return float(np.clip(phrases[phrase].start + spoken - starts[phrase], phrases[phrase].start, phrases[phrase].end))

    return [Span(clock(one, True), max(clock(one, True), clock(two, False))) for one, two in pairwise(edges)]


def _at_rest(spans: list[Span], analysis: VoiceAnalysis) -> list[Span]:
    """Words that begin at a quiet instant if one is near, and end where the next one begins if that is near."""
    borders = [_quietest(analysis, span.start) for span in spans]
    return [
        Span(begin, max(begin, after if after - span.end <= _QUIET else span.end))
        for begin, span, after in zip(borders, spans, [*borders[1:], spans[-1].end], strict=True)
    ]


def _quietest(analysis: VoiceAnalysis, at: float) -> float:
    first = max(0, round((at - _QUIET) * RATE))
    part = analysis.loudness[first : round((at + _QUIET) * RATE) + 1]
    return (first + int(part.argmin())) / RATE if len(part) and not analysis.speech[first] else at


def _length(word: str) -> float:
    """About how many syllables; a Latin word's letters count too."""
    if not word.isascii():
        return 1.0
    syllables = len(word) if word.isdigit() else len(re.findall(r"[aeiouy]+", word.lower()))
    return 0.5 * max(1, syllables) + 0.13 * len(word)
