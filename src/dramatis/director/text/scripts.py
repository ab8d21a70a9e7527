"""Extracts spoken text from the prompt: dialogue scripts, quotations, and moments named by a spoken word.

    NOOR (smiling): Good morning!      a line, and a wish that holds while it is spoken
    Noor says: "Good morning!"         a line
    when she says hello she waves      a moment: the wish lands on the word

Each becomes one private-use character in the text, a key to a `Moment`; spoken words are not directions.
"""

import re
from dataclasses import dataclass, field, replace
from functools import partial

from dramatis.director.pattern import Pattern
from dramatis.director.text.asides import speech_ends
from dramatis.director.text.known import sex_of
from dramatis.director.text.off_screen import is_off_screen
from dramatis.director.text.scenes import place_in
from dramatis.director.text.script_forms import usual
from dramatis.director.text.told_lines import SAYING, SAYS, quoted, without_told
from dramatis.speech.synthesis.manner import manner_of
from dramatis.speech.synthesis.markup import plain

MOST_WORDS, MOST_DIRECTIONS = 20_000, 3_000
"""Characters of a prompt that are read: with what is spoken in it, and without."""
FIRST_KEY, LAST_KEY = 0xE100, 0xE8FF
KEYS = f"[{chr(FIRST_KEY)}-{chr(LAST_KEY)}]"
_MOMENT = Pattern(
    rf"""
    \b(?:when(?:ever)?|as|while|once|on|at|with|after|upon|just as|the moment)
        (?: (?:the|her|his|they|she|he|i|we|you|someone|(?P<who>(?!an? )[\w-]{{1,30}})))??
        (?: (?:{SAYS}|sings?|singing|speaks?|mentions?|mentioning|reach(?:es)?|gets to|word|words|line|phrase))*
        (?: the (?:words?|phrase|line))? {quoted("q")}
    |\b(?:when(?:ever)?|while|once|as) (?:the )?(?P<who2>[\w-]{{1,30}}) (?:says?|sings?|mentions?) (?:the word )?
        (?P<bare>[^\"“”'‘,.;!?\n]{{1,120}})
    |\b(?:on|at|with) the word (?P<word>[\w'-]{{1,30}})
    |(?:当|在|每当|一)?(?P<who3>[^\s,，。.；;“”\"]{{0,6}}?)(?:说|讲|念|唱|提|喊)(?:到|出|起)?{quoted("z")}
        (?:这个词|一词|这句话?|这里)?(?:的?时候|的?时|的?那一刻|的?瞬间|的?同时)?
    """,
    re.IGNORECASE,
)
_CUE_NEEDED = Pattern(r"(?:的?时候|的?时|那一刻|瞬间|同时)$|(?:说|讲|念|唱|提)到|当|每当")
_SPEAKER = Pattern(r"""
    (?:^|(?<=[\n。.!?！？;；\"”」』]))\s*(?P<name>[^\s:：()（）\[\]【】,，。.!?！？\"“”]{1,24}
        (?: [^\s:：()（）\[\]【】,，。.!?！？\"“”]{1,24}){0,2}(?: Voice)?)\s*
        (?:[(（\[【](?P<note>[^()（）\[\]【】\n]{1,200})[)）\]】]\s*)?[:：](?<!\d[:：](?=\d))[ \t]*
        (?:[(（\[【](?P<note2>[^()（）\[\]【】\n]{1,200})[)）\]】]\s*)?
""")
_SAYING = Pattern(rf"{SAYING}\s*$", re.IGNORECASE)
_ACTED = Pattern(
    r"""
    (?:^|(?<=[.!?…。！？,，]))\s*(?:\*(?P<starred>[a-z]{2,}(?:s|ing)(?: [a-z ,'-]{1,50})?)\*
        |[(（\[【](?P<bracketed>(?!pause|停顿)[^()（）\[\]【】]{1,60})[)）\]】])(?=\s|$|[\u3400-\u9fff])
    """,
    re.IGNORECASE,
)
"""Stage directions within a speech, where a sentence or a clause ends; `*word*` elsewhere is stressed."""
_HEADING = Pattern(r"""
    (?:title|(?:scene|shot|part|act) ?\d*
        |camera|mood|emotions?|tone|settings?|style|scene|shots?|light(?:ing)?|actions?|location|background|framing|look
        |pose|duration|length|time|audio|voice|negative(?: prompt)?|avoid|prompt|expressions?|movements?|subjects?
        |characters?|镜头|运镜|全景|远景|中景|近景|特写|情绪|表情|语气|场景|背景|地点|风格|动作|光线|灯光|景别|时长|时间|声音|人物|主体|画面
        |避免|负面提示词?|要求)
""")
"""Headings before a colon in a list of directions, which are no names."""
_ANY = quoted("x")
_DOES = Pattern(rf"(?P<key>{KEYS})(?P<gap>\s*[,，]?\s*)(?:(?P<f>she|her|她)|(?P<m>he|his|他))(?![a-z们])")
"""Who does something while words are said: in "when the bear says hello, he waves" the bear, unless its name says otherwise."""
_GOES_ON = Pattern(
    rf"(?P<key>{KEYS})\s*[,，]?\s*(?=[\u3400-\u9fff])(?!镜头|画面|灯光|背景|音乐|大家|所有|[两二三四]个?人|对方|另|[他她它])"
)
"""A Chinese clause behind a moment; without a subject of its own it has that of the moment."""


@dataclass(frozen=True)
class Moment:
    """Where in the voice a wish lands: on spoken words (`who` None: whoever says them), or while line number `line` is spoken."""

    words: str
    who: str | None = None
    line: int | None = None


@dataclass
class DialogueScript:
    """The words without what is spoken; the lines `(who, text)`, and `written`: `(who, text with marks, stage direction)`; the
    moments, by their keys in the words; `sexes`: who is a woman ("f") or a man ("m") by the pronouns beside moments; `breaths`:
    the numbers of lines with which a scene begins, but for the first one.

    Quotations that are no lines: `unclear`, because it is not clear whose they are, and `silent`, because nobody says them.
    """

    words: str = ""
    written: list[tuple[str, str, str]] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    breaths: set[int] = field(default_factory=set)
    sexes: dict[str, str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Who says what, without marks."""
        return [(who, plain(text)) for who, text, _ in self.written]

    def key(self, moment: Moment) -> str:
        """The character that stands for a moment in the words; a text has room for 2,000 of them."""
        if len(self.moments) > LAST_KEY - FIRST_KEY:
            return ""
        self.moments.append(moment)
        return chr(FIRST_KEY + len(self.moments) - 1)

    def moment(self, key: str) -> Moment:
        """The moment of a key."""
        return self.moments[ord(key) - FIRST_KEY]


def extracted(words: str, cast: tuple[str, ...], unseen: tuple[str, ...] = ()) -> DialogueScript:
    """The script that is in the words; `cast` may be named in it, or anybody in at least two lines, by order of appearance.
    Narrators always may, and others who are heard only (`unseen`).
    """
    script = DialogueScript()
    words = re.sub(r"[\ue000-\uf8ff]", "", usual(words))
    words = _with_speakers(words, cast, unseen, script)
    words = _MOMENT.sub(lambda match: _moment(match, script, cast), words)
    words = _DOES.sub(lambda match: _doer(match, script, cast), words)
    words = _GOES_ON.sub(lambda match: _same(match, script, cast), words)
    script.words, script.unclear, script.silent = without_told(words, cast, partial(_told, script))
    _in_telling_order(script)
    _find_breaths(script)
    return script


def _in_telling_order(script: DialogueScript) -> None:
    """Lines of both forms, numbered as their keys stand in the words."""
    told = [line for key in re.findall(KEYS, script.words) if (line := script.moment(key).line) is not None]
    order = list(dict.fromkeys([*told, *range(len(script.written))]))
    place = {line: number for number, line in enumerate(order)}
    script.written = [script.written[line] for line in order]
    script.moments = [one if one.line is None else replace(one, line=place[one.line]) for one in script.moments]


def _find_breaths(script: DialogueScript) -> None:
    """The first lines of scenes."""
    here, begins = "", 0
    for key in re.finditer(KEYS, script.words):
        line = script.moment(key[0]).line
        if line is None:
            continue
        place = place_in(script.words[begins : key.start()].lower())
        if place and here and place != here:
            script.breaths.add(line)
        here, begins = place or here, key.end()


def _with_speakers(words: str, cast: tuple[str, ...], unseen: tuple[str, ...], script: DialogueScript) -> str:
    """Lines of `NAME (how): speech`; the speech goes to the closing quotation mark, or to the end of the text's line."""
    names = _known(words, cast, unseen)
    in_one_line = "\n" not in words.strip()
    done, at = "", 0
    while match := _SPEAKER.search(words, at):
        name, how = _called(match["name"])
        who = names.get(name)
        if who is None:
            done, at = done + words[at : match.end("name")], match.end("name")
            continue
        quote = _ANY.match(words, match.end())
        end = quote.end() if quote else (words.find("\n", match.end()) + len(words) + 1) % (len(words) + 1)
        follows = (found for found in _SPEAKER.finditer(words, match.end(), end) if _called(found["name"])[0] in names)
        end = end if quote else next((found.start() for found in follows), end)
        hidden = who in unseen or is_off_screen(who)
        end = end if quote or not in_one_line else speech_ends(words, match.end(), end, names, hidden)
        speech = next(filter(None, quote.groups())) if quote else words[match.end() : end]
        speech, acted = _acted(speech)
        script.written.append((who, speech, "; ".join(filter(None, (how, match["note"], match["note2"], *acted)))))
        done += words[at : match.start("name")] + _noted(who, script, who in cast)
        at = end
    return done + words[at:]


def _called(name: str) -> tuple[str, str]:
    """A name before a colon in lower case, and how its owner speaks: "Tom says:", "小红笑着说："."""
    told = _SAYING.search(name)
    return (name[: told.start()].strip().lower(), told[0].strip()) if told else (name.strip().lower(), "")


def _acted(speech: str) -> tuple[str, list[str]]:
    """A speech without the stage directions in it, and these: "Great. *laughs*", "(sighs) Well."."""
    acted = [found["starred"] or found["bracketed"] for found in _ACTED.finditer(speech)]
    return " ".join(_ACTED.sub(" ", speech).split()), acted


def _known(words: str, cast: tuple[str, ...], unseen: tuple[str, ...]) -> dict[str, str]:
    """The person named before a colon."""
    before = [(_called(match["name"])[0], match["name"].strip()) for match in _SPEAKER.finditer(words)]
    known = {name.strip().lower(): name for name in (*cast, *unseen) if name.strip()}
    strangers = [name for name, _ in before if not _HEADING.fullmatch(name) and not is_off_screen(name)]
    known = {name: typed[: len(name)] for name, typed in before if is_off_screen(name)} | known
    if not any(name in known for name in strangers) and len(set(strangers)) == len(cast) and len(strangers) > 1:
        known |= dict(zip(dict.fromkeys(strangers), cast, strict=True))
    return known


def _noted(who: str, script: DialogueScript, seen: bool) -> str:
    """The last line's key, or its stage direction as sentences of their own, without what only concerns the synthesiser, which is
    everything for a voice without a body.
    """
    _, speech, note = script.written[-1]
    asked = manner_of(note)[1] if seen else ""
    key = script.key(Moment(plain(speech), who, len(script.written) - 1))
    return "\n" + "".join(f"{who} {key} {part.strip()}\n" for part in asked.split(";")) if asked else f"\n{key}\n"


def _moment(match: re.Match[str], script: DialogueScript, cast: tuple[str, ...]) -> str:
    said = next((match[key] for key in ("qa", "qb", "qc", "qd", "za", "zb", "zc", "zd") if match[key]), None)
    chinese = any(match[key] for key in ("za", "zb", "zc", "zd"))
    if chinese and not _CUE_NEEDED.search(match[0].replace(said or "", "")):
        return match[0]  # a line that is told, not a moment
    rest = ""
    if said is None:
        said, rest = (match["word"], "") if match["word"] else _bare(match["bare"], cast)
    if not said.strip():
        return match[0]
    named = (match["who"] or match["who2"] or match["who3"] or "").strip().lower()
    who = {name.lower(): name for name in cast}.get(named)
    return f" {script.key(Moment(said.strip(), who))} {named if chinese and rest else ''}{rest}"


def _doer(match: re.Match[str], script: DialogueScript, cast: tuple[str, ...]) -> str:
    """A pronoun behind a moment as the name of who speaks then; as it is where it means somebody else, or may."""
    who, sex = script.moment(match["key"]).who, "f" if match["f"] else "m"
    if (
        who is None
        or script.moment(match["key"]).line is not None
        or sex_of(who) not in ("", sex)
        or any(sex_of(other) == sex for other in cast if other != who)
    ):
        return match[0]
    if script.sexes.setdefault(who, sex) != sex:
        return match[0]
    owned = "'s" * ((match["f"] or match["m"]).lower() in {"her", "his"})
    return f"{match['key']}{match['gap']}{who}{owned}"


def _same(match: re.Match[str], script: DialogueScript, cast: tuple[str, ...]) -> str:
    who = script.moment(match["key"]).who
    if (
        who is None
        or script.moment(match["key"]).line is not None
        or match.string.startswith(tuple(name for name in cast if name), match.end())
    ):
        return match[0]
    return f"{match['key']} {who}"


def _bare(words: str, cast: tuple[str, ...]) -> tuple[str, str]:
    """Spoken words without quotation marks, and the text after them: "hello" of "hello she waves"."""
    subjects = "|".join(
        ["she", "he", "they", "the", "and", "we", "i", *(re.escape(name.lower()) for name in cast if name.strip())]
    )
    found = re.search(rf"(?<![\w'])(?:{subjects})(?![\w'])", words, re.IGNORECASE)
    return (words[: found.start()], words[found.start() :]) if found else (words, "")


def _told(script: DialogueScript, who: str, text: str, how: str) -> str:
    """A line that is told in prose, and its key."""
    script.written.append((who, text, how))
    return script.key(Moment(plain(text), who, len(script.written) - 1))
