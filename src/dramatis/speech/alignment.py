"""When the phones of a known English text are said: forced alignment with PocketSphinx's phone models and its dictionary.

Where a text is known, its phones at their times lead lips much closer to the truth than phones that are only heard
(docs/log.md). A text that was not said cannot be told from one that was by the decoder, so it is compared with the voice.
"""

import re
import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dramatis.speech.mouthshapes import Phone
from dramatis.speech.phones import PEAK
from dramatis.speech.spectrum import RATE, SAMPLE_RATE, Signal
from dramatis.speech.synthesis import english, hibari
from dramatis.speech.synthesis.spoken import Words
from dramatis.speech.visemes import IPA

_LONGEST = 180.0
"""Seconds that are aligned at once."""
_BEAMS = {"beam": 1e-80, "wbeam": 1e-60, "pbeam": 1e-80}
_ARPABET = {sound: label for label, sound in IPA.items()} | {
    "A": "EY", "I": "AY", "O": "OW", "W": "AW", "Y": "OY", "ʧ": "CH", "ʤ": "JH", "ə": "AH", "ᵊ": "AH", "ɐ": "AH", "ᵻ": "IH",
    "ɾ": "T", "ɒ": "AA", "o": "OW", "e": "EY", "T": "T",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_INSIDE, _COVERED, _SLACK = 0.8, 0.7, 3  # of the phones that lie in speech, of the speech that has phones; frames

Phones = tuple[Phone, ...]


def aligned_phones(samples: Signal, speech: NDArray[np.bool_], text: str) -> Phones:
    """The phones of an English text that is said in mono sound at `SAMPLE_RATE`, as IPA; `speech` `T` says where somebody speaks.

    () for a text with words that cannot be read, for one that does not fit the voice, and for a long one.
    """
    letters = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))  # "café" is cafe
    words = _WORD.findall("".join(letters).replace("’", "'").lower())
    peak = float(np.abs(samples).max(initial=0.0))
    if not words or peak <= 0 or len(samples) > _LONGEST * SAMPLE_RATE or re.search(r"\d", text):
        return ()
    decoder = _decoder()
    for word in {word for word in words if decoder.lookup_word(word) is None}:
        said = _read(word)
        if not said:
            return ()
        decoder.add_word(word, said, True)
    sound = (samples * (PEAK * 32767 / peak)).astype("<i2").tobytes()
    decoder.set_align_text(" ".join(words))
    try:
        _heard(decoder, sound)
        decoder.set_alignment()
        _heard(decoder, sound)
    except RuntimeError:  # no path through the text fits the sound
        return ()
    found = decoder.get_alignment()
    phones = () if found is None else tuple(_phone(part) for word in found.words() for part in word if part.name in IPA)
    return phones if _fits(phones, speech) else ()


def _read(word: str) -> str:
    """A word that is not in the dictionary as ARPAbet, if the reader of the natural voices is installed; else ""."""
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
