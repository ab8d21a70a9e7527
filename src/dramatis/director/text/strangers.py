"""Finds people and animals in the prompt who are not in the picture.

Only subjects count: "she tells of her dog" needs no dog, "a dog barks" does.
"""

import re

from dramatis.director.pattern import Pattern
from dramatis.director.text.marks import people_in
from dramatis.director.text.people import MARKS

_MANY = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "many": 3, "both": 2, "couple": 2}
_MANY |= {"两": 2, "二": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "几": 3}
_PEOPLE = "(?:women|men|people|persons|girls|boys|guys|ladies|friends|kids|children|characters|speakers|singers|actors)"
_CROWDS = Pattern(rf"""
    \b(?P<many>two|three|four|five|six|several|many|[2-6]) (?:\w+ ){{0,2}}?{_PEOPLE}\b
    |\bthe (?P<many2>two|three|four)(?: of them)?\b
    |\b(?P<many3>both)(?: of them)?\b(?! (?:hands|arms|eyes|brows|eyebrows|sides|fists|\w+ and))
    |\bthe (?P<many4>couple)\b
    |(?P<many5>[两二三四五几2-6])个?(?:女人|男人|人|女孩|男孩|孩子|朋友)
""")
_BEINGS = Pattern(r"""
    dogs?|cats?|horses?|birds?|pupp(?:y|ies)|kittens?|monkeys?|lions?|tigers?|bears?|rabbits?|bunn(?:y|ies)|pigs?
    |cows?|sheep|goats?|foxe?s?|wol(?:f|ves)|mouse|mice|parrots?|elephants?|robots?|aliens?|dragons?|crowd|audience
    |bab(?:y|ies)|child(?:ren)?|kids?|toddlers?|animals?|ghosts?|monsters?|zombies?
""")
_BEINGS_CHINESE = "狗|猫|马|鸟|猴子|狮子|老虎|熊|兔子|猪|牛|羊|狐狸|狼|老鼠|鹦鹉|大象|机器人|婴儿|孩子|小孩|观众|人群"
_STARTS = Pattern(rf"""
    (?:^|(?<=[,.;:!?\n。，；])|(?<=\band)|(?<=\bwhile)|(?<=\bthen)|(?<=\bwhen)|(?<=\bbut)|(?<={MARKS}))\s*
        (?:and |while |then |with )?
""")
_ANIMAL = Pattern(rf"""
    {_STARTS}(?P<words>(?:a|an|the|one|two|three|some|another|his|her|their|\d) (?:(?!and )\w+ ){{0,2}}?
        (?P<being>{_BEINGS})\b)
    |(?:^|(?<=[,.;。，；\n和与跟]))(?P<words2>(?:有?[一两三这那几][只个条匹头群]小?|小)(?P<being2>{_BEINGS_CHINESE}))
""")
_SECOND = Pattern(rf"""
    {_STARTS}(?P<words>(?:a|an|the|another|one) (?:(?!and )\w+ ){{0,2}}?
        (?:(?P<f>woman|girl|lady)|(?P<m>man|boy|guy|gentleman))\b|(?:(?P<f2>she)|(?P<m2>he))\b)
    |(?:^|(?<=[,.;。，；\n和与跟]))(?P<words2>一?[个位名]?
        (?:(?P<f3>女人|女士|女孩|女子|她(?!们))|(?P<m3>男人|男士|男孩|男子|他(?!们))))
""")


def strangers(plain: str, marked: str, count: int) -> tuple[str, ...]:
    """Words of a normal text for somebody who is not among `count` people; `marked` is the same text with marks."""
    found = [match[0] for match in _CROWDS.finditer(plain) if _number(match) > count]
    beings = [(match["being"] or match["being2"], match["words"] or match["words2"]) for match in _ANIMAL.finditer(marked)]
    distinct = {being.rstrip("s"): words for being, words in reversed(beings)}
    room = max(0, count - len(people_in(marked)))
    found += [words for _, words in reversed(distinct.items())][room:]
    if count == 1 and not found:
        found += _second(plain)
    return tuple(dict.fromkeys(words.strip() for words in found))


def _number(match: re.Match[str]) -> int:
    many = next(match[key] for key in ("many", "many2", "many3", "many4", "many5") if match[key])
    return _MANY.get(many) or int(many)


def _second(plain: str) -> list[str]:
    """In a picture of one: the first words for a person of the other sex."""
    sex = ""
    for match in _SECOND.finditer(plain):
        own = "f" if match["f"] or match["f2"] or match["f3"] else "m"
        if sex and own != sex:
            return [match["words"] or match["words2"]]
        sex = own
    return []
