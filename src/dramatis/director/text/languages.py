"""Languages other than English and Chinese: their common words for directions are replaced by English ones.

Japanese and Korean are known by their letters, Spanish, German and French sentence by sentence by frequent words. What is not
in the tables (`asian_languages`, `european_languages`) stays as it is, so that it is named as not understood.
"""

import re
from collections.abc import Mapping
from functools import cache

from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon import looks_abroad
from dramatis.director.text.lexicon.actions import ACTIONS, CAMERA_MOVES
from dramatis.director.text.lexicon.asian_languages import JAPANESE, KOREAN
from dramatis.director.text.lexicon.entries import NO_CAMERA
from dramatis.director.text.lexicon.european_languages import FRENCH, GERMAN, SPANISH
from dramatis.director.text.lexicon.feelings import FEELINGS

READ = "English, Chinese, Japanese, Korean, Spanish, German and French"
"""The languages that the director reads."""
_TABLES: Mapping[str, str] = {
    "ja": JAPANESE,
    "ko": KOREAN,
    "es": SPANISH,
    "de": GERMAN,
    "fr": FRENCH,
}
_LOOKS: Mapping[str, str] = {
    "ja": looks_abroad.JAPANESE,
    "ko": looks_abroad.KOREAN,
    "es": looks_abroad.SPANISH,
    "de": looks_abroad.GERMAN,
    "fr": looks_abroad.FRENCH,
}
_SCRIPTS = {"ja": Pattern("[\u3041-\u30fa]"), "ko": Pattern("[\uac00-\ud7a3]")}
_SPACED = ("es", "de", "fr")
_DENIED_BEHIND = ("ja", "ko", "de")
_SIGNS = {
    "en": """
        the|an?|and|she|he|they|her|his|their|is|are|with|then|first|to|of|in|on|at|speaks?|talks?|says?|camera|while
        |but|not|very|person|man|woman|smiles?|looks?|nods?|no|don't|never|without|movements?|slowly
    """,
    "es": "el|la|los|las|una|y|con|que|se|ella|él|muy|está|luego|primero|cámara|mujer|hombre|de|del|no|en",
    "de": "der|die|das|und|eine?|sie|er|mit|ist|sich|dann|zuerst|kamera|frau|mann|nicht|sehr|nach|den|im",
    "fr": "le|la|les|une|et|avec|elle|il|est|puis|d'abord|caméra|femme|homme|ne|pas|très|de|du|en|un|des",
}
_FREQUENT = {code: Pattern(rf"(?<![\w'])(?:{signs})(?![\w'])") for code, signs in _SIGNS.items()}
_ENGLISH = (NO_CAMERA, *(entry.pattern for entry in (*FEELINGS, *CAMERA_MOVES, *ACTIONS)))
_SENTENCES = Pattern(r"([.;!?\n]+\s*)")
_KANA = Pattern(r"""
    うなず|うなづ|ほほえ|うつむ|おどろ|びっくり|にっこり|とまど|まばたき|いらいら|まず|はじめ|それから|そして|でも
    |ゆっくり|とても|すごく|ちょっと|やや|だんだん|そっと|やがて|ついに|わくわく|がっかり|しゃべ|おじぎ|すわ|かなし
    |うれし|おだやか|しずか|わら|かすか|わずか|いきなり
""")
"""Japanese stems in kana, which no ending swallows."""
_ENDINGS = {
    "ja": (rf"(?:(?!{_KANA})[ぁ-ん]){{0,3}}?(?:ない|なく|ず|ません|ぬ)[ぁ-ん]{{0,2}}", rf"(?:(?!{_KANA})[ぁ-ん])*"),
    "ko": ("[가-힣]{0,2}?지[를는]? ?(?:않|마|말)[가-힣]*", "[가-힣]*"),
}
"""How a stem is denied, and how it ends otherwise."""


def read_in(words: str, drawn: bool = False) -> str:
    """A normal (lower-case) text with what is known in other languages in English; the rest as it is. `drawn`: looks, too."""
    for code, script in _SCRIPTS.items():
        if script.search(words):
            words = _translated(words, code, drawn)
    whole = _language(words)
    pieces = _SENTENCES.split(words)
    return "".join(_in_english(piece, whole, drawn) for piece in pieces)


def _in_english(sentence: str, whole: str, drawn: bool) -> str:
    code = _language(sentence) or whole
    return _translated(sentence, code, drawn) if code in _SPACED else sentence


def _language(words: str) -> str:
    """By frequent words, and by those of the tables; "" where nothing says so, "en" where English says as much."""
    if not re.search("[a-zà-ÿ]", words):
        return ""
    scores = {code: len(pattern.findall(words)) for code, pattern in _FREQUENT.items()}
    for code in _SPACED:
        scores[code] += sum(1 for pattern, english in _entries(code) if english.strip() and pattern.search(words))
    scores["en"] += sum(1 for pattern in _ENGLISH if pattern.search(words))
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] else ""


@cache
def _entries(code: str, drawn: bool = False) -> tuple[tuple[Pattern, str], ...]:
    """Patterns and what they become; English is in capitals, which no pattern finds again."""
    found = []
    for line in (*(_coloured(_LOOKS[code]) if drawn else ()), *_TABLES[code].strip().splitlines()):
        pattern, english = line.rsplit("=", 1)
        begin, deny, ending = ("", *_ENDINGS[code]) if code in _ENDINGS else (r"(?<!\w)", r" nicht(?!\w)", r"(?:(?<=')|(?!\w))")
        if english and "static" not in english and code in _DENIED_BEHIND:
            found.append((Pattern(f"{begin}(?:{pattern}){deny}"), f" NOT {english.upper()}, "))
        found.append((Pattern(f"{begin}(?:{pattern}){ending}"), f" {english.upper()} "))
    return tuple(found)


def _coloured(table: str) -> list[str]:
    """The lines of a table of looks, with each of its colours for "<colour>"."""
    colours, *lines = table.strip().splitlines()
    pairs = [pair.split("=") for pair in colours.removeprefix("<colour>:").split(";")]
    spread = [
        [line.replace("<colour>", words, 1).replace("<colour>", english) for words, english in pairs]
        if "<colour>" in line
        else [line]
        for line in lines
    ]
    return [line for group in spread for line in group]


def _translated(words: str, code: str, drawn: bool) -> str:
    for pattern, english in _entries(code, drawn):
        words = pattern.sub(english, words)
    if code == "ja":
        words = re.sub(r"(?<![ァ-ヶー一-龠ぁ-ん])[ぁ-ん]{1,3}(?![ァ-ヶー一-龠ぁ-ん])", " ", words)
    return re.sub(r"[ \t]+(?=[,.;。、 ])", "", re.sub(r"[ \t]+", " ", words)).lower()
