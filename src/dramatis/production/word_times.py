"""When each word is said, where the phones of its voice are known: words are counted off in syllables.

Phones have no marks where words begin. Words that lie in one run of phones share its vowels by how many syllables they
have; a word begins with as many consonants before its first vowel as it is written with.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, groupby

from dramatis.clock import Span
from dramatis.media.fonts import is_wide
from dramatis.speech.mouthshapes import Phone

_PAUSE = 0.12  # seconds between phones where a run ends
_VOWELS = frozenset("aeiouyɑɒæɐəɚɛɜɝɪɨɔʊʌʉɯøœɤᵻɵ")
_MARKS = "ˈˌ"
_PAIRS = re.compile(r"th|sh|ch|ph|wh|kn|wr|ck|qu|(.)\1")
_SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxz])es$")


def on_phones(words: Sequence[str], spans: Sequence[Span], phones: Sequence[Phone]) -> list[Span]:
    """Spans of words, in order, moved onto the phones that are said then; those that lie on no phones stay."""
    runs = _runs(phones)
    placed: list[Span] = []
    for near, group in groupby(zip(words, spans, strict=True), key=lambda one: _nearest(one[1], runs)):
        part = list(group)
        run = runs[near] if near >= 0 else []
        placed += _counted([word for word, _ in part], run) or [span for _, span in part]
    return placed


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


def _nearest(span: Span, runs: Sequence[Sequence[Phone]]) -> int:
    """The run in which a word is said; -1: there are none."""
    away = [max(run[0][1] - span.middle, span.middle - run[-1][2], 0.0) for run in runs]
    return min(range(len(runs)), key=lambda at: away[at], default=-1)


def _counted(words: Sequence[str], run: Sequence[Phone]) -> list[Span]:
    """Spans of the words of a run; () if it has fewer vowels than words."""
    vowels = [at for at, (label, _, _) in enumerate(run) if label.strip(_MARKS)[:1] in _VOWELS]
    counts = [syllables(word) for word in words]
    if len(vowels) < len(words):
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
