"""Who is meant: names of the cast, "the man on the left", "the second one", "the others", and pronouns.

A text is read from its start, and every mention is replaced by marks: one private-use character for each person meant.
So what reads the text afterwards need not know how people are pointed at, and "Noor and Tom smile" has one subject.
"""

import re
from dataclasses import dataclass, field

FIRST_MARK, LAST_MARK = 0xE000, 0xE0FF
MARKS = f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]"
_NOUN = "(?:man|woman|person|girl|boy|guy|lady|gentleman|one|character|speaker|figure|actor|actress|friend|singer|people)"
_PERSON = "(?:男人?|女人?|男士|女士|先生|小姐|女孩|男孩|女子|男子|女生|男生|人物|人|角色|那位|那个|一位|一个|姑娘|小伙子?)"
_SIDES = (
    rf"(?:\bthe |\ba )?(?:\w+ )?(?:\b{_NOUN}|\bhe|\bshe)(?: (?:who is|that is|standing|sitting|"
    r"seated))? (?:on|at|to) (?:the|her|his) (?:far )?(?P<side>left|right)\b"
    rf"|\bthe (?:far )?(?P<side2>left|right|left-hand|right-hand|leftmost|rightmost) {_NOUN}\b"
    r"|(?:^|(?<=[.,;\n] )|(?<=[.,;\n]))on the (?P<side3>left|right)\b"
    rf"(?:,? (?:there is |is |we see )?(?:a|an|the) (?:\w+ )?{_NOUN}\b|(?=,| (?:is|a|the|we)))"
    rf"|(?<![看向往朝着到转瞥])最?(?P<side4>左|右)(?:边|侧|面|方)?的?(?:那|这)?(?:个|位|名)?{_PERSON}"
    r"|(?:^|(?<=[,。;.\n ]))最?(?P<side5>左|右)(?:边|侧|面)(?:的|那个|那位)?(?![看望瞥转移摇])"
)
_MIDDLE = (
    rf"\b(?:the )?{_NOUN} (?:standing |sitting )?in the (?P<middle>middle|cent(?:er|re))\b|"
    rf"\bthe (?:middle|central) {_NOUN}\b|(?:正?中间|中央)的?(?:那|这)?(?:个|位)?{_PERSON}"
)
_RANK = (
    rf"\bthe (?P<rank>first|second|third|fourth|last)(?: {_NOUN})?(?: from (?:the )?(?P<from>left|"
    r"right))?\b(?! (?:time|\d|second|half|word|moment|sentence|line|part|shot|day|few|scene))"
    rf"|(?P<from2>左|右)(?:起|数|边起|边数)第?(?P<rank3>[一二三四1-4])(?:个|位|名)?{_PERSON}?"
    rf"|第(?P<rank2>[一二三四1-4])(?:个|位|名){_PERSON}?"
)
_OTHERS = (
    r"\b(?:the other (?:two|three|\d|people|persons|ones|guys|women|men)|the others|everyone else|"
    rf"everybody else|the rest|all others)(?: {_NOUN})?\b"
    r"|(?:其他|其余|另外|剩下)的?(?:几|两|二|三|所有)?(?:个|位)?(?:人|的人)们?(?:都)?"
)
_KIN = "(?:(?:girl|boy)?friend|buddy|mate|pal|colleague|co-?worker|partner|husband|wife|sister|brother|boss|rival|neighbou?r)"
_OTHER = (
    rf"\b(?:her|his|their) {_KIN}\b(?! of)|(?:她|他|自己)的?(?:朋友|同伴|搭档|同事|老公|丈夫|老婆|妻子|闺蜜|女友|男友)|"
    rf"\bthe other(?: {_NOUN})?\b|另一个?位?{_PERSON}?|对方"
)
_EVERYBODY = (
    r"\b(?:both(?: of them)?(?! (?:hands|arms|eyes|brows|eyebrows|sides|fists))|everyone|everybody|"
    r"they(?: (?:all|both))?|all (?:of them|three|four)|the (?:two|three|four)(?: of them)?|the couple|"
    r"the group|between the two)\b"
    r"|大家|他们(?:俩|两人|都|全)*|她们(?:俩|两人|都|全)*|(?:两|三|四)个?位?人(?:都)?|所有人|众人|双方|(?:^|(?<=[,。;.\n]))都"
)
_GENDER = (
    r"\b(?P<f>she|woman|girl|lady|wife|mother|actress|queen)\b|\b(?P<m>he|man|boy|guy|gentleman|husband|father|king)\b"
    r"|(?:这位?个?|那位?个?)?(?P<f2>她(?!们)|女人|女士|女孩|女子|女生|姑娘|小姐)|(?:这位?个?|那位?个?)?(?P<m2>他(?!们)|"
    r"男人|男士|男孩|男子|男生|先生|小伙子?)"
)
_EXCEPT = re.compile(
    rf"(?P<all>{MARKS}+),? (?:except(?: for)?|but|apart from|other than) (?P<but>{MARKS}+)"
    rf"|除了?(?P<but2>{MARKS}+?)(?:以外|之外|外)?,?(?P<all2>{MARKS}+)"
)
_RANKS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "一": 0, "二": 1, "三": 2, "四": 3}
_RANKS |= {str(number): number - 1 for number in range(1, 5)}
_NOUNS_OF_GENDER = re.compile(r"woman|girl|lady|wife|mother|女|姑娘|小姐|man|boy|guy|gentleman|husband|father|男|先生|小伙")
_FEMALE = re.compile(r"\b(?:woman|girl|lady|actress|she|wife|mother)\b|女|姑娘|小姐|她")
_MALE = re.compile(r"\b(?:man|boy|guy|gentleman|actor|he|husband|father)\b|男|先生|小伙|他")
_WOMEN = (
    "noor mira mia mary anna anne ann emma eva lena lisa laura julia sara sarah sophie sofia maria "
    "marie jane alice grace amy emily "
    "olivia kate lucy rose ruby zoe nina nora clara cleo bella ella chloe hannah helen irene joan "
    "linda susan karen mei ling xiaomei yuki "
    "priya fatima aisha leila carmen ines elena olga ivy ada betty carol diana eve fiona gina hana"
)
_MEN = (
    "tom leo ben dan jack john james bob rob robert bill david adam alex max sam paul peter mark "
    "luke noah liam oscar otto omar ali ahmed "
    "ivan igor juan jose carlos pedro hans karl fritz henry george charles frank fred gary greg "
    "harry hugo jim joe ken kevin larry martin "
    "matt mike michael nick phil ray simon steve ted tim victor will wei ming kenji raj"
)
_WOMENS_SIGNS, _MENS_SIGNS = "娜丽莉娅雅芳婷玲霞燕梅兰花妹娟琳诺美婉倩莎妮婷姐妈", "强伟刚军杰勇涛磊斌龙鹏姆奥斯克哥爸雄"


@dataclass
class _Memory:
    """What a reader remembers: whom the text spoke of last, everybody so far, and who is a woman or a man."""

    last: tuple[int, ...] = ()
    seen: set[int] = field(default_factory=set)
    genders: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    """What a name lets one guess."""

    def of(self, gender: str, count: int) -> list[int]:
        """Who is known to be a woman or a man: told, else the one who is left, else by the name."""
        known = [at for at, value in self.genders.items() if value == gender]
        left = [at for at in range(count) if at not in self.genders]
        if known or (self.genders and len(left) == 1):
            return known or left
        return [at for at, value in self.names.items() if value == gender and at not in self.genders]


def marked(text: str, cast: tuple[str, ...]) -> str:
    """A normal text with a mark for each person at every mention; in a cast of one everybody is that one."""
    if not cast:
        return text
    memory = _Memory(names={at: gender for at, name in enumerate(cast) if (gender := _gender_of(name))})
    patterns = [*_named(cast), ("side", _SIDES), ("middle", _MIDDLE), ("rank", _RANK), ("others", _OTHERS)]
    patterns += [("other", _OTHER), ("all", _EVERYBODY), ("gender", _GENDER)]
    whole = re.compile("|".join(f"(?P<K{place}>{pattern})" for place, (_, pattern) in enumerate(patterns)))

    def mark(match: re.Match[str]) -> str:
        kind = next(kind for place, (kind, _) in enumerate(patterns) if match[f"K{place}"] is not None)
        people = _meant(kind, match, len(cast), memory)
        if not people:
            return match[0]
        memory.last = people
        memory.seen.update(people)
        return "".join(chr(FIRST_MARK + person) for person in people)

    text = _EXCEPT.sub(_without, whole.sub(mark, text))
    text = re.sub(rf"({MARKS}+)(?:,? (?:and|&|with) |, (?={MARKS}+,? and )|和|与|跟|、|以及|及)(?={MARKS})", r"\1", text)
    return re.sub(rf"({MARKS}+),? (?:who|which) ", r"\1, \1 ", text)


def _without(match: re.Match[str]) -> str:
    """ "Everyone except Tom": the others."""
    everybody, left_out = match["all"] or match["all2"], match["but"] or match["but2"]
    rest = "".join(mark for mark in everybody if mark not in left_out)
    return rest if rest and len(rest) < len(everybody) else match[0]


def people_in(marks: str) -> tuple[int, ...]:
    """Places in the cast of everybody who is marked in a piece of text, without doubles."""
    return tuple(dict.fromkeys(ord(mark) - FIRST_MARK for mark in marks if FIRST_MARK <= ord(mark) <= LAST_MARK))


def _named(cast: tuple[str, ...]) -> list[tuple[str, str]]:
    """A pattern for each name, the longest first, so that "Ann" is not found in "Anna"."""
    names = sorted(
        ((name.strip().lower(), place) for place, name in enumerate(cast) if name.strip()), key=lambda pair: -len(pair[0])
    )
    return [
        (str(place), rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" if name.isascii() else re.escape(name))
        for name, place in names
    ]


def _meant(kind: str, match: re.Match[str], count: int, memory: _Memory) -> tuple[int, ...]:
    everybody = tuple(range(count))
    if kind.isdigit():
        return (int(kind),)
    if kind == "all" or count == 1:
        return everybody
    if kind == "others":
        return tuple(at for at in everybody if at not in (memory.seen or memory.last)) or everybody
    if kind == "other":
        rest = [at for at in everybody if at not in memory.last]
        return tuple(rest) if len(rest) == 1 else ()
    if kind == "gender":
        return _of_gender(match, count, memory)
    people = _placed(kind, match, count)
    for gender, nouns in (("f", _FEMALE), ("m", _MALE)):
        if len(people) == 1 and nouns.search(match[0]):
            memory.genders[people[0]] = gender
    return people


def _placed(kind: str, match: re.Match[str], count: int) -> tuple[int, ...]:
    if kind == "middle":
        return tuple(range(count))[(count - 1) // 2 : count // 2 + 1]
    if kind == "side":
        side = next(match[key] for key in ("side", "side2", "side3", "side4", "side5") if match[key])
        return (0,) if side.startswith(("left", "左")) else (count - 1,)
    rank = _RANKS[match["rank"] or match["rank2"] or match["rank3"]]
    if (match["from"] or match["from2"]) in {"right", "右"}:
        rank = count - 1 - rank
    return (rank % count,) if -1 <= rank < count else ()


def _of_gender(match: re.Match[str], count: int, memory: _Memory) -> tuple[int, ...]:
    """Whom "she", "he", "the woman", "the man" mean: who is known to be one, else the last one spoken of who may be one."""
    gender = "f" if match["f"] or match["f2"] else "m"
    known = memory.of(gender, count)
    if len(known) == 1:
        return (known[0],)
    if known:
        return tuple(at for at in memory.last if at in known)[:1] or (known[0],)
    unknown = [at for at in range(count) if at not in memory.genders | memory.names]
    if not unknown:
        return ()
    fresh = [at for at in unknown if at not in memory.seen]
    spoken_of = [at for at in memory.last if at in unknown]
    noun = _NOUNS_OF_GENDER.search(match[0]) is not None
    chosen = (*fresh, *spoken_of) if noun else (*spoken_of, *(unknown if len(unknown) == 1 or memory.genders else ()))
    if not chosen:
        return ()
    memory.genders[chosen[0]] = gender
    return (chosen[0],)


def _gender_of(name: str) -> str:
    first = name.strip().lower().split(" ")[0] if name.strip() else ""
    if first in _WOMEN.split(" ") or (first and first[-1] in _WOMENS_SIGNS):
        return "f"
    return "m" if first in _MEN.split(" ") or (first and first[-1] in _MENS_SIGNS) else ""
