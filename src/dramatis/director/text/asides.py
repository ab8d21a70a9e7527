"""Tells directions from speech where a script stands in one line: "Cat: Hello! Robot: Hi. The cat waves. In a kitchen."

Only whole sentences after the first one of a line of speech, and only such as nobody says: about somebody of the script in the
third person, about the camera, or nothing but a place, a light, a weather or a style; about "them" only with a feeling, a deed or
a place that is known. So with "she" and "he", unless the speech tells of somebody else. Whoever says "I" or "you" speaks.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon.actions import ACTIONS
from dramatis.director.text.lexicon.feelings import FEELINGS
from dramatis.director.text.lexicon.surroundings import PLACES

_ENDS = Pattern(r"[.!?…]+[\"”']?(?=\s|$)\s*|[。！？；]+\s*")
_SPOKEN = Pattern(
    r"(?<![a-z])(?:i|me|my|mine|we|us|our|you|your|yours|let's|please)(?![a-z])|[我咱你您]|[?？!！]\s*$",
)
_CAMERA = Pattern(r"(?:the |a )?(?:\w+ )?camera\b|(?:slow(?:ly)? )?(?:zoom|push|pull|pan|tilt)s? |镜头")
_WHERE = Pattern(r"""
    (?:it is |it's |they are |both are |all |everything |set |filmed |drawn )*
        (?:in|on|at|by|under|before|outside|inside|as) |[在外下]
""")
_SCENE = Pattern(r"""
    (?:cut to|(?:much |a little )?later,? (?:in|on|at)|(?:the )?next (?:day|morning|evening|scene)|meanwhile,? (?:in|on|at))
        (?![a-z])
    |后来|第二天|切到|与此同时
""")
"""What a sentence about another place begins with."""
_ADDRESSED = r"\s*[,，](?! ?(?:an? |who |the |一[个只位]))"
"""After the name of somebody who is spoken to; "Mia, a girl in red" is spoken of."""
_THEN = r"(?:then |meanwhile,? |and |随后|然后|接着|于是)?"
_ALL = (
    r"they|both(?: of them)?|all of them|everybody|everyone|the (?:class|crowd|audience|others|students|children|kids|guests)"
    r"|他们|她们|大家|两人|两个人"
)


def speech_ends(words: str, start: int, end: int, names: Iterable[str], narrated: bool = False) -> int:
    """Where the speech that begins at `start` ends: at the first sentence that is a direction, at the latest at `end`.

    After the last line of a script places count, too; before it "It rains in the park" is said. A narrator (`narrated`) speaks of
    others in the third person: only deeds that happen now are directions.
    """
    edges = [start, *(match.end() for match in _ENDS.finditer(words[:end], start))]
    if edges[-1] < end:
        edges.append(end)
    about = _about(names)
    for first, last in list(pairwise(edges))[1:]:
        sentence = words[first:last].lower().strip()
        if narrated and about.match(sentence):
            directed = not _PAST.search(sentence) and any(deed.search(sentence) for deed in _DEEDS)
        else:
            own = not narrated and _of_the_speaker(sentence, words[start:first])
            directed = own or _is_direction(sentence, about, end >= len(words.rstrip()))
        if directed:
            return first
    return end


def _about(names: Iterable[str]) -> re.Pattern[str]:
    """A sentence that begins with somebody and goes on with what they do."""
    known = "|".join(re.escape(name.strip().lower()) for name in names if name.strip())
    called = known or "(?!)"
    who = rf"(?:(?:the )?(?:{called})|{_ALL})"
    others = rf"(?:(?:,? and |, |和|与|跟|、){who})*"
    moment = (
        rf"(?:when|while|as|once) (?:the )?(?:{called}) (?:says?|shouts?|whispers?|asks?|answers?)\b"
        rf"|(?:每?当)?(?:{called})(?:说|讲|喊|问)[^,，。]*(?:时|的?时候)"
    )
    return re.compile(
        rf"{moment}|{_THEN}(?:[\u3400-\u9fff]{{1,8}}的)?{who}{others}(?!\s*[:：.。!！?？;；]|{_ADDRESSED}|'s\b)[,，]?\s*\w"
    )


def _is_direction(sentence: str, about: re.Pattern[str], at_the_end: bool) -> bool:
    if not sentence or _SPOKEN.search(sentence):
        return False
    shown = any(place.pattern.search(sentence) for place in PLACES)
    if shown and _SCENE.match(sentence):
        return True
    told = about.match(sentence)
    if told and _THEY.match(sentence):
        return any(known.search(sentence) for known in _KNOWN)
    if told or not at_the_end:
        return told is not None
    if _CAMERA.match(sentence):
        return True
    return shown and (_WHERE.match(sentence) is not None or len(sentence) < _SHORT)


def _of_the_speaker(sentence: str, said: str) -> bool:
    """Whether a sentence without a name tells what its speaker does ("she smiles", "微笑着点头"); `said` was said before it."""
    if _SPOKEN.search(sentence):
        return False
    if any((deed := one.match(sentence)) and sentence.startswith("着", deed.end()) for one in _DEEDS):
        return True
    of_others = _THIRD.search(said.lower()) or _NAMED.search(said)
    return bool(_PRONOUN.match(sentence)) and not of_others and any(known.search(sentence) for known in (*_DEEDS, *_FELT))


_THEY = Pattern(rf"{_THEN}(?:{_ALL})(?![a-z])")
_PRONOUN = Pattern(rf"{_THEN}(?:she|he|[她他它])(?![a-z'’们]| (?:was|were|had|did|went|has|will|would)(?![a-z]))")
_THIRD = Pattern(r"(?<![a-z])(?:she|he|her|him|his)(?![a-z])|[她他它]")
_NAMED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_PAST = Pattern(r"(?<![a-z])(?:was|were|had|did|went|said|came|saw|[a-z]+ed)(?![a-z])|[了过]|曾经?|从前")
_DEEDS = tuple(one.pattern for one in ACTIONS)
_FELT = tuple(one.pattern for one in FEELINGS)
_KNOWN = (*_FELT, *_DEEDS, *(one.pattern for one in PLACES))
_SHORT = 28  # characters of a sentence that is nothing but a style, a light or a weather
