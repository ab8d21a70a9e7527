"""Counts what a recogniser understood of a text: English words, Mandarin characters, the same sounds in other characters.

Spelling is no fault of a voice, so both texts are compared in one spelling: without punctuation and capitals, British as
American, words that are written together or apart ("shoe box"), and numbers in whatever reading fits best ("214": two fourteen,
two hundred and fourteen). Of Mandarin, 他 她 它 and 的 地 得 sound alike and are one character each, traditional characters are
those that they stand for, and digits are read as the voice reads them.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from dramatis.speech.synthesis.numerals import in_characters

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth", "9th": "ninth"}
_SPELLINGS = (
    (r"\bmetre", "meter"),
    (r"\bcentre", "center"),
    (r"\bgrey\b", "gray"),
    (r"colour", "color"),
    (r"neighbour", "neighbor"),
    (r"\bmr\b", "mister"),
    (r"\bdr\b", "doctor"),
)
_SIGNS = ((r"\$\s*(\d[\d,]*)", r"\1 dollars"), (r"%", " percent"), (r"(\d),(\d{3})\b", r"\1\2"), (r"(\d):(\d\d)\b", r"\1 \2"))
_ALIKE = str.maketrans("她它地得麽著", "他他的的么着")

Fault = tuple[str, str]
"""What was said and what was understood; one of them may be empty."""


def english(said: str, heard: str) -> tuple[int, list[Fault]]:
    """How many words were said, and those that were understood otherwise."""
    pairs = itertools.product(_read(_words(said)), _read(_words(heard)))
    return min(((len(one), _faults(one, _joined(other, one))) for one, other in pairs), key=lambda found: len(found[1]))


def mandarin(said: str, heard: str) -> tuple[int, list[Fault]]:
    """How many characters were said, and those that were understood otherwise."""
    one, other = (_characters(text) for text in (said, heard))
    return len(one), [(said, heard) for said, heard in _faults(one, other) if not _traditional(said, heard)]


def syllables(said: str, heard: str) -> tuple[int, list[Fault]]:
    """How many Mandarin syllables were said, and those that were understood with another sound or tone."""
    from pypinyin import Style, lazy_pinyin

    one, other = (lazy_pinyin(_characters(text), style=Style.TONE3, neutral_tone_with_five=True) for text in (said, heard))
    return len(one), _faults(one, other)


def _traditional(said: str, heard: str) -> bool:
    """Whether a character is the other one in traditional writing (outside GB 2312, and read the same)."""
    from pypinyin import lazy_pinyin

    return bool(said) and not heard.encode("gb2312", "ignore") and lazy_pinyin(said) == lazy_pinyin(heard) != []


def _characters(text: str) -> str:
    return "".join(sign for sign in in_characters(text).translate(_ALIKE).lower() if sign.isalnum())


def _words(text: str) -> list[str]:
    text = text.lower().replace("’", "'")
    for sign, spelled in _SIGNS + _SPELLINGS:
        text = re.sub(sign, spelled, text)
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)*", text)


def _read(words: Sequence[str]) -> Iterator[list[str]]:
    """The words with their numbers in every reading."""
    choices = [_readings(word) if word.isdigit() else [[_ORDINALS.get(word, word)]] for word in words]
    for chosen in itertools.product(*choices):
        yield [word for words in chosen for word in words]


def _readings(digits: str) -> list[list[str]]:
    value, pairs = int(digits), [int(digits[:-2] or 0), int(digits[-2:])]
    each = [_ONES[int(digit)] for digit in digits]
    if value < 100:
        return [_cardinal(value)]
    whole = _cardinal(value)
    spoken = [whole, [word for word in whole if word != "and"], each]
    return [*spoken, [*_cardinal(pairs[0]), *_cardinal(pairs[1])]] if value < 10_000 and pairs[1] > 9 else spoken


def _cardinal(value: int) -> list[str]:
    if value < 20:
        return [_ONES[value]]
    if value < 100:
        return [_TENS[value // 10 - 2], *(_cardinal(value % 10) if value % 10 else [])]
    size, name = next((size, name) for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")) if value >= size)
    rest = value % size
    return [*_cardinal(value // size), name, *(["and"] if 0 < rest < 100 else []), *(_cardinal(rest) if rest else [])]


def _joined(words: list[str], other: list[str]) -> list[str]:
    """Words written apart or together as in the other text."""
    wanted, pairs = set(other), {one + two: [one, two] for one, two in itertools.pairwise(other)}
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in wanted and word not in wanted:
            found[-1] += word
        else:
            found += pairs[word] if word not in wanted and word in pairs else [word]
    return found


def _faults(one: Sequence[str], other: Sequence[str]) -> list[Fault]:
    """The least changes that make one of the other (Levenshtein)."""
    row: list[list[Fault]] = [[("", word) for word in other[:at]] for at in range(len(other) + 1)]
    for said in one:
        above, row = row, [[*row[0], (said, "")]]
        for at, heard in enumerate(other):
            changed = above[at] if said == heard else [*above[at], (said, heard)]
            row.append(min(changed, [*above[at + 1], (said, "")], [*row[at], ("", heard)], key=len))
    return row[-1]
