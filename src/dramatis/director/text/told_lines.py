"""Lines that are told in prose, and what is quoted but said by nobody.

    Tom says "I lost my keys" and sighs.      a verb before the quotation
    "They are in your hand!" answers Mia.     a verb behind it
    The robot waves and says hello.           a greeting needs no quotation marks

Who speaks is whoever the clause is about: somebody of the cast by name, by a noun, or by "she" and "he".
"""

import re
from collections.abc import Callable, Sequence

from dramatis.director.pattern import Pattern
from dramatis.director.text.known import sex_of

_VERBS = r"""
    says?|said|saying|asks?|asked|shouts?|shouting|whispers?|whispering|answers?|repl(?:y|ies)|murmurs?|mumbles?|snaps?
        |screams?|calls?(?: out)?|begs?|announces?|declares?|replied|answered|whispered|shouted|goes|adds?|added|exclaims?|yells?
        |mutters?|cries|warns?|promises|repeats?|wonders|laughs|sighs|greets|tells|told
"""
SAYS = Pattern(rf"(?:{_VERBS})")
_ALOUD = r"reads?(?: out| aloud)?|sings?|recites?|begins|continues|explains|thinks|[a-z]{3,}(?:[^s\W]s|ed)(?=[^\"“:]{0,24}:\s*$)"
"""Verbs of which things are capable, too (a sign reads "Open"), and any verb before a colon ("she apologizes:")."""
_SAYS_CHINESE = "(?:说道?|问道?|喊道?|叫道?|答道?|回答道?|低声说|大声说|补充道|念道|唱道|嘟囔道?|播报道?|宣布|朗读|宣读)"
_HOW_CHINESE = (
    "(?:(?:微?笑|哭|叹|大声|小声|轻声|生气|愤怒|开心|高兴|激动|兴奋|难过|伤心|紧张|害怕|惊讶|温柔|平静|哽咽|颤抖)[着地]?)?"
)
SAYING = Pattern(rf"""
    (?:(?<=\w) (?:{_VERBS})(?: \w+ly)?|(?<=[\u3400-\u9fff]){_HOW_CHINESE}{_SAYS_CHINESE})
""")
"""That somebody says something, behind their name."""
_GREETINGS = {
    "hello": "Hello!", "hi": "Hi!", "hey": "Hey!", "good morning": "Good morning!", "good evening": "Good evening!",
    "good night": "Good night!", "good afternoon": "Good afternoon!", "goodbye": "Goodbye!", "bye": "Bye!", "welcome": "Welcome!",
    "thank you": "Thank you!", "thanks": "Thanks!", "sorry": "Sorry!", "happy birthday": "Happy birthday!", "cheers": "Cheers!",
    "你好": "你好！", "大家好": "大家好！", "您好": "您好！", "再见": "再见！", "谢谢": "谢谢！", "早上好": "早上好！",
    "晚上好": "晚上好！", "晚安": "晚安！", "对不起": "对不起！", "欢迎": "欢迎！", "生日快乐": "生日快乐！",
}  # fmt: skip
"""What is said where the words only say that it is."""


def quoted(name: str) -> Pattern:
    """A pattern for quoted words of four kinds of marks, in groups that begin with a name."""
    return Pattern(rf"""
        (?:\"(?P<{name}a>[^\"\n]{{1,600}})\"|“(?P<{name}b>[^”\n]{{1,600}})”|「(?P<{name}c>[^」\n]{{1,600}})」
            |(?<![A-Za-z])['‘](?P<{name}d>[^'’\n]{{1,200}}(?:['’][a-z]+[^'’\n]{{0,200}})?)['’](?![A-Za-z]))
    """)


_BEFORE = Pattern(
    rf"""
    (?:\b(?P<verb>{_VERBS})|\b(?P<aloud>{_ALOUD}))(?P<manner>(?: [\w'-]+){{0,4}}?)\s*[,:：]?\s*$
    |(?P<chinese>{_SAYS_CHINESE})\s*[,，:：]?\s*$
    |(?P<colon>(?<=[\u3400-\u9fff])[:：])\s*$
    """,
    re.IGNORECASE,
)
_BEHIND = Pattern(
    rf"""
    \s*,?\s*(?:(?P<first>{_VERBS}) (?P<who>(?:the |a |an |her |his )?[\w-]+)
        |(?P<who2>(?:the |a |an |her |his )?[\w-]+) (?P<second>{_VERBS}))
        (?=\s*(?:[.;!?\n。]|$|,\s|and\b|with\b|while\b|\w+ly\b|to\b))(?!\s*[,:]?\s*["“「‘'])
    |(?P<who3>[^\s,，。"”」:：]{{1,6}}?)(?P<third>{_SAYS_CHINESE})(?=\s*[,，。;；\n]|$)
    """,
    re.IGNORECASE,
)
_GREETING = Pattern(
    rf"""
    \b(?P<verb>says?|said|saying|shouts?|whispers?|calls? out) (?P<what>{"|".join(key for key in _GREETINGS if key.isascii())})
        (?= (?:to|and|then|while|with|as|at|in|on|from|by|again)\b|\s*[,.;!?\n]|\s*$)
    |(?P<chinese>说道?|喊道?)(?P<what2>{"|".join(key for key in _GREETINGS if not key.isascii())})
        (?=\s*[,，.。;；!！\n]|\s*$|并|然后|和)
    """,
    re.IGNORECASE,
)
_NEXT = Pattern(rf"{quoted('q').pattern}|{_GREETING.pattern}", re.IGNORECASE)
GREETING = "|".join(_GREETINGS)
"""Words that are said, without quotation marks."""
_VERB_GROUPS = ("first", "second", "third")
_CONTINUED = re.compile(r"[.!?。！？,，]\s*$|^\W*$")
"""What stands between two quotations of one speaker: a full stop at least."""
_SEGMENTS = re.compile(r"[,，;；、]|\b(?:and then|and|then|while|but|when|as)\b|然后|接着|并且|同时", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?。！？\n]+")
_PRONOUNS = (
    ("f", re.compile(r"\bshe\b|她(?!们)", re.IGNORECASE)),
    ("m", re.compile(r"\bhe\b|他(?!们)", re.IGNORECASE)),
    ("n", re.compile(r"\bit\b(?=\s*$| \w+s\b)|它(?!们)", re.IGNORECASE)),
)
_NEITHER = Pattern(
    r"\b(?:robot|cat|kitten|bear|rabbit|bunny|dog|fox|wolf|bird|creature|animal|monster|alien|machine)\b|机器人|[猫熊兔狗狐狼鸟]"
)
"""Whom "it" means."""
_NOUNS = (
    ("f", re.compile(r"\b(?:woman|girl|lady|mother|wife|queen)\b|女", re.IGNORECASE)),
    ("m", re.compile(r"\b(?:man|boy|guy|father|husband|king)\b|男", re.IGNORECASE)),
)
_THINGS = Pattern(r"""
    \b(?:sign|label|poster|screen|banner|t-?shirt|clock|book|page|note|card|letter|title|caption|text|board|billboard|headline|door)s?
        (?: on \w+ \w+| behind \w+)?\s*$|(?:牌子?|海报|屏幕|横幅|标题|字幕|黑板)上?\s*(?:写着?)?$
""")
"""What has words on it and says nothing."""
_NOBODY = re.compile(r"\b(?:some(?:body|one)|strangers?|passers?-?by|people)\b|有人|路人", re.IGNORECASE)
"""Others than those of the cast."""
_ALL = re.compile(r"\b(?:they|both|everybody|everyone|all)\b|他们|她们|大家", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:[,，a-z、]|并|然后|接着|同时|着)")
_EMPHASIS = re.compile(r"[^A-Z.!?,。！？，][^.!?,。！？，]{0,29}")
"""A quotation that is no sentence: a "cool" look."""

Say = Callable[[str, str, str], str]
"""Takes who says what and how, and returns the key that stands for the line."""


def without_told(words: str, cast: Sequence[str], say: Say) -> tuple[str, list[str], list[str]]:
    """A text without its quotations. Each line that is told goes to `say`, and its key stands before its verb.

    Besides: quotations of somebody where it is not clear of whom, and quotations that nobody says.
    """
    done, at, last = "", 0, ""
    unclear, silent = list[str](), list[str]()
    while match := _NEXT.search(words, at):
        gap = words[at : match.start()]
        done, at = done + gap, match.end()
        text = next(filter(None, (match[key] for key in ("qa", "qb", "qc", "qd"))), "").strip(" ,，")
        if not text:
            who = subject(done, cast)
            done += f" {say(who, _GREETINGS[_what(match)], match[0])} {match[0]}" if who else match[0]
            continue
        before, behind = _told_before(done), _BEHIND.match(words, at)
        if before and (who := _teller(before, done, cast)):
            verb = before[0].rstrip(" ,:，：")
            done = f"{done[: before.start()]} {say(who, text, verb)} {verb}{_joint(words, at)}"
        elif behind and (who := _named(behind, cast, last)):
            teller, verb = _parts(behind)
            done, at = f"{done} {teller} {say(who, text, verb)} {verb}{_joint(words, behind.end())}", behind.end()
        elif last and _CONTINUED.search(gap) and _meant(gap, f"{last}. {gap}", cast) in ("", last):
            who, done = last, f"{done} {say(last, text, '')} "
        elif _EMPHASIS.fullmatch(text) and not before and not behind:
            who, done = "", f"{done} {text} "
        else:
            who, done = "", f"{done} "
            (unclear if before or behind else silent).append(text)
        last = who
    return done + words[at:], unclear, silent


def subject(text: str, cast: Sequence[str]) -> str:
    """Whom the end of a text is about, by its last clause that is about somebody; "" where that is not clear."""
    for sentence in reversed(_SENTENCES.split(text)):
        for clause in reversed(_SEGMENTS.split(sentence)):
            if who := _meant(clause, text, cast):
                return who
            if _NOBODY.search(clause):
                return ""
    return cast[0] if len(cast) == 1 else ""


def _told_before(done: str) -> re.Match[str] | None:
    """The verb of saying at the end of a text, unless a thing "says" what is written on it."""
    before = _BEFORE.search(done)
    return None if before is None or _THINGS.search(done[: before.start()].lower()) else before


def _teller(before: re.Match[str], done: str, cast: Sequence[str]) -> str:
    """Who says what stands behind a verb; things may read and begin, so that such verbs need somebody in their own sentence."""
    told = done[: before.start()]
    if not before["aloud"] and not before["colon"]:
        return subject(told, cast)
    here = _SENTENCES.split(told)[-1]
    clauses = reversed(_SEGMENTS.split(here))
    return next((who for clause in clauses if clause.strip() and (who := _meant(clause, told, cast) or " ")), "").strip()


def _named(behind: re.Match[str], cast: Sequence[str], last: str) -> str:
    teller = _parts(behind)[0]
    return _meant(teller, f"{last}. {teller}", cast) or (cast[0] if len(cast) == 1 else "")


def _parts(behind: re.Match[str]) -> tuple[str, str]:
    """Who and the verb, in a telling behind a quotation."""
    who, verb = (next(filter(None, (behind[key] for key in keys))) for keys in (("who", "who2", "who3"), _VERB_GROUPS))
    return who, verb


def _meant(clause: str, text: str, cast: Sequence[str]) -> str:
    """The first of the cast that a clause names; a pronoun means the last one of that sex before it."""
    found = [(at, name) for name in cast if (at := _place(name, clause)) >= 0]
    for sex, pattern in (*_PRONOUNS, *_NOUNS):
        match = pattern.search(clause)
        if match and not any(start <= match.start() < start + len(name) for start, name in found):
            found += [(match.start(), name) for name in [_latest(sex, text, cast)] if name]
    everybody = _ALL.search(clause)
    found += [(everybody.start(), cast[0])] if everybody and cast else []
    return min(found)[1] if found else ""


def _latest(sex: str, text: str, cast: Sequence[str]) -> str:
    """Who of a sex was named last, or the only one of the cast whom it can mean."""
    own = [name for name in cast if _sex(name) == sex or (sex == "n" and _NEITHER.search(name.lower()))]
    own = own or [name for name in cast if not _sex(name) and sex != "n"]
    named = [(place, name) for name in own if (place := _place(name, text, last=True)) >= 0]
    return max(named)[1] if named else own[0] if len(own) == 1 else ""


def _sex(name: str) -> str:
    return sex_of(name) or next((sex for sex, pattern in _NOUNS if pattern.search(name)), "")


def _place(name: str, text: str, last: bool = False) -> int:
    """Where a name stands as a word of its own, -1: nowhere."""
    name = name.strip()
    edge = r"(?<![a-z])", r"(?![a-z])"
    pattern = re.escape(name) if not name.isascii() else f"{edge[0]}{re.escape(name)}{edge[1]}"
    places = [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)] if name else []
    return places[-1 if last else 0] if places else -1


def _what(match: re.Match[str]) -> str:
    return (match["what"] or match["what2"]).lower()


def _joint(words: str, at: int) -> str:
    """A full stop, unless the sentence goes on behind a quotation."""
    return "" if _GOES_ON.match(words, at) else ". "
