"""Resolves references to people: names of the cast, "the man on the left", "the second one", "the others", and pronouns.

A text is read from its start, and every mention is replaced by marks: one private-use character for each person meant.
Later steps need not know how people are referred to, and "Noor and Tom smile" has one subject. Whether a person is a woman
or a man comes from the words, from names, or is known beforehand (`Known`); guesses are reported.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dramatis.director.pattern import Pattern
from dramatis.director.text.known import NAMES, Known, sex_of
from dramatis.director.text.lexicon.scenery import COLOURS

NOBODY: Mapping[str, str] = {}
FIRST_MARK, LAST_MARK = 0xE000, 0xE0FF
MARKS = f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]"
NUMBERED = Pattern(r"(?:person|listener)\d+_*")
"""Generic names of unnamed people."""
POINTING = "point with PICTURE@X,Y if it is somebody else"
_NOUN = "(?:man|woman|person|girl|boy|guy|lady|gentleman|one|character|speaker|figure|actor|actress|friend|singer|people)"
_PERSON = "(?:男人?|女人?|男士|女士|先生(?!气)|小姐|女孩|男孩|女子|男子|女生|男生|人物|人|角色|那位|那个|一位|一个|姑娘|小伙子?)"
_SIDES = Pattern(rf"""
    (?:\bthe |\ba )?(?:\w+ )?(?:\b{_NOUN}|\bhe|\bshe)(?: (?:who is|that is|standing|sitting|seated))? (?:on|at
        |to) (?:the|her|his) (?:far )?(?P<side>left|right)\b
    |\bthe (?:far )?(?P<side2>left|right|left-hand|right-hand|leftmost|rightmost) {_NOUN}\b
    |(?:^|(?<=[.,;\n] )|(?<=[.,;\n]))on the (?P<side3>left|right)\b
        (?:,? (?:there is |is |we see )?(?:a|an|the) (?:\w+ )?{_NOUN}\b|(?=,| (?:is|a|the|we)))
    |(?<![看向往朝着到转瞥])最?(?P<side4>左|右)(?:边|侧|面|方)?的?(?:那|这)?(?:个|位|名)?{_PERSON}
    |(?:^|(?<=[,。;.\n ]))最?(?P<side5>左|右)(?:边|侧|面)(?:的|那个|那位)?(?![看望瞥转移摇])
""")
_MIDDLE = Pattern(rf"""
    \b(?:the )?{_NOUN} (?:standing |sitting )?in the (?P<middle>middle|cent(?:er|re))\b
    |\bthe (?:middle|central) {_NOUN}\b|(?:正?中间|中央)的?(?:那|这)?(?:个|位)?{_PERSON}
""")
_RANK = Pattern(rf"""
    \bthe (?P<rank>first|second|third|fourth|last)(?: {_NOUN})?(?: from (?:the )?(?P<from>left|right))?\b
        (?! (?:time|\d|second|half|word|moment|sentence|line|part|shot|day|few|scene))
    |(?P<from2>左|右)(?:起|数|边起|边数)第?(?P<rank3>[一二三四1-4])(?:个|位|名)?{_PERSON}?
    |第(?P<rank2>[一二三四1-4])(?:个|位|名){_PERSON}?
""")
_OTHERS = Pattern(rf"""
    \b(?:the other (?:two|three|\d|people|persons|ones|guys|women|men)|the others|everyone else|everybody else
        |the rest|all others)(?: {_NOUN})?\b
    |(?:其他|其余|另外|剩下)的?(?:几|两|二|三|所有)?(?:个|位)?(?:人|的人)们?(?:都)?
""")
_KIN = "(?:(?:girl|boy)?friend|buddy|mate|pal|colleague|co-?worker|partner|husband|wife|sister|brother|boss|rival|neighbou?r)"
_OTHER = Pattern(rf"""
    \b(?:her|his|their) {_KIN}\b(?! of)|(?:她|他|自己)的?(?:朋友|同伴|搭档|同事|老公|丈夫|老婆|妻子|闺蜜|女友|男友)
    |\bthe other(?: {_NOUN})?\b|另一个?位?{_PERSON}?|对方
""")
_ONE = Pattern(r"""
    (?<![a-z])(?:(?<=^)|(?<=[.,;:] )|(?<=\band ))one(?: of them)?(?= (?:is|has|with|in|tall|short|old|young|\w{2,}[^s\W]s)\b)
    |(?<![\u3400-\u9fff])一个(?=[^人个,，。]{1,6}[,，]另)
""")
"""One of two, of whom the other, or one more, is spoken of next."""
_EVERYBODY = Pattern(r"""
    \b(?:both(?: of them)?(?! (?:hands|arms|eyes|brows|eyebrows|sides|fists))|everyone|everybody
        |they(?: (?:all|both))?|all (?:of them|three|four)|the (?:two|three|four)(?: of them)?|the couple|the group
        |between the two)\b
    |大家|他们(?:俩|两人|都|全)*|她们(?:俩|两人|都|全)*|(?:两|三|四)个?位?人(?:都)?|所有人|众人|双方
    |(?:^|(?<=[,。;.\n]))都
""")
_GENDER = Pattern(r"""
    \b(?P<f>she|woman|girl|lady|wife|mother|actress|queen)\b|\b(?P<m>he|man|boy|guy|gentleman|husband|father|king)\b
    |(?:这位?个?|那位?个?)?(?P<f2>她(?!们)|女人|女士|女孩|女子|女生|姑娘|小姐)
    |(?:这位?个?|那位?个?)?(?P<m2>他(?!们)|男人|男士|男孩|男子|男生|先生(?!气)|小伙子?)
""")
_ANY_COLOUR = "|".join(words for words in COLOURS.values())
_LOOKING = Pattern(rf"""
    (?P<whose>\b(?:the |a )?(?:\w+ )?{_NOUN})(?P<how>,? (?:who is |who wears |wearing |dressed |in |with )+
        (?:the |a |an |her |his )*(?:\w+ )??(?P<colour>{_ANY_COLOUR})(?: (?:(?!with|and|in)\w+ )?(?P<hair>hair))?\b
        (?! (?:side|on|in)\b))
    |(?P<whose2>\b(?:the |a )?(?P<colour2>{_ANY_COLOUR})[- ](?P<hair2>haired) {_NOUN}\b)
    |(?P<whose3>\bthe (?P<colour3>(?P<hair3>blonde?|redhead)))\b(?![- ](?:{_NOUN}|hair))
    |(?P<whose4>(?:身?穿着?(?P<colour4>{_ANY_COLOUR})色?(?:衣服|上衣|衬衫|毛衣|裙子|外套|衣)?
        |(?P<colour5>{_ANY_COLOUR})(?:色的?)?(?P<hair5>头?发)|(?P<colour6>{_ANY_COLOUR})色?衣服?)的
        (?:那个|那位)?{_PERSON})
""")
_EXCEPT = Pattern(rf"""
    (?P<all>{MARKS}+),? (?:except(?: for)?|but|apart from|other than) (?P<but>{MARKS}+)
    |除了?(?P<but2>{MARKS}+?)(?:以外|之外|外)?,?(?P<all2>{MARKS}+)
""")
_BEFORE_NOUN = Pattern(r"(?P<before>.+?)(?:, (?:an?|the) (?:\w+ )?|[,，]?是?一?[个位名]?)$")
_RANKS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "一": 0, "二": 1, "三": 2, "四": 3}
_RANKS |= {str(number): number - 1 for number in range(1, 5)}
_NOUNS_OF_GENDER = Pattern(r"woman|girl|lady|wife|mother|女|姑娘|小姐|man|boy|guy|gentleman|husband|father|男|先生(?!气)|小伙")
_FEMALE = Pattern(r"\b(?:woman|girl|lady|actress|she|wife|mother)\b|女|姑娘|小姐|她")
_MALE = Pattern(r"\b(?:man|boy|guy|gentleman|actor|he|husband|father)\b|男|先生(?!气)|小伙|他")


@dataclass(frozen=True)
class Marked:
    """A text with marks. `guesses`: words that point at somebody only by a guess, whom they were taken to mean, and why;
    `strangers`: words for people who are not there; `sexes`: who is a woman ("f") or a man ("m") because the words say so.
    """

    text: str
    guesses: tuple[tuple[str, int, str], ...] = ()
    strangers: tuple[str, ...] = ()
    sexes: Mapping[int, str] = field(default_factory=dict)


@dataclass
class _Memory:
    """State of the reader: the people mentioned last, all so far, and who is a woman or a man."""

    known: Sequence[Known]
    last: tuple[int, ...] = ()
    seen: set[int] = field(default_factory=set)
    genders: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    """Guesses from a name, a voice or looks."""
    guesses: list[tuple[str, int, str]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    named: bool = False
    """Whether the cast has names, not only numbers."""
    called: dict[str, int] = field(default_factory=dict)
    """People meant by other names."""

    def of(self, gender: str, count: int) -> list[int]:
        """People known to be a woman or a man: from the text, else by elimination, else by the name."""
        known = [at for at, value in self.genders.items() if value == gender]
        left = [at for at in range(count) if at not in self.genders]
        if known or (self.genders and len(left) == 1):
            return known or left
        return [at for at, value in self.names.items() if value == gender and at not in self.genders]

    def guess(self, words: str, who: int, why: str) -> None:
        """Record a guess, once for each person."""
        if not any(person == who for _, person, _ in self.guesses):
            self.guesses.append((words.strip(), who, why))


def marked(text: str, cast: tuple[str, ...], known: Sequence[Known] = (), told: Mapping[str, str] = NOBODY) -> Marked:
    """A normal text with a mark for each person at every mention; in a cast of one everybody is that one. `told`: sexes by name
    that the words say elsewhere.
    """
    if not cast:
        return Marked(text)
    memory = _Memory(known, names={at: sex for at, name in enumerate(cast) if (sex := sex_of(name))})
    memory.genders |= {at: told[name] for at, name in enumerate(cast) if name in told}
    memory.named = not all(NUMBERED.fullmatch(name) for name in cast)
    memory.names |= {at: one.sex for at, one in enumerate(known) if one.sex and at not in memory.names}
    plain: list[tuple[str, str | Pattern]] = [
        *_named(cast),
        ("side", _SIDES),
        ("middle", _MIDDLE),
        ("rank", _RANK),
        ("others", _OTHERS),
        ("one", _ONE),
    ]
    plain += [("other", _OTHER), ("all", _EVERYBODY), ("gender", _GENDER), ("called", rf"\b(?:{NAMES})\b")]
    whole = _whole(plain)

    def mark(match: re.Match[str]) -> str:
        kind = next(kind for place, (kind, _) in enumerate(plain) if match[f"K{place}"] is not None)
        people = _apposed(kind, match, cast, memory) or _meant(kind, match, len(cast), memory)
        if not people:
            memory.strangers.append(match[0].strip())
            return match[0]
        memory.last = people
        memory.seen.update(people)
        return "".join(chr(FIRST_MARK + person) for person in people)

    if len(cast) > 1 and any(one.looks.hair or one.looks.clothes for one in known):
        text = _LOOKING.sub(lambda match: _by_looks(match, memory), text)
    text = whole.sub(mark, text)
    text = _EXCEPT.sub(_without, text)
    text = re.sub(
        rf"({MARKS}+)(?:,? (?:and|&|with) (?:an? |the )?|, (?:an? |the )?(?={MARKS}+(?:, (?:an? |the )?{MARKS}+)*,? and )"
        rf"|(?:和|与|跟|、|以及|及)(?:一?[个只位名])?)(?={MARKS})",
        r"\1",
        text,
    )
    text = re.sub(rf"({MARKS}+),? (?:who|which) ", r"\1, \1 ", text)
    return Marked(text, tuple(memory.guesses), tuple(memory.strangers), dict(memory.genders))


def _whole(patterns: list[tuple[str, str | Pattern]]) -> re.Pattern[str]:
    """All of them in one, in groups by place; names of a cast may have line breaks, so it is no `Pattern`."""
    return re.compile("|".join(f"(?P<K{place}>{pattern})" for place, (_, pattern) in enumerate(patterns)))


def _by_looks(match: re.Match[str], memory: _Memory) -> str:
    """ "The woman in red": the one whose clothes are redder than anybody else's; her name stands for the noun, her look stays."""
    colour_words = next(match[key] for key in ("colour", "colour2", "colour3", "colour4", "colour5", "colour6") if match[key])
    colour = next(name for name, words in COLOURS.items() if re.fullmatch(words, colour_words))
    hair = any(match[key] for key in ("hair", "hair2", "hair3", "hair5"))
    shares = [(one.looks.hair if hair else one.looks.clothes).get(colour, 0.0) for one in memory.known]
    best = max(range(len(shares)), key=lambda at: shares[at])
    others = max((share for at, share in enumerate(shares) if at != best), default=0.0)
    if shares[best] < _PLAIN or shares[best] < 2 * others:
        return match[0]
    for sex, nouns in (("f", _FEMALE), ("m", _MALE)):
        if nouns.search(match[0]):
            memory.genders[best] = sex
    return f"{chr(FIRST_MARK + best)}{match['how'] or ''}"


def guessed(words: str, who: int, why: str, count: int) -> str:
    """The note that says whom words were taken to mean, and how to be explicit."""
    return f'"{words}" is taken to be the one {where(who, count)}{f", by {why}" if why else ""}; {POINTING}.'


def where(who: int, count: int) -> str:
    """Index of a person among so many from left to right."""
    return "on the left" if who == 0 else "on the right" if who == count - 1 else f"who is number {who + 1} from the left"


def _without(match: re.Match[str]) -> str:
    """ "Everyone except Tom": the others."""
    everybody, left_out = match["all"] or match["all2"], match["but"] or match["but2"]
    rest = "".join(mark for mark in everybody if mark not in left_out)
    return rest if rest and len(rest) < len(everybody) else match[0]


def _named(cast: tuple[str, ...]) -> list[tuple[str, str]]:
    """A pattern for each name, the longest first, so that "Ann" is not found in "Anna"."""
    names = sorted(
        ((name.strip().lower(), place) for place, name in enumerate(cast) if name.strip()), key=lambda pair: -len(pair[0])
    )
    return [
        (str(place), rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" if name.isascii() else re.escape(name))
        for name, place in names
    ]


_PLAIN = 0.3
"""The least share of hair or clothes that has the colour by which somebody is called."""


def _meant(kind: str, match: re.Match[str], count: int, memory: _Memory) -> tuple[int, ...]:
    if kind.isdigit():
        return (int(kind),)
    if kind == "all" or count == 1:
        return tuple(range(count))
    if kind == "gender":
        return _of_gender(match, count, memory)
    if kind == "called":
        return _called(match[0], count, memory)
    if kind in {"others", "other", "one"}:
        return _rest(kind, count, memory)
    people = _placed(kind, match, count)
    for gender, nouns in (("f", _FEMALE), ("m", _MALE)):
        if len(people) == 1 and nouns.search(match[0]):
            memory.genders[people[0]] = gender
    return people


def _apposed(kind: str, match: re.Match[str], cast: tuple[str, ...], memory: _Memory) -> tuple[int, ...]:
    """ "Lily, a girl": the one who is named before the noun; () for others."""
    found = _BEFORE_NOUN.search(match.string[max(0, match.start() - 60) : match.start()]) if kind == "gender" else None
    names = [name.strip().lower() for name in cast]
    at = next((at for at, name in enumerate(names) if found and name and found["before"].endswith(name)), None)
    if at is None:
        return ()
    memory.genders[at] = "f" if match["f"] or match["f2"] else "m"
    return (at,)


def _rest(kind: str, count: int, memory: _Memory) -> tuple[int, ...]:
    """ "The others" and "the other one", of whom it was spoken."""
    everybody = tuple(range(count))
    if kind == "one":
        return (1,) if memory.last == (0,) else (0,)
    if kind == "others":
        return tuple(at for at in everybody if at not in (memory.seen or memory.last)) or everybody
    rest = tuple(at for at in everybody if at not in memory.last)
    return rest if len(rest) == 1 else ()


def _called(name: str, count: int, memory: _Memory) -> tuple[int, ...]:
    """A name that is not in the cast: the same person at each mention, of the name's sex if that is known."""
    if name not in memory.called and not memory.named:
        left = [at for at in range(count) if at not in memory.called.values()]
        sexes = memory.names | memory.genders
        likely = [at for at in left if sexes.get(at) == sex_of(name)] or [at for at in left if at not in sexes]
        if likely:
            memory.called[name] = likely[0]
            memory.genders[likely[0]] = sex_of(name)
            memory.guess(name.title(), likely[0], "")
    return (memory.called[name],) if name in memory.called else ()


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
    """The person meant by "she", "he", "the woman", "the man": a known one, else the last one mentioned that fits."""
    gender = "f" if match["f"] or match["f2"] else "m"
    known = memory.of(gender, count)
    if len(known) == 1:
        why = next((one.why for at, one in enumerate(memory.known) if at == known[0] and at not in memory.genders), "")
        if why:
            memory.guess(match[0], known[0], why)
            memory.genders[known[0]] = gender
        return (known[0],)
    if known:
        return tuple(at for at in memory.last if at in known)[:1] or (known[0],)
    unknown = [at for at in range(count) if at not in memory.genders | memory.names]
    unknown.sort(key=lambda at: not (memory.known and memory.known[at].voiced))
    if not unknown:
        return ()
    fresh = [at for at in unknown if at not in memory.seen]
    spoken_of = [at for at in memory.last if at in unknown]
    noun = _NOUNS_OF_GENDER.search(match[0]) is not None
    chosen = (*fresh, *spoken_of) if noun else (*spoken_of, *unknown)
    if not chosen:
        return ()
    if len(unknown) > 1:
        memory.guess(match[0], chosen[0], "")
    memory.genders[chosen[0]] = gender
    return (chosen[0],)
