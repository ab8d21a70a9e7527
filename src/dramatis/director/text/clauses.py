"""Splits free text into clauses, and finds the position of each clause in time.

"First calm, then surprised, finally she nods": three beats. A clause without a word for time has no beat: it applies to
the whole film, unless a "then" after it makes it the start of a sequence.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from dramatis.clock import Span
from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon.entries import FASTER, SLOWER, STRONGER, WEAKER
from dramatis.director.text.people import MARKS
from dramatis.director.text.scripts import FIRST_KEY, KEYS


@dataclass(frozen=True)
class FilmPart:
    """A part of the film: fractions of its length, or its last `seconds`."""

    start: float = 0.0
    end: float = 1.0
    seconds: float = 0.0


@dataclass(frozen=True)
class Key:
    """A moment of the script, by its number."""

    number: int


@dataclass(frozen=True)
class FromSentence:
    """From a sentence on: behind the lines before it, or else when its clause is."""

    number: int
    place: "Place" = None


@dataclass(frozen=True)
class AtSentence:
    """Where a sentence stands between lines: as the next line begins."""

    number: int


Place = int | str | Span | FilmPart | Key | FromSentence | AtSentence | None
"""A beat's number, "start" or "end", seconds on the film's clock, a part of it, a moment, a sentence, or None: the whole film."""

_SEQUENCE = (
    ("start",
        r"""
        (?<!the )(?<!for )first(?:ly)?(?! (?:person|man|woman|one|character|speaker|girl|boy|guy|time|half|\d|word))
        |at first|initially|(?:in|at|from) the (?:beginning|start|outset)|to (?:begin|start) with
        |(?:starts?|begins?|starting|beginning|started|began)(?! to\b| (?!out|off)\w+ing\b) ?(?:out |off )?
            (?:by|with|as|on)?
        |step (?:one|1)
        |起初|首先|一开始|最初|刚开始|开始时|开头|第一步|先(?!生(?!气))|(?:^|(?<=[,。;.\n]))开始
        """),
    ("next",
        r"""
        (?:and )?then|after(?:wards?| that| which| a (?:while|moment|few moments|short pause|pause|bit))
        |(?:a )?moments? later|a (?:little )?(?:while|bit) later|next(?! to)|later(?: on)?|followed by
        |before (?=\w+ing\b|she |he |they )|soon(?: after)?|before long|subsequently|changing (?:in)?to|until
        |only afterwards|step (?:two|three|four|[2-9])|all of a sudden|suddenly
        |(?:过|隔)了?(?:一会儿?|片刻|一阵)|片刻(?:之|过)?后|不久(?:之?后)?|一会儿之?后|然后|接着|随后|之后|后来|接下来
        |紧接着|继而|转而|第[二三四]步|直到|突然|忽然
        |(?<![不别未没])(?<!不[要许会能想])(?<!没有)再(?!见|次|也|度|有|去)
        """),
    ("become",
        r"""
        becom(?:es?|ing)|became
        |(?:turn|grow|get)(?:s|ing)?(?= (?:\w+ )?(?:happ|sad|ang|conf|calm|surpr|exc|fur|mad|tear|ner|ser))
        |(?:turn|shift|chang|melt|morph)(?:s|es|ing|ed)? (?:in)?to(?! [\ue000-\ue0ff])|giv(?:es|ing) way to|brightens
        |变得|转为|变成|变为|化为|转成
        """),
    ("last", r"finally|lastly|eventually|at last|in the end|ultimately|到?最后(?!\d)|最终|终于"),
    ("end", r"""
        (?:at|towards?|by) the (?:very )?end(?! of the word)|in closing|end(?:s|ing)? (?:up )?(?:with|in|by|on)
        |(?:临近|快)?结尾(?:时|处)?|结束(?:时|前|之前)|末尾|收尾时
        """),
    ("half", r"""
        half-?way(?: through)?|mid-?way(?: through)?|(?:说|讲|唱)到一半(?:的?时候?)?|中途|后半段?
        |(?:in|during|for) the second half
        """),
    ("fore", r"(?:in|during|for) the first half|前半段?"),
    ("middle", r"in the middle(?! of the (?:picture|frame))|中间(?:时|部分)?"),
    ("whole", r"""
        the (?:whole|entire) time|all the time|throughout(?: the \w+)?|from (?:start|beginning) to (?:end|finish)
        |otherwise|(?:for |in )?the rest of the (?:time|film)
        |始终|从头到尾|全程|自始至终|一直|(?:其余|其他|其它)(?:的?时间|的?时候|部分)|除此之外
        """),
)  # fmt: skip
_MARKERS = tuple((kind, Pattern(rf"(?<![a-z])(?:{words})(?![a-z])")) for kind, words in _SEQUENCE)
_PARTS: dict[str, Place] = {"half": FilmPart(0.5), "fore": FilmPart(0.0, 0.5), "middle": FilmPart(1 / 3, 2 / 3), "whole": None}
_BEAT = Pattern(r"""
    then|finally|lastly|eventually|afterwards?|after that|after a while|followed by|becom(?:es?|ing)
    |(?:turn|shift|chang)(?:s|es|ing)? (?:in)?to(?! [\ue000-\ue0ff])|until|before \w+ing
""")
_CUT = Pattern(rf"""
    [,，、:：()（）]
    |\b(?:and(?! (?:white|vice))|but|(?<!a )while|whereas|yet|though)\b
    |并且?|同时|但是?|不过|而且|只是
    |(?=\b(?:{_BEAT})\b)|\b(?:speaks|talks|sings|is (?:speaking|talking|singing)) (?={MARKS})
    |(?<=[话歌])的?时候?(?={MARKS})
    |(?=然后|接着|随后|之后|后来|接下来|最后|最终|终于|转而|变得|转为|变成|过了一会|突然|直到)
""")
_APPOSED = Pattern(rf"(?P<who>{MARKS}), (?P<how>(?:\w+ly )?[a-z]+(?:ed|ing|en)), (?=(?:\w+ly )?[a-z]+s )")
""" "MARK, visibly irritated, keeps": a participle between somebody and the verb."""
_NUMBER = r"(\d{1,5}(?:\.\d{1,3})?)"
_SECONDS = r"(?:seconds?|secs?|s)\b"
_FROM_TO = Pattern(rf"""
    (?:\b(?:from|between|during|in|for)(?: seconds?)? |从|第|在)?{_NUMBER} ?(?:{_SECONDS}|秒)? ?
        (?:to|until|and|through|-|–|~|到|至) ?(?:seconds? )?(?:第)?{_NUMBER} ?(?:{_SECONDS}|秒)(?:之间|期间)?
    |(?:from |between )?seconds? {_NUMBER} (?:to|until|and|through|-) (?:second )?{_NUMBER}
""")
_FIRST_LAST = Pattern(rf"""
    (?:(?:for|in|during|over) )?(?:the )?(?P<en>first|last|final) {_NUMBER} ?{_SECONDS}
    |(?P<zh>[前头]|最?后|最后的?|末尾){_NUMBER}秒(?!后)(?:钟|里|内)?
""")
_AT = Pattern(rf"""
    (?P<after>\bafter(?: about| some)? |\bfrom (?:second )?)?
        (?:\b(?:at|by)(?: about| around| exactly| the)? ?(?:second |0?0?:)?|\bsecond |在?第|在)?{_NUMBER} ?
        (?:(?:{_SECONDS}|秒)(?: mark)?(?P<later> in\b| later\b|(?:之|以)?后|(?:开始|起))?(?:时|的?时候|处|钟)?)
    |\b(?:at|(?P<since>from|after)) second {_NUMBER}(?: on(?:wards)?)?|\bsecond {_NUMBER}\b
""")
_STAMP = Pattern(r"(?<![\d:])0?(\d):([0-5]\d)(?![\d:]| ?[ap]m\b)")
"""A time such as 0:07; films are short, so 10:30 is a time of day."""
_LONG = r"(\d{1,3}(?:\.\d)?)[- ]?(?:s|secs?|seconds?)\b"
FILM_LENGTH = Pattern(rf"""
    \b{_LONG}(?:[- ]long)? (?:clip|video|film|movie|animation|loop)\b
    |\b(?:clip|video|film|movie|animation) (?:(?:that |which )?(?:is|lasts|lasting|of|should (?:be|last)|must (?:be|last)) )
        (?:about |around |exactly )?{_LONG}(?: long)?
    |\b(?:duration|length) ?: ?{_LONG}
    |(\d{{1,3}})秒(?:钟|长)?的?(?:视频|短片|片段|短视频|影片|电影|动画)
""")
"""How long the film is to last, in seconds, in normal words."""
_NO_TIME = Pattern(
    r"""
    (?<!\d)(?:9:16|16:9|4:3|3:4|1:1|21:9|2:3|3:2)(?![\d.])
    |\b(?:\d{1,2}:\d{1,2} (?:aspect|ratio|format|vertical|portrait))\b
    |\b(?:in (?:her|his|their|the) )?(?:early |mid-? ?|late )?[2-9]0s\b(?= (?:man|woman|guy|lady|male|female))
    |(?<=man )in (?:her|his) \w* ?[2-9]0s\b|(?<=man, )[2-9]0s\b
    |\bin (?:her|his|their) (?:early |mid-? ?|late )?[2-9]0s\b
    |\b\d{1,3}(?:\.\d)?[- ]?(?:s|secs?|seconds?)(?:[- ]long)? (?:shot|take)\b
    |"""
    + FILM_LENGTH.pattern
)
"""Aspect ratios, ages and the length of the film, which are not times of events."""
_HOW = Pattern("|".join(part.pattern for part in (WEAKER, STRONGER, SLOWER, FASTER)))
_LEADING_FILLER = Pattern(rf"^(?:(?:and|so|the|a|with|only|just|but)\b|{MARKS}|\W)*")
_EVER, _MOMENT = 1e6, 2.0  # seconds that "after 3 s" and "at 3 s" last
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_DIGITS = {word: str(value) for value, word in enumerate(_NUMBERS.split(" "))}
_DIGITS |= {"fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60", "half a": "0.5", "a": "1", "a few": "3"}
_DIGITS_CHINESE = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九十")} | {
    "两": "2",
    "十一": "11",
    "十二": "12",
    "十五": "15",
    "二十": "20",
}


@dataclass(frozen=True)
class Clause:
    """A piece of the words; `sentence` counts; `free` says that its sentence names no time of its own; `led` that a word of
    order stands at its head; `between` that its sentence stands between lines of a script.
    """

    text: str
    sentence: int
    place: Place = None
    free: bool = True
    led: bool = False
    between: bool = False


@dataclass(frozen=True)
class ClauseSequence:
    """All clauses in order, how many beats their sequence has, and each moment with the sentence in which, or behind which, it is
    named (-1: before the first).
    """

    clauses: tuple[Clause, ...]
    beats: int
    moments: tuple[tuple[int, int], ...] = ()


def normal(words: str) -> str:
    """Lower case, one kind of width, apostrophe and space; seconds and times in digits; without the film's length."""
    plain = _NO_TIME.sub(" ", plain_digits(words))
    return _STAMP.sub(lambda match: f"{60 * int(match[1]) + int(match[2])} s", plain)


def plain_digits(words: str) -> str:
    """Lower case, one kind of width, apostrophe and space; seconds in digits."""
    plain = unicodedata.normalize("NFKC", words).replace("’", "'").lower()
    plain = re.sub(r"[ \t\r\f\v]+", " ", plain)
    plain = re.sub(
        rf"\b({'|'.join(sorted(_DIGITS, key=len, reverse=True))})([ -])(?=seconds?\b)",
        lambda match: _DIGITS[match[1]] + match[2],
        plain,
    )
    return re.sub(r"([零一二三四五六七八九十两]{1,2})(?=秒)", lambda match: _DIGITS_CHINESE.get(match[1], match[1]), plain)


def parse_clauses(words: str, lines: Container[int] = ()) -> ClauseSequence:
    """The clauses of a normal text, each with its place; `lines` are the moments that are lines of a script."""
    done: list[Clause] = []
    moments: list[tuple[int, int]] = []
    beat: int | None = None
    number = -1
    for sentence in re.split(r"(?:[.](?!\d)|[;!?。\n…])+", words):
        keys = [ord(key) - FIRST_KEY for key in re.findall(KEYS, sentence)]
        number += not keys or bool(re.sub(KEYS, "", sentence).strip())
        moments += [(key, number) for key in keys]
        current: Place = beat
        marked = False
        for text, marker, trailing in _pieces(sentence):
            if marker is None or (marker == "become" and beat is None and not _begun(done, number)):
                done.append(Clause(text, number, current, not marked, led=marker is not None))
                continue
            place, beat = _placed(marker, trailing, beat, done, number)
            if not trailing:
                current, marked = place, True
            done.append(Clause(text, number, place, False, led=not trailing))
    spoken = [sentence for key, sentence in moments if key in lines]
    clauses = (replace(one, between=bool(spoken) and spoken[0] < one.sentence <= spoken[-1]) for one in done)
    return ClauseSequence(tuple(clauses), 1 if beat is None else beat + 1, tuple(moments))


def _placed(marker: Place, trailing: bool, beat: int | None, done: list[Clause], sentence: int) -> tuple[Place, int | None]:
    """Where a marked clause lies, and the sequence's newest beat; clauses told before a "then" become the first beat."""
    if not isinstance(marker, str) or marker in _PARTS:
        return _PARTS[marker] if isinstance(marker, str) else marker, beat
    if marker == "start":
        return "start", 0 if beat is None else beat
    if marker == "end" and (beat is None or trailing):
        return "end", beat
    if beat is None:
        beat = 0 if _begun(done, sentence) else -1
        _begin(done, sentence)
    return beat + 1, beat + 1


def _begun(done: list[Clause], sentence: int) -> bool:
    """Whether there are clauses before this one without a place, in its sentence or the last."""
    return any(clause.place is None and clause.sentence in {sentence, sentence - 1} for clause in done)


def _begin(done: list[Clause], sentence: int) -> None:
    """The clauses of this sentence, or of the last, become beat 0."""
    numbers = [clause.sentence for clause in done if clause.place is None and clause.sentence in {sentence, sentence - 1}]
    for index, clause in enumerate(done):
        if clause.place is None and clause.sentence == max(numbers, default=-1):
            done[index] = replace(clause, place=0, free=False)


def _pieces(sentence: str) -> Iterator[tuple[str, Place, bool]]:
    """Text, marker or None, and whether the marker stood at the end: "nods at the end" says nothing of what comes after."""
    waiting: Place = None
    found: list[tuple[str, Place, bool]] = []
    for raw in _CUT.split(_timed(_APPOSED.sub(r"\g<who> \g<how>, ", sentence))):
        text, marker, trailing = _marked((raw or "").strip())
        if marker is not None and not _content(text):
            waiting = marker
        elif text and marker is None and found and not _content(_HOW.sub("", text)):
            found[-1] = (f"{found[-1][0]} {text}", *found[-1][1:])
        elif text:
            if waiting is not None and (marker in {None, "become"} or not isinstance(waiting, str)):
                marker, trailing = waiting, False
            waiting = None
            found.append((text, marker, trailing))
    if waiting is not None and found:
        found[-1] = (found[-1][0], waiting, True)
    yield from found


def _content(text: str) -> str:
    """A piece without empty words: people, fillers, and words of order without a sequence."""
    return re.sub(
        rf"\b(?:the|a|and|so|just|only|exactly|precisely|right|first of all|please|then)\b|然后|接着|随后|之后|{MARKS}|\W",
        "",
        text,
    )


def _timed(sentence: str) -> str:
    """Commas inside numbers of time would cut: "from 3 to 5 seconds" has none, so this only joins "between 2 and 5 s"."""
    return re.sub(rf"{_NUMBER}( ?(?:{_SECONDS})?) and ({_NUMBER} ?{_SECONDS})", r"\1\2 to \3", sentence)


def _marked(text: str) -> tuple[str, Place, bool]:
    """A piece without its marker; the marker; whether it stood at the end."""
    key = re.search(KEYS, text)
    if key:
        rest = re.sub(KEYS, " ", text).strip()
        return rest, Key(ord(key[0]) - FIRST_KEY), bool(_content(text[: key.start()]))
    time = _FIRST_LAST.search(text) or _FROM_TO.search(text) or _AT.search(text)
    if time and time[0].strip():
        rest = (text[: time.start()] + " " + text[time.end() :]).strip(" ,")
        return rest, _clocked(time), bool(_content(text[: time.start()]))
    begin = _LEADING_FILLER.match(text)
    offset = begin.end() if begin else 0
    for kind, pattern in _MARKERS:
        for found in pattern.finditer(text):
            after = text[found.end() :].strip()
            rest = (text[: found.start()] + " " + after).strip()
            if found.start() <= offset or not after or kind in {"start", "next", "last", "become", "whole"}:
                return rest, kind, found.start() > offset and not _content(after)
    return text, None, False


def _clocked(time: re.Match[str]) -> Place:
    """The span or part that a time means."""
    numbers = [float(number) for number in time.groups() if number is not None and re.fullmatch(r"[\d.]+", number)]
    if time.re is _FIRST_LAST.compiled:
        first = (time["en"] or "") == "first" or (time["zh"] or "") in {"前", "头"}
        return Span(0.0, numbers[0]) if first else FilmPart(seconds=numbers[0])
    later = time.re is _AT.compiled and (time["after"] or time["later"] or time["since"])
    start = min(numbers)
    return Span(start, max(numbers) if len(numbers) > 1 else start + (_EVER if later else _MOMENT))
