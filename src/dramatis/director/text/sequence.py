"""Spells out the order of what words tell: "from calm to angry", "before she nods she smiles", "after smiling she nods"."""

import re

from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon.feelings import FEELINGS
from dramatis.director.text.people import MARKS

_FROM_TO = Pattern(r"\bfrom (?:being )?((?:\w+ ){1,3})to (?:being )?(?=[a-z])|从([^\s,，。到从]{1,6}?)(?:变|转|过渡)?到")
_CHAIN = Pattern(r"\bfrom ([^,.;]{1,30}?) to ([^,.;]{1,30}?),? (?:and |then )*to ([^,.;]{1,40})")
_BEFORE = Pattern(rf"""
    (?:^|(?<=[.;\n] )
        |(?<=[.;\n]))\s*before (?P<b>(?:{MARKS}+ |\w+ing)[^,.;\n{MARKS[1:-1]}]*?),? (?P<a>{MARKS}+ [^.;\n]*)
    |(?:^|(?<=[。;\n,]))(?P<b2>[^,。;\n]{{1,20}}?)之?前,?(?:先是?|{MARKS}+先?)(?P<a2>[^。;\n]+)
""")
_AFTER = Pattern(rf"""
    (?:^|(?<=[.;\n] )|(?<=[.;\n]))\s*(?:after|having) (?P<a>\w+ing[^,.;\n{MARKS[1:-1]}]*?),? (?P<b>{MARKS}+ [^.;\n]*)
""")
_ARROW = Pattern(r"\s*(?:[-=]+>|→|⇒|➜|➡)\s*")
_WAY = "(?:(?:back )?(?:to (?:the |her |his )?)?(?:left|right)|up|down)"
_AND_THEN = Pattern(rf"""
    (?P<verb>\b(?:look|glanc|gaz|peer|pan|tilt)(?:s|es|ing|e)? )(?P<first>(?:\w+ly )?(?:over )?{_WAY})
        (?P<and>,? (?:and )?(?:then )?|, )(?P<second>{_WAY})\b(?! (?:at|in|on)\b)
""")


def in_order(text: str) -> str:
    """ "From calm to angry" as "first calm, then angry", where both sides say an emotion; "before" and "after" in order."""

    def spell(match: re.Match[str]) -> str:
        before = match[1] or match[2]
        if not any(entry.pattern.search(before) for entry in FEELINGS):
            return match[0]
        return f", first {before}, then " if match[1] else f",先{before},然后"

    def turn(match: re.Match[str]) -> str:
        groups = match.groupdict()
        first, second = groups.get("a") or groups.get("a2"), groups.get("b") or groups.get("b2")
        return f" first {first}, then {second} "

    text = re.sub(r"连([^,。;]{1,8}?)[都也](?:没有?|不)", r"没有\1 ", _ARROW.sub(", then ", text))
    text = _AND_THEN.sub(r"\g<verb>\g<first>, then \g<verb>\g<second>", text)
    text = _FROM_TO.sub(spell, _CHAIN.sub(r", first \1, then \2, then \3", text))
    return _AFTER.sub(turn, _BEFORE.sub(turn, text))
