"""Who is heard and not seen, in the forms in which people write it, as lines of a script by a narrator or by somebody's voice.

    voice-over (calm): Once upon a time...        "Narrator (calm): Once upon a time..."
    A deep voice says, "Welcome."                 "Narrator (says; voice: low): "Welcome.""
    ANNA (V.O.): I remember that day.             "Anna's Voice: I remember that day."

A narrator of whom the words say what he does or wears is somebody in the picture.
"""

import re

from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon.actions import ACTIONS
from dramatis.director.text.told_lines import GREETING, SAYS, quoted

NARRATOR = "Narrator"
_HAN = "旁白|解说词?|画外音"
_WORDS = rf"""
    narrator|narration|voice[- ]?over(?: artist)?|off[- ]?(?:screen|camera) voice|voice off(?:[- ]?screen)?|v\. ?o\.?|vo
        |erzähler(?:in)?|off-?stimme|narrateur|narratrice|voix[- ]off|narradora?|voz en off|narratore|voce narrante
        |voce fuori campo|рассказчик|голос за кадром|закадровый голос|диктор|ナレーター|ナレーション
        |나레이션|내레이션|나레이터|내레이터
        |(?:视频|影片|[男女]声?)?(?:{_HAN})
"""
_SAYS = rf"(?:{SAYS}|reads?(?: out| aloud)?|explains?|begins?|continues?|recites?|narrates?|tells us|introduces)(?: \w+ly)?"
_OF_WHAT = r"(?:, (?P<what>[^,.!?:\n\"“”]{3,40}),)?"
"""Between a narrator and the verb: ", a calm old man, "."""
_STARTS = r"(?:^|(?<=[\n.!?。！？;；\"”」』]))[ \t]*"
_KINDS = {
    "man": r"(?<!wo)man|(?<!fe)male|m[ae]n's|boy's|男", "woman": r"wom[ae]n|female|girl's|女", "low": "deep|low|低沉|浑厚",
    "high": "high|尖细",
}  # fmt: skip
_KIND = r"(?:(?:a|an|the|another|one) )?(?P<kind>(?:(?!and|or|with|his|her|their|my)[a-z'-]{2,12}[ ,]+){0,2}?)"
_KIND_HAN = "(?:一个)?(?P<kind{0}>(?:[男女](?:人|声|性)?|低沉|神秘|温柔|陌生)?的?)"
_NOTE = r"(?:[ \t]*[(（\[【](?P<note>[^()（）\[\]【】\n]{1,200})[)）\]】])?"
_BEFORE_COLON = Pattern(
    rf"""
    {_STARTS}{_KIND}(?P<who>{Pattern(_WORDS)}|voice(?= {_SAYS}))(?: (?P<number>\d{{1,2}}))?(?:{_OF_WHAT}(?P<how> {_SAYS}))?
        {_NOTE}[ \t]*[:：](?![ \t]*(?:none|no|无)\b)
        (?P<tone>[^\"“”\n.!?]{{0,60}}\b(?:voice|tone)\b[^\"“”\n.!?]{{0,40}}(?=[\"“]))?
    """,
    re.IGNORECASE,
)
_UNSEEN = r"""
    (?:v\.? ?o\.?|o\.? ?s\.?|o\.? ?c\.?|off|voice[- ]?over|off[- ]?(?:screen|camera)|voice only|inner voice|internal monologue
        |画外音|旁白|内心独白|心声)
"""
_MARKED = Pattern(
    rf"""
    {_STARTS}(?P<name>[^\W\d_][\w'.-]{{0,23}}(?: [\w'.-]{{1,24}}){{0,2}}?)
        (?:[ \t]*[(（\[【](?:(?P<first>[^()（）\[\]【】\n]{{1,100}}?)[,;，；、] ?)?{_UNSEEN}
            (?:[,;，；、] ?(?P<rest>[^()（）\[\]【】\n]{{1,100}}))?[)）\]】]|(?<=[\u3400-\u9fff]) ?(?:OS|VO|画外音))
        (?:[ \t]*[(（](?:cont'?d|(?P<more>[^()（）\n]{{1,100}}))[)）])?[ \t]*[:：]
    """,
    re.IGNORECASE,
)
_VOICE = r"(?:voice(?:[- ]?over)?|narrator)(?: off[- ]?(?:screen|camera))?"
_TOLD = Pattern(
    rf"""
    (?P<start>(?:^|(?<=[\n.!?。！？;；\"”」』,])|(?= (?:while|as|and|then|but|when) ))[ \t]*
        (?:(?:then|and|suddenly|meanwhile|while|as|but|when),? )?){_KIND}{_VOICE}(?: from [a-z ]{{3,24}}?)?{_OF_WHAT}
        [ ](?P<how>{_SAYS})\s*[,:]?\s*(?:{quoted("q")}|(?P<greeting>{GREETING}[^.!?\n]*[.!?]?))
    |(?P<start2>){quoted("r")}\s*,?\s*(?P<how2>{_SAYS}) {_KIND.replace("kind", "kind2")}{_VOICE}(?! of)
    |(?P<start3>){quoted("s")}\s*,?\s*{_KIND.replace("kind", "kind3")}{_VOICE} (?P<how3>{_SAYS})(?! of)
    |(?P<start4>(?:^|(?<=[\n。！？；”」,，]))\s*){_KIND_HAN.format("4")}(?:声音|画外音|旁白)(?:响起|传来|说道?|问道?|喊道?)[,，:：]?\s*{quoted("z")}
    """,
    re.IGNORECASE,
)
_NAMES = Pattern(rf"{NARRATOR}(?: \d{{1,2}})?|{_HAN}|(?P<whose>.+)(?:'s voice|的声音)", re.IGNORECASE)
_SEEN = Pattern(
    r"\bnarrator,? (?:(?:who )?(?:is |was )?(?:sit|stand|walk|wear|appear|seated|visible|seen|shown|dressed|on[- ]screen)"
    r"|in (?:an? |the )?\w+ (?:shirt|sweater|jacket|hoodie|dress|suit|coat|hat)|with (?:\w+ ){0,3}(?:hair|beard|glasses|hat))",
    re.IGNORECASE,
)
_DEED = Pattern(
    r"\bnarrator(?P<deed>(?: (?!how\b|that\b|what\b|while\b|as\b|over\b|about\b|of\b)[\w'-]{1,20}){1,8})", re.IGNORECASE
)


_OF_VOICE = ("kind", "who", "what", "tone")
"""Parts of a heading that say whose voice it is."""


def is_off_screen(name: str) -> bool:
    """Whether a name before a line says that its speaker is heard only: "Narrator", "旁白", "Anna's Voice"."""
    return _NAMES.fullmatch(name.strip()) is not None


def owner_of(name: str) -> str:
    """Whose voice speaks by a name: "Anna" for "Anna's Voice"; the name itself for others."""
    found = _NAMES.fullmatch(name.strip())
    return found["whose"] if found and found["whose"] else name


def narrator_seen(words: str) -> bool:
    """Whether words tell of a narrator who is in the picture: what he does, or what he wears."""
    return _SEEN.search(words) is not None or any(
        deed.pattern.search(found["deed"].lower()) for found in _DEED.finditer(words) for deed in ACTIONS
    )


def scripted(words: str) -> str:
    """A text in which everybody who is heard only has lines before which the name says so."""
    words = _MARKED.sub(_marked, words)
    return _TOLD.sub(_told, _BEFORE_COLON.sub(_named, words))


def _named(match: re.Match[str]) -> str:
    han = re.search(rf"(?:{_HAN})$", match["who"])
    who = han[0] if han else NARRATOR
    notes = ((match["how"] or "").strip(), match["note"] or "")
    number = f" {match['number']}" if match["number"] else ""
    return f"{_line(match)}{who}{number}{_noted(' '.join(match[part] or '' for part in _OF_VOICE), *notes)}: "


def _marked(match: re.Match[str]) -> str:
    notes = "; ".join(note.strip() for note in match.group("first", "rest", "more") if note)
    name = match["name"].strip()
    if re.fullmatch(rf"(?:{Pattern(_WORDS)}|voice)(?: \d{{1,2}})?", name, re.IGNORECASE):
        return f"{_line(match)}{name if not name.lower().startswith('voice') else NARRATOR}{f' ({notes})' if notes else ''}:"
    owned = f"{name}'s Voice" if name.isascii() else f"{name}的声音"
    return f"{_line(match)}{owned}{f' ({notes})' if notes else ''}:"


def _told(match: re.Match[str]) -> str:
    part = next(part for part in ("", "2", "3", "4") if match[f"start{part}"] is not None)
    said = next(filter(None, (match[f"{mark}{kind}"] for mark in "qrsz" for kind in "abcd")), "") or match["greeting"]
    who = "旁白" if part == "4" else NARRATOR
    how = "" if part == "4" else match[f"how{part}"]
    sentence = re.search(r"(?:^|[\n.!?。！？])[\"”」』]?\s*$", match.string[: match.start()] + match[f"start{part}"])
    return f'{" " if sentence else ". "}{who}{_noted(match[f"kind{part}"], how)}: "{said.strip(" ,，")}" '


def _line(match: re.Match[str]) -> str:
    """What stands before a name at the beginning of a line or a sentence."""
    return match[0][: len(match[0]) - len(match[0].lstrip())]


def _noted(kind: str, *notes: str) -> str:
    """How a line is said, behind its speaker's name, with what the words say of the voice."""
    told = f"{kind} {' '.join(notes)}".lower()
    voice = [order for order, words in _KINDS.items() if re.search(rf"(?:\b|(?<=[\u3400-\u9fff]))(?:{words})", told)]
    asked = f"voice: {', '.join(voice)}" if voice and "voice:" not in told else ""
    found = "; ".join(filter(None, (*notes, asked)))
    return f" ({found})" if found else ""
