"""The characters of a film of nothing but words: whom a prompt tells of, each with a name, in the order of appearance.

"A cat and a robot wave" has Cat and Robot; "Mia gives Tom a box" has Mia and Tom; "two rabbits dance" has two. A noun that was
there before is the same character, unless it is "another" one.
"""

import re
from collections.abc import Iterator

from dramatis.director.pattern import Pattern
from dramatis.director.text.clauses import normal
from dramatis.director.text.known import CAPITALISED, NAMES
from dramatis.director.text.lexicon.beings import BEINGS, NAMED
from dramatis.director.text.lexicon.traits import Told, told_in
from dramatis.director.text.scripts import extracted

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "several": 3, "some": 2, "2": 2, "3": 3, "4": 4}
_NUMBERS |= {"两": 2, "二": 2, "三": 3, "四": 4, "几": 3}
_COUNTED = Pattern(
    rf"(?:(?<![a-z0-9])(?P<many>{'|'.join(key for key in _NUMBERS if key.isascii())}) (?:\w+ ){{0,2}}"
    rf"|(?P<many2>[两二三四几])[个只位名头]?(?:\w{{0,3}}的)?小?)$"
)
_ANOTHER = Pattern(r"\b(?:another|a second|a third|the other) (?:\w+ ){0,2}$|(?:另一?|又一)[个只位名]?小?$")
_FORMS = {
    "women": "woman", "men": "man", "ladies": "lady", "gentlemen": "gentleman", "children": "child", "bunnies": "bunny",
    "kitties": "kitty", "puppies": "puppy", "mice": "mouse", "wolves": "wolf", "foxes": "fox", "babies": "baby",
    "people": "person",
}  # fmt: skip
_CHINESE_NAMES = Pattern("小[明红华丽刚芳军强李王张美林杰婷玲兰梅乐](?![好国术味食景妙])|阿[强明华珍玲]")
_COUPLE = Pattern(r"\b(?:a|the) (?:\w+ )?couple\b(?! of)|夫妻|夫妇|情侣")
_BOTH = (("妻子", "丈夫"), ("Woman", "Man"))
_NO_NOUNS = frozenset({"mr", "mrs", "miss", "sir", "madam", "nobody", "male", "female", "男", "女"})
_PEOPLE = frozenset({"woman", "man", "girl", "boy", "child", "queen", "king", "role", "person"})
OF_MANY_KINDS = frozenset({"role", "person", "animal"})
"""Beings whose nouns mean different ones: a teacher is no student."""
_APPOSED = Pattern(rf"\b(?:{NAMES})(?:,? (?:is )?|,)(?:an? |the )(?:(?!and|with)\w+ )?$")
"""Between a name and the noun that says who that is."""
_KIN = Pattern(r"^(?:grand(?:ma|pa|mum|dad)|granny|grandad|mum|mom|dad)$|^(?:爷爷|奶奶|爸爸|妈妈|外公|外婆|姥姥|姥爷)$")
"""Nouns that are names."""
_LITTLE = Pattern("小$")
_THE = Pattern(r"\b(?:the|this|that|his|her) (?:\w+ ){0,2}$|[这那][个只位名]$|(?<![个只位名])$")
"""Before a noun for somebody who is known already."""


def figures(words: str, speakers: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Names of the characters of a prompt beside what `speakers` say in it; () if it tells of nobody."""
    left = extracted(words, speakers).words
    plain = normal(left)
    capitals = re.finditer(rf"\b(?:{CAPITALISED})\b(?! (?:[A-Z]|she|he|they|you|it|we|the)\b)", left)
    named = [(match.start(), match[0].title()) for match in (capitals if re.search("[A-Z]", left) else NAMED.finditer(plain))]
    named += [(match.start(), match[0]) for match in _CHINESE_NAMES.finditer(plain)]
    nouns = list(_nouns(plain, {name for _, name in named}))
    couples = [(match.start(), name) for match in _COUPLE.finditer(plain) for name in _BOTH[match[0].isascii()]]
    return tuple(dict.fromkeys(name for _, name in sorted([*named, *couples, *nouns])))


def _beings(plain: str) -> list[Told]:
    """Nouns for somebody; of "two kids, a girl and a boy" the last two, of "a mother bear" the bear;
    nobody in "a child's party".
    """
    found = [told for told in told_in(plain, BEINGS) if not told.denied and told.trait.value != "nobody"]
    starts = {told.at for told in found}
    ends = [told.at + len(_bare(told.words)) for told in found]
    joined = [plain[end : end + 1] == " " and end + 1 in starts for end in ends]
    found = [told for told, end, part in zip(found, ends, joined, strict=True) if not part and not plain.startswith("'s ", end)]
    plainer = {told.trait.value for told in found} & {"girl", "boy"}
    return [told for told in found if told.trait.value != "child"] if plainer else found


def _nouns(plain: str, named: set[str]) -> Iterator[tuple[int, str]]:
    """Nouns for somebody, where they are first spoken of, each a name; not those that say who the people with names are."""
    last, seen = -1, set[str]()
    told_of = _beings(plain)
    human = len({noun_of(told) for told in told_of if told.trait.value in _PEOPLE})
    for told in told_of:
        if _APPOSED.search(plain[: told.at]):
            continue
        if told.trait.value in _PEOPLE and len(named) >= human and not _KIN.search(told.words):
            continue
        noun = noun_of(told)
        if told.at < last or not noun or noun in _NO_NOUNS:
            continue
        last = told.at + len(noun)
        before = plain[: told.at]
        kind = noun if told.trait.value in OF_MANY_KINDS else told.trait.value
        counted = _COUNTED.search(before)
        if kind in seen and not counted and _THE.search(before) and not _ANOTHER.search(before):
            continue
        seen.add(kind)
        count = _NUMBERS[counted["many"] or counted["many2"]] if counted else _one_at_least(told, noun)
        name = f"小{noun}" if _LITTLE.search(before) and not noun.isascii() else noun.title()
        if _ANOTHER.search(before):
            yield told.at, f"{name} 2" if name.isascii() else f"{name}2"
        elif count == 1:
            yield told.at, name
        else:
            yield from ((told.at, f"{name} {number}" if name.isascii() else f"{name}{number}") for number in range(1, count + 1))


def _one_at_least(told: Told, noun: str) -> int:
    """How many a noun without a number stands for: none of "students laugh", of whom nobody knows how many there are."""
    return 0 if told.trait.value == "person" and noun != _bare(told.words).split(" ")[-1] else 1


def noun_of(told: Told) -> str:
    """The noun alone, in the singular."""
    words = _bare(told.words).split(" ")[-1]
    if words in _FORMS:
        return _FORMS[words]
    return words[:-1] if words.isascii() and words.endswith("s") and not words.endswith("ss") else words


def _bare(words: str) -> str:
    """Words without their article or number."""
    return re.sub(r"^(?:an?|one|two|three|four|several|some) |^[一两三四几][只个位名条]", "", words)
