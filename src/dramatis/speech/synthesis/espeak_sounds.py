"""IPA in eSpeak's own names of sounds, which stand in `[[` and `]]` of a text.

The names mean the same in all its languages, and a language leaves out those that it does not have.
"""

import unicodedata

_PAIRS = {
    "ɑ̃": "A~", "ɔ̃": "O~", "ɛ̃": "E~", "œ̃": "W~", "ɑː": "A:", "ɜː": "3:", "ɚ": "@r",
    "ɝ": "3:r", "ʧ": "tS", "ʤ": "dZ", "ʦ": "ts", "ʣ": "dz",
}  # fmt: skip
_NAMES = {
    "ʃ": "S", "ʒ": "Z", "θ": "T", "ð": "D", "ŋ": "N", "ɹ": "r", "ɾ": "*", "ʁ": "r", "ɣ": "Q", "ç": "C", "ɲ": "n^", "ʎ": "l^",
    "β": "B", "ɕ": "S;", "ʑ": "Z;", "ʂ": "s.", "ʐ": "z.", "ʔ": "?", "ɡ": "g", "ɫ": "l", "ɥ": "w", "ɦ": "h", "ʋ": "v", "ə": "@",
    "ɪ": "I", "ʊ": "U", "ɛ": "E", "ɔ": "O", "ʌ": "V", "æ": "a", "ɑ": "A:", "ɒ": "0", "ɐ": "a", "ɜ": "3:", "ɘ": "@", "ɨ": "i",
    "ɯ": "u", "ø": "Y", "œ": "W", "ʏ": "y", "ː": ":", "ˈ": "'", "ˌ": ",", ".": "", " ": " ", "͡": "",
} | {letter: letter for letter in "abdefghijklmnoprstuvwxyz"}  # fmt: skip
_NASAL = "\u0303"
_PLAINER = str.maketrans("ɪʊɛɔʌæɑɒɐɜɘəøœʏɨɯ", "iueoaaaaaeeeeeiiu", "ː")


def names_of(sounds: str) -> tuple[str, ...]:
    """Ways to name sounds that are given in IPA: as they are, and with the nearest vowels that every language has; () if a sign
    is none that can be named.
    """
    plain = unicodedata.normalize("NFC", sounds)
    return tuple(dict.fromkeys(map(_named, (plain, plain.translate(_PLAINER))))) if _known(plain) else ()


def letters(label: str) -> int:
    """How many sounds IPA names."""
    return sum(unicodedata.category(sign) in ("Ll", "Lo") for sign in unicodedata.normalize("NFD", label))


def _known(sounds: str) -> bool:
    return all(sign in _NAMES or sign in _PAIRS or sign == _NASAL for sign in sounds)


def _named(sounds: str) -> str:
    for pair, name in _PAIRS.items():
        sounds = sounds.replace(pair, f"\0{name}\0")
    parts = sounds.split("\0")
    return "".join(part if at % 2 else "".join(_NAMES[sign] for sign in part if sign != _NASAL) for at, part in enumerate(parts))
