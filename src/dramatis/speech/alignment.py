"""When the phones of a known English or Mandarin text are said: forced alignment with PocketSphinx's English phone models.

Where a text is known, its phones at their times lead lips much closer to the truth than phones that are only heard
(docs/log.md). A text that was not said cannot be told from one that was by the decoder, so it is compared with the voice.
Mandarin syllables are aligned as the English sounds that are nearest to theirs (Schultz and Waibel 2001: models of one language
serve another one).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.speech.mouthshapes import Phone
from dramatis.speech.phones import PEAK
from dramatis.speech.spectrum import RATE, SAMPLE_RATE, Signal
from dramatis.speech.synthesis import english, hibari, mandarin, mandarin_tones
from dramatis.speech.synthesis.mandarin import HAN
from dramatis.speech.synthesis.numerals import in_characters
from dramatis.speech.synthesis.spoken import Words
from dramatis.speech.visemes import IPA

ALIGNED = ("en-us", "cmn")
"""Languages of texts that are aligned."""
_FASTEST, _SLOWEST, _LIKELY = 0.04, 0.18, 0.9  # s a phone in a word that is said, and the share of words that are said so
_LONGER = 1.6  # times that a vowel lasts as long as a consonant
_LONGEST = 180.0
"""Seconds that are aligned at once."""
_BEAMS = {"beam": 1e-80, "wbeam": 1e-60, "pbeam": 1e-80}
_ARPABET = {sound: label for label, sound in IPA.items()} | {
    "A": "EY", "I": "AY", "O": "OW", "W": "AW", "Y": "OY", "ʧ": "CH", "ʤ": "JH", "ə": "AH", "ᵊ": "AH", "ɐ": "AH", "ᵻ": "IH",
    "ɾ": "T", "ɒ": "AA", "o": "OW", "e": "EY", "T": "T",
}  # fmt: skip
_WORD = re.compile(rf"[{HAN}]+|[a-z0-9]+(?:'[a-z]+)*")
_INITIALS = {
    "b": "B", "p": "P", "m": "M", "f": "F", "d": "D", "t": "T", "n": "N", "l": "L", "g": "G", "k": "K", "h": "HH",
    "j": "JH", "q": "CH", "x": "SH", "zh": "JH", "ch": "CH", "sh": "SH", "r": "R", "z": "D Z", "c": "T S", "s": "S", "": "",
}  # fmt: skip
_FINALS = {
    "a": "AA", "ai": "AY", "an": "AE N", "ang": "AA NG", "ao": "AW", "e": "AH", "ei": "EY", "en": "AH N", "eng": "AH NG",
    "er": "ER", "i": "IY", "ia": "Y AA", "ian": "Y EH N", "iang": "Y AA NG", "iao": "Y AW", "ie": "Y EH", "in": "IH N",
    "ing": "IY NG", "io": "Y AO", "iong": "Y UH NG", "iou": "Y OW", "o": "W AO", "ong": "UH NG", "ou": "OW", "u": "UW",
    "ua": "W AA", "uai": "W AY", "uan": "W AE N", "uang": "W AA NG", "uei": "W EY", "uen": "W AH N", "ueng": "W AH NG",
    "uo": "W AO", "v": "UW", "van": "W EH N", "ve": "W EH", "vn": "UW N", "ê": "EH", "m": "M", "n": "N", "ng": "NG",
}  # fmt: skip
_HISSED = {"z", "c", "s", "zh", "ch", "sh", "r"}
_INSIDE, _COVERED, _SLACK = 0.8, 0.7, 3  # of the phones that lie in speech, of the speech that has phones; frames

Phones = tuple[Phone, ...]


def aligned_phones(samples: Signal, speech: NDArray[np.bool_], text: str) -> Phones:
    """The phones of an English or Mandarin text that is said in mono sound at `SAMPLE_RATE`, as IPA.

    `speech` `T` says where somebody speaks. () for a text with words that cannot be read, one that does not fit the voice, and a
    long one.
    """
    peak = float(np.abs(samples).max(initial=0.0))
    if peak <= 0 or len(samples) > _LONGEST * SAMPLE_RATE:
        return ()
    decoder = _decoder()
    words = list(_words(text, lambda word: decoder.lookup_word(word) is not None))
    if not words or any(said == "" for _, said in words):
        return ()
    for word, said in dict(words).items():
        if said is not None:
            decoder.add_word(word, said, True)
    decoder.set_align_text(" ".join(word for word, _ in words))
    try:
        phones = _aligned(decoder, (samples * (PEAK * 32767 / peak)).astype("<i2").tobytes(), len(words))
    except RuntimeError:  # no path through the text fits the sound
        return ()
    return phones if _fits(phones, speech) else ()


def _aligned(decoder: Any, sound: bytes, count: int) -> Phones:  # noqa: ANN401 - an extension without types
    """Words first, then the phones in them, which may be lost though all `count` words are found: then they share them, if words
    last as long as their phones may.
    """
    _heard(decoder, sound)
    found = [(word.start_frame, word.end_frame + 1, decoder.lookup_word(word.word)) for word in decoder.seg() or ()]
    words = [(start, end, [name for name in (said or "").split() if name in IPA]) for start, end, said in found]
    if sum(bool(names) for *_, names in words) < count:
        return ()
    decoder.set_alignment()
    try:
        _heard(decoder, sound)
    except RuntimeError:
        paces = [(end - start) / len(names) / RATE for start, end, names in words if names]
        likely = np.mean([_FASTEST <= pace <= _SLOWEST for pace in paces]) >= _LIKELY if paces else False
        return tuple(phone for word in words for phone in _shared(*word)) if likely else ()
    return tuple(_phone(part) for word in decoder.get_alignment().words() for part in word if part.name in IPA)


def _shared(start: int, end: int, names: list[str]) -> Iterator[Phone]:
    """Phones that share a word's frames: a vowel lasts longer than a consonant."""
    edges = list(accumulate((_LONGER if name[0] in "AEIOU" else 1.0 for name in names), initial=0.0))
    for name, (one, two) in zip(names, pairwise(edges), strict=True):
        yield IPA[name], (start + (end - start) * one / edges[-1]) / RATE, (start + (end - start) * two / edges[-1]) / RATE


def _words(text: str, known: Callable[[str], bool]) -> Iterator[tuple[str, str | None]]:
    """The words of a text, or its Mandarin syllables, each with its ARPAbet: None for those that are known, "" for others that
    nothing here can read.
    """
    if re.search(f"[{HAN}]", text):
        text = in_characters(text)
    letters = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))  # "café" is cafe
    for word in _WORD.findall("".join(letters).replace("’", "'").lower()):
        if not word.isascii():
            yield from _syllables(word)
        else:
            yield (word, None) if known(word) else (word, _read(word))


def _syllables(run: str) -> Iterator[tuple[str, str]]:
    if not mandarin.available():
        yield run, ""
        return
    for one in (one for word in mandarin_tones.spoken(mandarin.segmented(run)) for one in word):
        final = "IH" if one.final == "i" and one.initial in _HISSED else _FINALS.get(one.final, "AH")
        rhotic = " R" * one.rhotic
        yield f"_{one.initial}_{one.final}{rhotic.strip()}", f"{_INITIALS.get(one.initial, '')} {final}{rhotic}".strip()


def _read(word: str) -> str:
    """A word that is not in the dictionary, or a number, as ARPAbet; "" without the reader of the natural voices."""
    if not hibari.available():
        return ""
    return " ".join(_ARPABET[sign] for sign in english.symbols_of(Words(word)) if sign in _ARPABET)


def _heard(decoder: Any, sound: bytes) -> None:  # noqa: ANN401 - an extension without types
    decoder.start_utt()
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()


def _phone(part: Any) -> Phone:  # noqa: ANN401 - a segment of an extension without types
    return IPA[part.name], part.start / RATE, (part.start + part.duration) / RATE


def _fits(phones: Phones, speech: NDArray[np.bool_]) -> bool:
    """Whether phones are said where somebody speaks, and everywhere."""
    told = np.zeros(len(speech), np.bool_)
    for _, start, end in phones:
        told[round(start * RATE) : round(end * RATE)] = True
    near = np.convolve(speech, np.ones(2 * _SLACK + 1), "same") > 0
    inside, covered = told[near].sum() / max(1, told.sum()), told[speech].mean() if speech.any() else 0.0
    return bool(told.any() and inside >= _INSIDE and covered >= _COVERED)


def _decoder() -> Any:  # noqa: ANN401 - an extension without types
    import pocketsphinx

    folder = pocketsphinx.get_model_path("en-us")
    config = pocketsphinx.Config(hmm=f"{folder}/en-us", dict=f"{folder}/cmudict-en-us.dict", loglevel="FATAL")
    config["lm"] = None
    for name, value in _BEAMS.items():
        config[name] = value
    return pocketsphinx.Decoder(config)
