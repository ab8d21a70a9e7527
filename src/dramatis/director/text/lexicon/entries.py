"""The lexicon's structure: entries, modifiers of intensity, negations. Data, read by `text` and `clauses`.

A pattern is a regular expression over lower-case text. English patterns get word boundaries; Chinese has none. Where
patterns overlap in a text the one that begins first wins, then the longer.
"""

from dataclasses import dataclass
from typing import Literal

from dramatis.director.pattern import Pattern

WEAK, USUAL, STRONG = 1 / 3, 2 / 3, 1.0
Kind = Literal["emotion", "camera", "action"]


@dataclass(frozen=True)
class Entry:
    """Words that ask for `what`, with their own intensity, and the confidence that they mean it."""

    kind: Kind
    what: str
    intensity: float
    pattern: Pattern
    sure: float = 0.9


def entry(kind: Kind, what: str, intensity: float, english: str, chinese: str = "", sure: float = 0.9) -> Entry:
    """An entry from English and Chinese alternatives."""
    parts = [rf"(?<![a-z])(?:{english})(?![a-z])"] if english else []
    parts += [chinese] if chinese else []
    return Entry(kind, what, intensity, Pattern("|".join(parts)), sure)


CAMERA = r"(?:camera|shot|view|frame|lens|picture)"

AIMED = frozenset({"hand over", "point"})
"""Actions that are aimed at somebody."""
LOOK_SECONDS = 2.0
SECONDS = {
    "nod": 1.2, "shake head": 1.5, "brow raise": 1.0, "blink": 0.4, "sigh": 2.0, "lean in": 3.0, "wave": 1.6, "turn left": 1.5,
    "turn right": 1.5, "raise both hands": 2.0, "fold arms": 2.5, "point": 1.5, "shrug": 1.4, "clap": 2.0, "bow": 1.8,
    "take off glasses": 2.0, "drink": 2.5, "hand over": 2.0, "walk in": 3.0, "sit down": 2.0, "stand up": 1.5,
    "smile": 0.0, "dance": 0.0,
}  # fmt: skip
"""How long an action takes that happens once; looks take 2 s; 0 s: it lasts as long as its beat."""
SUSTAINED = Pattern(r"""
    \b(?:keep|keeps|kept|constantly|continuously|repeatedly|throughout|always|the whole time|all the time|non-?stop
        |again and again|over and over)\b
    |一直|不停|始终|不断|连连|频频|不住|反复|从头到尾|全程
""")

WEAKER = Pattern(r"""
    \b(?:slight(?:ly|est)?|a (?:little )?bit|bit of|a little|little|mild(?:ly)?|somewhat|faint(?:ly)?|a touch|touch of
        |hint of|trace of|subtl[ey]|gentl[ey]|gentle|soft(?:ly)?|kind of|sort of|rather|barely|small|tiny
        |half-?heartedly|light(?:ly)?|quiet(?:ly)?|almost)\b
    |有点儿?|有些|稍微|稍稍|略微|略带|略显|略|微微|轻轻|轻微|一点|一丝|些许|淡淡|浅浅|隐隐|几乎
""")
STRONGER = Pattern(r"""
    \b(?:very|extreme(?:ly)?|really|deep(?:ly)?|so|totally|absolutely|incredibly|intense(?:ly)?|strong(?:ly)?|highly
        |completely|utterly|big|great(?:ly)?|firm(?:ly)?|vigorous(?:ly)?|dramatic(?:ally)?|wild(?:ly)?|terrib(?:ly|le)
        |truly|energetic(?:ally)?|full of|bursting with|beside (?:her|him|them)sel(?:f|ves) with|uncontrollabl[ey]
        |violent(?:ly)?|emphatic(?:ally)?|powerful(?:ly)?|hugely|enormous(?:ly)?|overwhelm(?:ed|ing)(?: with| by)?
        |more and more)\b
    |非常|极其|极度|极为|极了|十分|特别|超级|超|格外|相当|强烈|用力|狠狠|坚定地?|坚决地?|太|极|洋溢|充满|满腔|无比
    |万分|大大地|越来越|重重
""")
SLOWER = Pattern(
    r"\b(?:slow(?:ly)?|gradual(?:ly)?|unhurried(?:ly)?|leisurely|creep(?:s|ing)?)\b|缓缓|慢慢|缓慢|徐徐|渐渐|逐渐|逐步"
)
FASTER = Pattern(
    r"\b(?:quick(?:ly)?|fast|rapid(?:ly)?|swift(?:ly)?|sudden(?:ly)?|abrupt(?:ly)?|whip)\b|迅速|快速|飞快|急速|突然|猛地?"
)

NOT = Pattern(r"""
    \b(?:not(?! only| just)|no(?! longer)|no longer|never|without|avoid(?:s|ing)?|don'?t|doesn'?t|didn'?t|isn'?t
        |aren'?t|won'?t|shouldn'?t|mustn'?t|wasn'?t|can'?t|cannot|neither|nor|stop(?:s|ped|ping)?
        |refrain(?:s|ing)? from|instead of|rather than|zero|minus|devoid of|fail(?:s|ed|ing)? to|forget (?:the|about)
        |ain't|wouldn't|couldn't|haven't|hasn't|hardly|nobody|no-?one|none(?: of them)?|nothing|free of|anything but
        |far from|less)\b
""")
NOT_CHINESE = Pattern(r"""
    (?:不(?!停|断|禁|住|仅|只|一会|久|由|光|但|过|同|少|错|时|已|知|懂|解|安|满|悦|耐)|(?<![特分区级性个])别
        |没有?(?!想到)|未(?!来|必|免)|莫(?!名)|杜绝|省去|去掉|并非|无需|无须|勿|禁止|避免|停止|拒绝|从不|从未|绝不
        |毫无|而非|而不是)(?:人|谁|像|在|会是|看上去|看着|看|透出|流露|带着?|半点|丝毫|表现出?|乱|过于|过分|给|有那么
        |一直|随便|故意|一丝|大|老是|总是|老|总|要|能|会|许|准|可以?|应该?|该|必|用|想|希望|再|有|任何|太|去|非常|特别
        |显得|看起来|表现得?|感到|觉得|露出|做|出现|让|使|她|他|画面|镜头|头部?|是|很|那么|这么|怎么
        |[地得的\ue000-\ue0ff])*$
""")
UNDONE = Pattern("不(?:起来|出来|下来|下去|了(?!解))")
"""A Chinese negation behind its verb: "开心不起来"."""
ALWAYS = Pattern(r"""
    \b(?:can(?:'?t|not)|could(?: not|n'?t)|does(?: not|n'?t)|never|without) (?:stop|help)(?:s|ping|ing)?\b|忍不住
    |禁不住|情不自禁|不由得|不禁
""")
"""Negations without effect: "she can't stop smiling"."""
TRYING = Pattern(r"""
    \b(?:tr(?:y|ies|ying)|struggl(?:es|ing)|fights?|fighting) (?:very |so )?
        (?:hard )?not to (?=cry|weep|sob|laugh|smile|grin|giggle|panic|explode|scream|shout|burst|break)
    |\b(?:hold|fight|chok)(?:s|es|ing) back\b
    |强忍着?(?:不|住)?|忍着不|忍住不|(?:努力|拼命|尽力|极力)(?:不让|忍住|克制|憋住)|憋着|尽量不(?=哭|发火|笑)
""")
"""What is held back, and so is there a little."""
OR = Pattern(r"^(?:or|nor)\b|\b(?:or|nor) |或者?|也不|和")
"""Words that extend a negation to the next item of a list."""
CUTS = "cuts"
"""What a film in one take avoids."""
NO_CUTS = Pattern(r"""
    (?:\bin )?\b(?:a |one )?(?:single|continuous|long|uninterrupted) take\b|\b(?:in )?one (?:single |continuous )?(?:take|shot)\b
    |\b(?:no|not|without(?: any)?) (?:hard |jump )?cuts\b|\buncut\b|\bone-?shot\b
    |一镜到底|长镜头|(?:没有|不要|无)(?:剪辑|剪切|切换)
""")
NO_CAMERA = Pattern(r"""
    \bno (?:\w+ )?(?:camera|lens)(?: \w+)? ?(?:moves?|motion|movements?|work)|\bno movements? of the camera
    |\b(?:without|avoid)(?: any)? (?:\w+ )?camera (?:motion|movement|moves?)|\bwithout moving the camera
    |\b(?:camera|shot)(?: \w+)? (?:not|doesn't|don't|never|won't|shouldn't|mustn't)(?: \w+)? (?:move|moving)
    |\b(?:not|don't|never) move the camera|\bcamera (?:at rest|stays put)
    |(?:镜头|机位|摄像机|摄影机|相机|画面)(?:保持|请|始终|一直|完全|都)*(?:不要?|别|勿|没有|无)(?:任何)?
        (?:移?动|晃|运动)
    |(?:不要?|别|没有|无|避免)(?:任何|有|做|出现)*(?:[^,。;]{0,4}的)?(?:镜头|相机|摄影机|画面)?(?:运动|移动|晃动)
        (?:镜头|相机)?(?![^,。;]*头)
    |(?:不要?|别|没有|无|避免)(?:任何|有)*(?:[^,。;]{0,4}的)?运镜
""")
EACH_OTHER = Pattern(r"""
    \b(?:look|glanc|gaz|star)(?:s|es|ing|e)? (?:at |into )?(?:each other|one another)|互相(?:看|望)|对视|相视|四目相对
    |面面相觑
""")
"""Words for a glance between two people."""
