"""Who is meant: names of the cast, "the man on the left", "the second one", "both", and the pronouns that follow them."""

import re
from dataclasses import dataclass, field

_NOUN = r"(?P<noun>man|woman|person|girl|boy|guy|lady|gentleman|one|character|speaker|figure|actor|actress|friend)"
_WHERE = re.compile(
    rf"\b(?:{_NOUN}|he|she)(?: (?:who is|that is|standing|sitting|seated))? (?:on|at|to) the (?P<side>left|right)\b|"
    rf"\bthe (?P<side2>left|right|left-hand|right-hand|leftmost|rightmost) (?P<noun2>man|woman|person|girl|boy|guy|"
    rf"lady|one|character|speaker|figure)\b|"
    r"^on the (?P<side3>left|right)\b|"
    r"(?<![看向往朝着])(?P<side4>左|右)(?:边|侧|面)(?:的|那个?|这个?)*(?P<noun4>男人?|女人?|男士|女士|女孩|男孩|人|角色)?"
)
_RANK = re.compile(
    r"\bthe (?P<rank>first|second|third|fourth|last)(?: (?P<noun>man|woman|person|girl|boy|guy|lady|one|character|speaker))?\b|"
    r"第(?P<rank2>[一二三四])(?:个|位|名)(?P<noun2>男人?|女人?|人|角色)?"
)
_EVERYBODY = re.compile(r"\b(?:both|everyone|everybody|they|all of them|the two|each)\b|大家|他们|她们|两人|所有人|两个人|都")
_OTHER = re.compile(r"\bthe other(?: (?:man|woman|person|girl|boy|guy|one|character|speaker))?\b|另一个人?|另一位|对方")
_GENDER = re.compile(
    r"\b(?P<f>she|woman|girl|lady)\b|\b(?P<m>he|man|boy|guy|gentleman)\b|(?P<f2>她|女人|女士|女孩|女子)|(?P<m2>他|"
    r"男人|男士|男孩|男子)"
)
_RANKS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "一": 0, "二": 1, "三": 2, "四": 3}
_FEMALE = re.compile(r"\b(?:woman|girl|lady|actress|she)\b|女")
_MALE = re.compile(r"\b(?:man|boy|guy|gentleman|actor|he)\b|男")


@dataclass
class Memory:
    """Who was spoken of while a text is read from its start: the subject, and whom "she" and "he" mean."""

    subject: str | None = None
    last: str | None = None
    genders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mention:
    """Somebody spoken of at a place of a clause; `who` None: everybody."""

    at: int
    who: str | None


def mentions(text: str, cast: tuple[str, ...], memory: Memory) -> list[Mention]:
    """Everybody named or pointed at in a clause, in order. What is learnt of genders goes into the memory."""
    found = [Mention(place, name) for name in cast for place in _places(name, text)]
    for match in _WHERE.finditer(text):
        side = next(match[key] for key in ("side", "side2", "side3", "side4") if match[key])
        who = _at(cast, 0 if side.startswith(("left", "左")) else -1)
        _learn(match[0], who, memory)
        found.append(Mention(match.start(), who))
    for match in _RANK.finditer(text):
        index = _RANKS[match["rank"] or match["rank2"]]
        if index < len(cast):
            _learn(match[0], _at(cast, index), memory)
            found.append(Mention(match.start(), _at(cast, index)))
    found += [Mention(match.start(), _other(cast, memory)) for match in _OTHER.finditer(text)]
    found += [Mention(match.start(), None) for match in _EVERYBODY.finditer(text)]
    taken = {mention.at for mention in found}
    if not found:
        found += [
            Mention(match.start(), _pronoun(match, cast, memory))
            for match in _GENDER.finditer(text)
            if match.start() not in taken
        ]
    return sorted(found, key=lambda mention: mention.at)


def _places(name: str, text: str) -> list[int]:
    plain = re.escape(name.strip().lower())
    if not plain:
        return []
    pattern = rf"(?<![a-z0-9]){plain}(?![a-z0-9])" if name.isascii() else plain
    return [match.start() for match in re.finditer(pattern, text)]


def _at(cast: tuple[str, ...], index: int) -> str | None:
    return cast[index] if cast else None


def _learn(words: str, who: str | None, memory: Memory) -> None:
    if who is None:
        return
    if _FEMALE.search(words):
        memory.genders["f"] = who
    elif _MALE.search(words):
        memory.genders["m"] = who


def _other(cast: tuple[str, ...], memory: Memory) -> str | None:
    rest = [name for name in cast if name != memory.last]
    return rest[0] if len(rest) == 1 else None


def _pronoun(match: re.Match[str], cast: tuple[str, ...], memory: Memory) -> str | None:
    mine, theirs = ("f", "m") if match["f"] or match["f2"] else ("m", "f")
    if mine in memory.genders:
        return memory.genders[mine]
    if theirs in memory.genders:
        rest = [name for name in cast if name != memory.genders[theirs]]
        return rest[0] if len(rest) == 1 else None
    return memory.last
