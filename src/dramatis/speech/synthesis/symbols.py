"""The phonetic alphabet of Kokoro and Hibari (misaki's): IPA with a letter for each English diphthong and signs for tones."""

import unicodedata
from itertools import accumulate, pairwise

from dramatis.speech.mouthshapes import Phone

DIPHTHONGS = {"eɪ": "A", "aɪ": "I", "oʊ": "O", "aʊ": "W", "ɔɪ": "Y", "əʊ": "Q", "tʃ": "ʧ", "dʒ": "ʤ", "ts": "ʦ", "tɕ": "ʨ"}
"""Their symbols."""
_IPA = {symbol: sound for sound, symbol in DIPHTHONGS.items()} | {"ᵊ": "ə", "T": "ɾ", "ꭧ": "tʂ", "ʦ": "ts", "g": "ɡ"}
_BEFORE, _AFTER = "ˈˌ", "ːʰʲ↓→↗↘\u0303"  # signs that belong to the next sound, and to the one before
_STEP, _SHARE, _LONGEST = 0.025, 0.46, 0.1
"""Sounds begin earlier than the networks' durations say: by a step (s), and by this share of the symbol before, of which at most
so many seconds count. Measured at hisses, vowels and bursts, for rates of 0.7 to 1.4 (docs/log.md).
"""
_JOINT = 0.1  # seconds; a shorter gap between words is no pause

Symbols = list[tuple[str, float, float]]
"""Each symbol with the rate and the pitch at which it is said."""


def of_ipa(sounds: str) -> str:
    """IPA as symbols."""
    plain = unicodedata.normalize("NFC", sounds).replace("g", "ɡ").replace("r", "ɹ").replace("\u0361", "").replace("ɝ", "ɜɹ")
    for pair, symbol in DIPHTHONGS.items():
        plain = plain.replace(pair, symbol)
    return plain.replace("ɚ", "əɹ")


def phones_of(symbols: str, seconds: list[float]) -> tuple[Phone, ...]:
    """IPA phones from symbols and how long each lasts, with the silences at both ends (two more than symbols)."""
    edges = [max(0.0, end - _STEP - _SHARE * min(last, _LONGEST)) for end, last in zip(accumulate(seconds), seconds, strict=True)]
    found: list[Phone] = []
    waiting: float | None = None
    for symbol, start, end in zip(symbols, edges, edges[1:], strict=False):
        if symbol in _AFTER and found and found[-1][2] >= start:
            found[-1] = (found[-1][0], found[-1][1], end)
        elif symbol in _BEFORE:
            waiting = start if waiting is None else waiting
        elif symbol.isalpha():
            found.append((_IPA.get(symbol, symbol), start if waiting is None else waiting, end))
            waiting = None
    return _joined(found)


def _joined(phones: list[Phone]) -> tuple[Phone, ...]:
    """Short gaps between words are filled: people do not pause there."""
    ends = [two[1] if two[1] - one[2] <= _JOINT else one[2] for one, two in pairwise(phones)]
    ends += [phone[2] for phone in phones[-1:]]
    return tuple((label, start, end) for (label, start, _), end in zip(phones, ends, strict=True) if end > start)
