"""Dialogue scripts in the prompt: lines of those who have no voice are synthesised, one after the other.

Beside recordings only those read whose voice is named (`Character.speaks`): a recording may hold what others of the script say.
"""

import re
from dataclasses import dataclass, replace

from dramatis.director.pattern import Pattern
from dramatis.director.text.off_screen import is_off_screen, narrator_seen, owner_of
from dramatis.director.text.script_forms import usual
from dramatis.director.text.told_lines import SAYING
from dramatis.speech.synthesis.markup import plain
from dramatis.story import Brief, Character, on_screen

MOST = 4
"""Characters of a film of nothing but words."""
BREATH = 1.2
"""Seconds from a scene's beginning to its first word."""
PAUSE = 0.35
"""Seconds between two lines."""
_HEADINGS = re.compile(
    r"actions?|audio|camera|characters?|direction|dialogue|emotion|example|framing|light(?:ing)?|location|mood|music|notes?|place|"
    r"prompt|scene(?: \d+)?|script|setting|shot(?: \d+)?|sound|story|style|time|title|voice|close-up|wide|background|weather|"
    r"podcast|explainer|video|film|movie|documentary|advert(?:isement)?|trailer|commercial|vlog|tutorial|interview|sketch|skit|"
    r"plot|summary|synopsis|logline|genre|theme|idea|concept|topic|"
    r"costumes?|outfit|clothes|looks?|pose|duration|length|format|aspect|tone|avoid|negative|"
    r"镜头|全景|远景|中景|近景|特写|场景|风格|情绪|气氛|动作|表情|音乐|灯光|地点|时间|人物|角色|对话|台词|注意|要求|提示|背景|画面",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'-]{0,23}(?: (?:[A-Z][\w'-]{0,23}|\d{1,2}|[a-z]{2,15})){0,2}(?: Voice)?|person ?\d{1,2}|[\u3400-\u9fff]{1,6}?"
_NAMED = Pattern(rf"""
    (?:^|(?<=[\n.!?。！？;；\"”」』]))\s*(?P<name>{_NAME}){SAYING}?\s*(?:[(（][^()（）\n]{{1,200}}[)）]\s*)?[:：]
""")

Lines = tuple[tuple[str, str], ...]
"""Who says what, in order."""


@dataclass(frozen=True)
class ScriptLine:
    """A line as it is written: who says it, the text with its marks, and the stage direction beside the name."""

    who: str
    text: str
    note: str = ""


def speakers(words: str, least: int = 2) -> tuple[str, ...]:
    """The names before the colons of a script, in order of appearance; () if there are fewer lines than `least`."""
    named = [match["name"] for match in _NAMED.finditer(usual(words)) if _is_name(match["name"])]
    return tuple(dict.fromkeys(named)) if len(named) >= least else ()


def _is_name(name: str) -> bool:
    """Whether what stands before a colon is no heading; of two words in lower case the second is somebody ("Old man")."""
    from dramatis.director.text.lexicon.beings import BEINGS
    from dramatis.director.text.lexicon.traits import told_in

    last = name.rpartition(" ")[2]
    return not _HEADINGS.fullmatch(name) and (last == name or not last.islower() or bool(told_in(last, BEINGS)))


def heard_only(words: str) -> tuple[str, ...]:
    """The names of those who speak and are not seen: narrators, unless the words tell what they do or wear, and voices."""
    named = tuple(name for name in speakers(words, 1) if is_off_screen(name))
    if not named:
        return ()
    from dramatis.director.text.scripts import extracted

    seen = narrator_seen(extracted(words, ()).words)
    return tuple(name for name in named if not seen or owner_of(name) != name)


def with_off_screen(brief: Brief) -> Brief:
    """The brief with those whom its prompt lets be heard only; where others have texts, their lines are texts, too."""
    names = heard_only(brief.prompt)
    cast = [replace(who, off_screen=True) if who.name in names and not (who.portrait or who.look) else who for who in brief.cast]
    missing = [name for name in names if name not in {who.name for who in cast}]
    texts = any(who.say is not None for who in cast)
    more = (Character(name, say=_said(brief.prompt, (name,)) if texts else None, off_screen=True) for name in missing)
    return replace(brief, cast=(*more, *cast))


def _said(words: str, names: tuple[str, ...]) -> str:
    """All that some of a script say."""
    from dramatis.director.text.scripts import extracted

    return " ".join(text for who, text in extracted(words, ()).lines if who in names)


def cast_of(words: str) -> tuple[str, ...]:
    """The names of the characters of a film of nothing but words: who speaks and, if fewer than two of them are seen, of whom it
    is told; by a narrator if nobody else is there.
    """
    spoken, unseen = speakers(words, 1), heard_only(words)
    seen = len(spoken) - len(unseen)
    if seen > 1:
        return spoken
    from dramatis.director.text.told_cast import figures

    called = {name.lower() for name in spoken}
    told = figures(words, spoken if "\n" in words.strip() else ()) or (
        () if seen or not unseen else figures(_said(words, unseen))
    )
    return (*spoken, *(name for name in told if name.lower() not in called))[: MOST + len(unseen)]


def script_of(brief: Brief) -> Lines:
    """The lines of the cast in the prompt; () if nobody reads them, since texts or recordings take precedence."""
    return tuple((line.who, plain(line.text)) for line in script_lines(brief))


def script_lines(brief: Brief) -> tuple[ScriptLine, ...]:
    """The same, with the marks in the text and the stage directions; those of recorded people say where their recording is."""
    recorded = {who.name for who in brief.cast if who.voice is not None}
    readers = {who.name for who in brief.cast if who.voice is None and (who.speaks or who.off_screen or not recorded)}
    if not readers or any(who.say is not None for who in brief.cast):
        return ()
    from dramatis.director.text.scripts import extracted

    unseen = tuple(who.name for who in brief.cast if who.off_screen)
    script = extracted(brief.prompt, tuple(who.name for who in on_screen(brief.cast)), unseen)
    breaths = script.breaths if brief.wants == "drawn" else set[int]()
    written = [
        ScriptLine(who, f"[pause {BREATH}] {text}" if number in breaths else text, note)
        for number, (who, text, note) in enumerate(script.written)
        if who in readers | recorded
    ]
    spoken = tuple(line for line in written if any(sign.isalnum() for sign in plain(line.text)))
    return spoken if any(line.who in readers for line in spoken) else ()
