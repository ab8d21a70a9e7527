"""Loose words cut into clauses, and the place in time that each clause has in the order of telling.

"First calm, then surprised, finally she nods": three beats. A clause without a word of time has no beat: it holds for
the whole span, unless a "then" after it makes it the beginning of a sequence.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dramatis.clock import Span

Place = int | str | Span | None
"""A beat's number, "start", "middle" or "end", seconds on the film's clock, or None: the whole span."""

_SEQUENCE = (
    ("start",
        r"(?<!the )first(?:ly)?(?! (?:person|man|woman|one|character|speaker|girl|boy|guy))|at first|initially|(?:in|"
        r"at) the (?:beginning|start)|to begin with|(?:starts?|begins?|starting|beginning) (?:out |off )?(?:by|"
        r"with|as)?|起初|首先|一开始|开始时?|开头|先(?!生)"),
    ("next",
        r"(?:and )?then|after(?:wards?| that| which)|next(?! to)|later(?: on)?|followed by|before (?=\w+ing\b)|"
        r"becom(?:es?|ing)|(?:turn|grow)(?:s|ing)?(?= (?:\w+ )?(?:happ|sad|ang|conf|calm|surpr|exc|fur))|"
        r"chang(?:es|ing) to|然后|接着|随后|之后|后来|接下来|转而|(?<!不)再(?!见|次)|变得|转为|变成|变为"),
    ("last", r"finally|lastly|eventually|at last|最后|最终|终于"),
    ("end", r"(?:at|in|towards?|by) the (?:very )?end|end(?:s|ing)? (?:up )?(?:with|in|by)|结尾(?:时|处)?|结束时"),
    ("middle", r"in the middle|half-?way(?: through)?|中间|中途"),
)  # fmt: skip
_MARKERS = tuple((kind, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")) for kind, words in _SEQUENCE)
_CUT = re.compile(
    r"[,，、:：()（）]|\b(?:and|but|while|whereas)\b|并且?|同时|但是?|不过|而且|(?=\b(?:then|finally|lastly|"
    r"eventually|afterwards?|after that|followed by|becom(?:es?|ing))\b)"
    r"|(?=然后|接着|随后|之后|后来|接下来|最后|最终|终于|转而|变得|转为|变成)"
)
_NUMBER = r"(\d{1,5}(?:\.\d{1,3})?)"
_FROM_TO = re.compile(
    rf"(?:\b(?:from|between) |从|第)?{_NUMBER} ?(?:s|sec|secs|seconds?|秒)? ?(?:to|until|-|–|~|到|"
    rf"至) ?(?:第)?{_NUMBER} ?(?:(?:s|secs?|seconds?)\b|秒)"
)
_AT = re.compile(rf"(?:\b(?:at|after)(?: about| second)? |第){_NUMBER} ?(?:(?:s|secs?|seconds?)\b|秒)后?|{_NUMBER} ?秒后?时?")
_LEADING_FILLER = re.compile(r"^(?:(?:and|so|the|a|with)\b|\W)*")
_AFTER = re.compile(r"\bafter\b|后")
_MOMENT, _EVER = 2.0, 1e6  # seconds that "at 3 s" and "after 3 s" last


@dataclass(frozen=True)
class Clause:
    """A piece of the words; `sentence` counts; `free` says that its sentence names no time of its own."""

    text: str
    sentence: int
    place: Place = None
    free: bool = True


@dataclass(frozen=True)
class Telling:
    """All clauses in order, and how many beats their sequence has."""

    clauses: tuple[Clause, ...]
    beats: int


def normal(words: str) -> str:
    """Lower case, one kind of width, apostrophe and space."""
    plain = unicodedata.normalize("NFKC", words).replace("’", "'").lower()
    return re.sub(r"[ \t\r\f\v]+", " ", plain)


def told(words: str) -> Telling:
    """The clauses of a normal text, each with its place."""
    done: list[Clause] = []
    beat: int | None = None
    current: Place = None
    for number, sentence in enumerate(re.split(r"(?:[.](?!\d)|[;!?。\n…]|->|→)+", words)):
        current, marked = (beat if beat is not None else None), False
        for text, marker, trailing in _pieces(sentence):
            if marker is None:
                done.append(Clause(text, number, current, not marked))
                continue
            place, beat = _placed(marker, trailing, beat, done, number)
            if not trailing:
                current, marked = place, True
            done.append(Clause(text, number, place, False))
    return Telling(tuple(done), 1 if beat is None else beat + 1)


def _placed(marker: str | Span, trailing: bool, beat: int | None, done: list[Clause], sentence: int) -> tuple[Place, int | None]:
    """Where a marked clause lies, and the sequence's newest beat; clauses told before a "then" become the first beat."""
    if isinstance(marker, Span) or marker == "middle":
        return marker, beat
    if marker == "start":
        return "start", 0 if beat is None else beat
    if marker == "end" and (beat is None or trailing):
        return "end", beat
    if beat is None:
        beat = 0 if _begun(done, sentence) else -1
    return beat + 1, beat + 1


def _begun(done: list[Clause], sentence: int) -> bool:
    """Whether there are clauses before this one; those of its sentence, or of the last, become beat 0."""
    numbers = [clause.sentence for clause in done if clause.place is None and clause.sentence in {sentence, sentence - 1}]
    if not numbers:
        return False
    for index, clause in enumerate(done):
        if clause.place is None and clause.sentence == max(numbers):
            done[index] = replace(clause, place=0, free=False)
    return True


def _pieces(sentence: str) -> Iterator[tuple[str, str | Span | None, bool]]:
    """Text, marker or None, and whether the marker stood at the end: "nods at the end" says nothing of what comes after."""
    waiting: str | Span | None = None
    last = ""
    for raw in _CUT.split(sentence):
        text, marker, trailing = _marked((raw or "").strip())
        if marker is not None and not text:
            waiting = marker
            continue
        if not text:
            continue
        if marker is None and waiting is not None:
            marker, trailing = waiting, False
        waiting = None
        yield text, marker, trailing
        last = text
    if waiting is not None and last:
        yield last, waiting, True


def _marked(text: str) -> tuple[str, str | Span | None, bool]:
    """A piece without its marker; the marker; whether it stood at the end."""
    time = _FROM_TO.search(text) or _AT.search(text)
    if time:
        numbers = [float(number) for number in time.groups() if number is not None]
        length = _EVER if _AFTER.search(time[0]) else _MOMENT
        start, end = min(numbers), max(numbers) if len(numbers) > 1 else numbers[0] + length
        return (text[: time.start()] + " " + text[time.end() :]).strip(" ,"), Span(start, end), time.start() > 0
    begin = _LEADING_FILLER.match(text)
    offset = begin.end() if begin else 0
    for kind, pattern in _MARKERS:
        for found in pattern.finditer(text):
            rest = (text[: found.start()] + " " + text[found.end() :]).strip()
            if found.start() <= offset or not text[found.end() :].strip() or kind in {"start", "next", "last"}:
                at_end = found.start() > offset and not text[found.end() :].strip()
                return rest, kind, at_end
    return text, None, False
