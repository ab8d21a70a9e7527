"""Mandarin text as symbols: words by jieba, pinyin by pypinyin (its phrases decide between readings), sounds by a table.

The sounds are those of standard phonology as Kokoro was taught to read them, with a space between words: it says a syllable that
stands alone as a word of its own. English words between are read as English.
"""

import importlib.util
import re
from collections.abc import Iterator

from dramatis.speech.synthesis import english
from dramatis.speech.synthesis.mandarin_tones import Syllable, spoken
from dramatis.speech.synthesis.numerals import in_characters
from dramatis.speech.synthesis.spoken import Sentence, Words
from dramatis.speech.synthesis.symbols import of_ipa

WARM_UP: Sentence = (Words("你好 Zorblax"),)
"""Needs all of the front end."""
_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x", "j": "ʨ",
    "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip
_FINALS = {
    "a": "a_", "ai": "ai_", "an": "a_n", "ang": "a_ŋ", "ao": "au_", "e": "ɤ_", "ei": "ei_", "en": "ə_n", "eng": "ə_ŋ", "er": "ɚ_",
    "i": "i_", "ia": "ja_", "ian": "jɛ_n", "iang": "ja_ŋ", "iao": "jau_", "ie": "je_", "in": "i_n", "ing": "i_ŋ", "io": "jɔ_",
    "iong": "jʊ_ŋ", "iou": "jou_", "o": "wo_", "ong": "ʊ_ŋ", "ou": "ou_", "u": "u_", "ua": "wa_", "uai": "wai_", "uan": "wa_n",
    "uang": "wa_ŋ", "uei": "wei_", "uen": "wə_n", "ueng": "wə_ŋ", "uo": "wo_", "v": "y_", "van": "ɥɛ_n", "ve": "ɥe_", "vn": "y_n",
    "ê": "ɛ_", "m": "m_", "n": "n_", "ng": "ŋ_",
}  # fmt: skip
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_BUZZING = {"zh", "ch", "sh", "r", "z", "c", "s"}
_SIGNS = str.maketrans("，、。．！：；？（）“”《》「」【】…—", ",,..!:;?()“”“”“”“”…—")
HAN = "\u3400-\u9fff"
"""Chinese characters, as a class of a pattern."""
_RUN = re.compile(rf"[{HAN}]+|[A-Za-z][A-Za-z' -]*|[^{HAN}A-Za-z]+")


def available() -> bool:
    """Whether what reads Mandarin is installed."""
    return all(importlib.util.find_spec(package) is not None for package in ("pypinyin", "rjieba"))


def symbols_of(words: Words) -> str:
    """The symbols of a part of a sentence."""
    if words.sounds:
        return of_ipa(words.sounds)
    return re.sub(r"\s+(?=[,.!?:;)])|\s+(?=\s)", "", " ".join(_read(in_characters(words.text)))).strip()


def _read(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if "\u3400" <= run[0] <= "\u9fff":
            yield " ".join("".join(map(_syllable, word)) for word in spoken(segmented(run)))
        elif run[0].isalpha():
            yield english.symbols_of(Words(run.strip()))
        else:
            yield run.translate(_SIGNS).strip()


def segmented(run: str) -> list[str]:
    """The words of a text in Chinese characters."""
    import rjieba

    return [str(word) for word in rjieba.cut(run)]


def _syllable(said: Syllable) -> str:
    sound = "ɨ_" if said.final == "i" and said.initial in _BUZZING else _FINALS.get(said.final, "")
    if said.rhotic:
        sound = sound.removesuffix("n") + "ɚ"
    return _INITIALS.get(said.initial, "") + sound.replace("_", _TONES.get(said.tone, ""))
