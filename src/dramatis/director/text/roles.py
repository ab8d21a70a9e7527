"""Speakers and listeners and their order, from the prompt: "first the woman on the left, then he answers".

This is read separately from emotions and actions, since it decides whose voice is whose, before the voices are analysed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from dramatis.director.pattern import Pattern
from dramatis.director.text.clauses import normal
from dramatis.director.text.known import Known
from dramatis.director.text.languages import read_in
from dramatis.director.text.marks import people_in
from dramatis.director.text.people import MARKS, Marked, marked
from dramatis.director.text.scripts import KEYS, MOST_DIRECTIONS, MOST_WORDS, extracted

SPEAKING = Pattern(r"""
    \b(?:speak|talk|sing|repl(?:y|ie)|answer|respond|narrat|chat|shout|whisper|recit|address|hum)(?:s|es|ed|ing|e)?\b
    |\b(?:says?|saying|said|tells?|telling|told|asks?|asking|asked|spoken|speech|replied)\b
    |\bvoice (?:is|belongs to|comes from)\b
    |说|讲话?|开口|发言|回答|答[话道]?|回应|接话|唱|问|聊|谈话?|朗读
""")
"""Words for speaking and singing."""
LISTENING = Pattern(r"""
    \b(?:listen(?:s|ing|ed)?|(?:is|stays?|keeps?|remains?) (?:\w+ )?(?:silent|quiet|mute)|silent(?:ly)?|says? nothing
        |in silence|(?:not|n't|never|without) (?:speak|talk|say|sing)\w*)\b
    |倾听|聆听|听[着她他]?|沉默|不说话?|不开口|保持安静|不唱
""")
"""Words for being silent while somebody speaks."""
TOGETHER = Pattern(r"""
    \b(?:together|at the same time|at once|simultaneous(?:ly)?|in unison|in chorus|as a duet|duet|in harmony)\b|同时
    |一起|一齐|齐声|合唱|异口同声|对唱
""")
"""Words that let voices be heard at once."""
_VOICED = Pattern(f"{SPEAKING}|{LISTENING}")
_AT_ONCE = Pattern(rf"""
    (?:{SPEAKING})(?:(?!\band\b).){{0,30}}?(?:{TOGETHER})
    |(?:{TOGETHER})(?:(?!\band\b).){{0,12}}?(?:{SPEAKING})
    |\bduet\b|合唱|对唱
""")
_BEFORE = Pattern(r"\b(?:first(?:ly)?|at first|begins?|starts?|opens?|goes first|to begin with|initially)\b|首先|先|起初|一开始")
_AFTER = Pattern(r"""
    \b(?:then|after(?:wards)?|next|second|last(?:ly)?|finally|later|in turn|follow(?:s|ed)?|answer\w*|repl\w+
        |respond\w*)\b
    |然后|接着|随后|之后|再|最后|回答|答|回应|接话
""")
_ORDERED = Pattern(f"{_BEFORE}|{_AFTER}")
_EMPTY = Pattern(rf"(?:{_BEFORE}|{_AFTER}|\b(?:and|also|the|is|does|so|turn|it|comes|goes)\b|是|也|到|轮到|\W)*")
_SEGMENTS = Pattern(
    r"[,.;:!?\n。，、；：！？()]+|\b(?:while|whereas|but|as)\b|(?=\bthen\b)|(?=然后|接着|随后|之后|最后|再)|而(?!且)"
)
_SENTENCES = Pattern(r"(?:[.](?!\d)|[;!?。！？\n…])+")
_SWAPPED = (
    (
        Pattern(rf"({MARKS}+)([^,.;\n{MARKS[1:-1]}]*?)(?<!look )(?<!looks )\bafter ({MARKS}+)([^,.;\n]*)"),
        r" first \3 speaks, then \1 \2 ",
    ),
    (Pattern(rf"\bbefore ({MARKS}+)([^,.;\n]*?)(?:,|(?={MARKS})) ?({MARKS}+)([^,.;\n]*)"), r" first \3 \4, then \1 \2 "),
)

Order = Literal["", "in turn", "together"]


@dataclass(frozen=True)
class Roles:
    """Places in the cast: who speaks, in the order of the words; who is to listen; how the voices follow each other.

    `late`: the only one who is named speaks after somebody ("Tom answers"). `people` says whom words were taken to
    mean, and who is a woman or a man because they say so.
    """

    speakers: tuple[int, ...] = ()
    listeners: tuple[int, ...] = ()
    order: Order = ""
    late: bool = False
    people: Marked = field(default_factory=lambda: Marked(""))


@dataclass
class _Floor:
    """What was read so far."""

    spoken: list[tuple[int, ...]] = field(default_factory=list)
    listeners: list[int] = field(default_factory=list)
    ordered: bool = False
    together: bool = False
    first: tuple[int, ...] = ()


def roles(prompt: str, cast: tuple[str, ...], known: Sequence[Known] = (), unseen: tuple[str, ...] = ()) -> Roles:
    """Who speaks by the words, of those who are seen; nobody in particular where they say nothing, or there is only one. `unseen`
    are heard only.
    """
    if len(cast) < 2:
        return Roles()
    script = extracted(prompt[:MOST_WORDS], cast, unseen)
    people = marked(read_in(normal(script.words[:MOST_DIRECTIONS])), cast, known, script.sexes)
    text = re.sub(KEYS, " ", people.text)
    for pattern, turned in _SWAPPED:
        text = pattern.sub(partial(_turned, turned), text)
    floor = _Floor()
    for sentence in _SENTENCES.split(text):
        _hear(sentence, floor)
    speakers = tuple(dict.fromkeys(person for group in floor.spoken for person in group))
    if floor.first:
        speakers = tuple(dict.fromkeys((*floor.first, *speakers)))
    lines = [cast.index(who) for who, _ in script.lines if who in cast]
    named = tuple(dict.fromkeys(lines))
    if not speakers and len(named) == len(lines):
        speakers, floor.ordered = named, len(named) > 1
    listeners = tuple(dict.fromkeys(person for person in floor.listeners if person not in speakers))
    order: Order = "together" if floor.together else "in turn" if floor.ordered else ""
    return Roles(speakers, listeners, order, order == "in turn" and len(speakers) == 1 and not floor.first, people)


def _turned(order: str, match: re.Match[str]) -> str:
    """What "after" and "before" say, in the order in which it happens; only where somebody speaks."""
    return match.expand(order) if SPEAKING.search(match[0]) else match[0]


def _hear(sentence: str, floor: _Floor) -> None:
    """One sentence: whom each verb of speech belongs to; "first she, then he answers" has one verb for both."""
    subject: tuple[int, ...] = ()
    spoke = SPEAKING.search(sentence) is not None or _EMPTY.fullmatch(re.sub(MARKS, " ", sentence)) is not None
    for segment in filter(str.strip, _SEGMENTS.split(sentence)):
        if _AT_ONCE.search(segment):
            floor.together = True
        for named, before, behind in _groups(segment):
            people = subject = named or subject
            after = before if not behind.strip() and _VOICED.search(before) else behind
            kind = _kind(after, spoke and _EMPTY.fullmatch(after) is not None and _ordered(before + after))
            if kind == "listens":
                floor.listeners += people
            elif kind:
                _let_speak(floor, people, before + after)


def _let_speak(floor: _Floor, people: tuple[int, ...], words: str) -> None:
    if not people:
        return
    if _BEFORE.search(words) and not floor.first and len(people) == 1:
        floor.first, floor.ordered = people, True
    if _AFTER.search(words) and len(people) == 1:
        floor.ordered = True
    floor.spoken.append(people)


def _ordered(words: str) -> bool:
    return _ORDERED.search(words) is not None


def _kind(words: str, elliptic: bool) -> Literal["", "listens", "speaks"]:
    listens, speaks = LISTENING.search(words), SPEAKING.search(words)
    if listens and not (speaks and speaks.start() < listens.start()):
        return "listens"
    return "speaks" if speaks or elliptic else ""


def _groups(segment: str) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """Each group of marks with what stands before it (from the last one on) and behind it; () where a segment has none."""
    groups = list(re.finditer(f"{MARKS}+", segment))
    if not groups:
        yield (), "", segment
        return
    edges = [*(group.start() for group in groups[1:]), len(segment)]
    before = segment[: groups[0].start()]
    for group, end in zip(groups, edges, strict=True):
        yield people_in(group[0]), before, segment[group.end() : end]
        before = ""
