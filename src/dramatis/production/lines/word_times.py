"""When each word of a text is said, where the phones of its voice are known: words are counted off in syllables.

Phones have no marks where words begin, but they pause where lines and sentences end. Words go to runs of phones so that
syllables and vowels are as many as possible in each and runs end with punctuation; in a run they share its vowels by how many
syllables they have, and begin with as many consonants before their first vowel as they are written with.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from dramatis.clock import Span
from dramatis.director.audio.transcripts import words_of
from dramatis.media.pictures.fonts import is_wide
from dramatis.speech.mouthshapes import Phone
from dramatis.story import Word

_PAUSE = 0.12  # seconds between phones where a run ends
_VOWELS = frozenset("aeiouyɑɒæɐəɚɛɜɝɪɨɔʊʌʉɯøœɤᵻɵ")
_MARKS = "ˈˌ"
_TORN, _EMPTY = 0.4, 1.0  # price of a pause between two words without punctuation, and of a run without words
_PAIRS = re.compile(r"th|sh|ch|ph|wh|kn|wr|ck|qu|(.)\1")
_SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxz])es$")


def on_phones(text: str, phones: Sequence[Phone]) -> tuple[Word, ...]:
    """The words of a text in order, when they are said; () where nothing is."""
    words, runs = words_of(text), _runs(phones)
    if not words or not runs:
        return ()
    counts = [syllables(word) for word in words]
    edges = _parted(counts, [sum(map(_is_vowel, run)) for run in runs], _ending(text, words))
    spans = [span for run, (first, last) in zip(runs, pairwise(edges), strict=True) for span in _counted(words[first:last], run)]
    return tuple(Word(word, Span(round(span.start, 3), round(span.end, 3))) for word, span in zip(words, spans, strict=True))


def _parted(counts: Sequence[int], vowels: Sequence[int], ending: Sequence[bool]) -> list[int]:
    """Where the words of each run of phones begin, and the last ones end, by dynamic programming."""
    total = np.concatenate([[0], np.cumsum(counts)]).astype(float)
    torn = np.array([0.0, *(0.0 if ends else _TORN for ends in ending)])
    cost = np.full(len(total), np.inf)
    cost[0] = 0.0
    origins = []
    for number, many in enumerate(vowels):
        said = total[None, :] - total[:, None]
        wrong = (said - many) ** 2 / (1 + many) + _EMPTY * (said == 0)
        tried = np.where(said >= 0, cost[:, None] + wrong + torn[None, :], np.inf)
        if number == len(vowels) - 1:
            tried[:, :-1] = np.inf
        origins.append(tried.argmin(axis=0))
        cost = tried.min(axis=0)
    edges = [len(counts)]
    for origin in reversed(origins):
        edges.append(int(origin[edges[-1]]))
    return edges[::-1]


def _ending(text: str, words: Sequence[str]) -> list[bool]:
    """For each word whether something stands behind it that is no space."""
    found, at = [], 0
    for word in words:
        at = text.index(word, at) + len(word)
        behind = text[at:].lstrip(" \t\n\"'”’」』)）")
        found.append(not behind or not behind[0].isalnum())
    return found


def syllables(word: str) -> int:
    """About how many a word has."""
    if not word.isascii():
        return sum(1 for sign in word if is_wide(sign)) or max(1, len(re.findall(r"[^\W\d_b-df-hj-np-tv-xz]+", word.lower())))
    plain = _SILENT.sub("", word.lower().replace("'", ""))
    return max(1, len(re.findall(r"[aeiouy]+", plain)), sum(sign.isdigit() for sign in word))


def _runs(phones: Sequence[Phone]) -> list[list[Phone]]:
    runs: list[list[Phone]] = []
    for phone in phones:
        if runs and phone[1] - runs[-1][-1][2] < _PAUSE:
            runs[-1].append(phone)
        else:
            runs.append([phone])
    return runs


def _is_vowel(phone: Phone) -> bool:
    return phone[0].strip(_MARKS)[:1] in _VOWELS


def _counted(words: Sequence[str], run: Sequence[Phone]) -> list[Span]:
    """Spans of the words of a run: by its vowels, or shared evenly if it has fewer of them than words."""
    vowels = [at for at, phone in enumerate(run) if _is_vowel(phone)]
    counts = [syllables(word) for word in words]
    if len(vowels) < len(words):
        start, seconds = run[0][1], run[-1][2] - run[0][1]
        ends = [start + seconds * done / sum(counts) for done in accumulate(counts)]
        return [Span(one, two) for one, two in pairwise([start, *ends])]
    if not words:
        return []
    shares = [0, *(round(done * len(vowels) / sum(counts)) for done in accumulate(counts))]
    for at in range(1, len(words)):  # everybody has a vowel
        shares[at] = min(max(shares[at], shares[at - 1] + 1), len(vowels) - (len(words) - at))
    firsts = [0, *(_begin(word, vowels[share], vowels[share - 1]) for word, share in zip(words[1:], shares[1:], strict=False))]
    edges = [run[first][1] for first in firsts]
    return [Span(start, end) for start, end in zip(edges, [*edges[1:], run[-1][2]], strict=True)]


def _begin(word: str, vowel: int, before: int) -> int:
    """The phone with which a word begins, whose first vowel is the phone `vowel`; `before` is the vowel of the word before."""
    written = re.match(r"[^aeiouy]*", _PAIRS.sub("x", word.lower()))
    count = 1 if is_wide(word[0]) else len(written[0]) if written else 0
    if word[:1].lower() == "y":
        count = 1
    return max(before + 1, vowel - count)
