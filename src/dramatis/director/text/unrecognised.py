"""Finds unused words of the prompt: clauses in which nothing is understood, and unknown actions beside known ones.

Words without a direction (articles, "a film of", "please", parts of the face, who speaks) are ignored; all others are
quoted as the user wrote them.
"""

import re
from collections.abc import Iterable, Iterator

from dramatis.director.pattern import Pattern
from dramatis.director.text.clauses import Clause
from dramatis.director.text.lexicon.actions import ACTIONS, CAMERA_MOVES
from dramatis.director.text.lexicon.beings import BEINGS
from dramatis.director.text.lexicon.entries import (
    EACH_OTHER,
    FASTER,
    NO_CAMERA,
    NO_CUTS,
    NOT,
    SLOWER,
    STRONGER,
    SUSTAINED,
    WEAKER,
)
from dramatis.director.text.lexicon.feelings import FEELINGS
from dramatis.director.text.lexicon.scenery import FACTS, LOOKS
from dramatis.director.text.lexicon.surroundings import PLACES
from dramatis.director.text.lexicon.traits import TRAITS
from dramatis.director.text.people import MARKS
from dramatis.director.text.roles import LISTENING, SPEAKING, TOGETHER
from dramatis.director.text.scripts import KEYS

_WISHES = (NO_CAMERA, NO_CUTS, EACH_OTHER, *(entry.pattern for entry in (*FEELINGS, *CAMERA_MOVES, *ACTIONS)))
_LASTING = (*(pattern for _, _, pattern in FACTS), *(pattern for _, pattern in LOOKS))
_EMPTY = (
    # closed classes
    r"""
    an?|the|this|that|these|those|it|its|he|she|they|them|him|her|hers|his|their|theirs|you|your|we|our|us|i|my|me
    |himself|herself|themselves|itself|who|whom|whose|which|what|there|here|one|ones|two|three|four|each|other|another
    |others|both|all|everyone|everybody|someone|somebody|nobody|nothing|something|anything|any|some|no|not|none|of|in
    |on|at|to|from|for|with|without|by|as|about|into|onto|over|under|up|down|out|off|back|through|during|between
    |across|around|towards?|against|behind|before|after|beside|near|along|and|or|but|so|if|because|since|than|then
    |when|while|where|how|why|until|though|although|yet|too|also|only|just|even|still|already|again|is|are|was|were|be
    |being|been|am|has|have|had|having|does|do|did|doing|will|would|can|could|should|shall|may|might|must|'?s|n't|very
    |really|quite|rather|more|most|less|least|much|many|few|first|second|third|last|next|once|twice|times?|always
    |never|ever|now|
    """
    # the film, its people and politeness
    r"""
    please|titles?|settings?|drawings?|drawn|film|films|video|videos|clip|movie|shot|shots|scene|portrait|picture|photo|image|frame|camera|lens|view
    |viewers?|audience|audio|sound|voices?|tones?|words?|speech|text|sentences?|lines?|phrase|stor(?:y|ies)|news
    |message|script|prompt|man|men|woman|women|person|people|persons|girl|boy|guy|lady|gentleman|characters?|cast|speaker
    |singer|actor|actress|presenter|host|anchor|reporter|narrator|newsreader|newscaster|teacher|subject|figure
    |listener|youngsters?|middle-?aged|faces?|expressions?|expressive(?:ly)?|emotions?|emotional|moods?|feelings?
    |looks?|looking|eyes?|gaze|mouth|head|lips|brows?|eyebrows?|hands?|arms?|body|attitude|manner|way|style|kind|sort
    |type|bit|little|lot|touch|hint|moments?|seconds?|beginning|start|end|middle|whole|entire|rest|half|while|
    """
    # verbs that carry what stands beside them
    r"""
    seems?|appears?|remains?|stays?|keeps?|gets?|becomes?|becoming|goes|going|comes?|starts?|begins?|continues?|makes?
    |making|made|lets?|gives?|takes?|puts?|shows?|showing|feels?|feeling|wants?|tries|trying|acts?|acting|performs?
    |delivers?|holds?|uses?|reads?|reading|explains?|describes?|introduces?|presents?|reports?|recalls?|remembers?
    |announces?|reacts?|expresses|standing|stands|sits|sitting|seated|facing|faces|wears?|wearing|dressed
    |natural(?:ly)?|normal(?:ly)?|usual(?:ly)?|clear(?:ly)?|direct(?:ly)?|straight|slow(?:ly)?|fast|quick(?:ly)?
    |loud(?:ly)?|low|high|long|short|big|small|great|good|nice|full|left|right|centre|center|side|sides|front|time
    |together|different|same|own|new|old|young|beautiful|handsome|pretty|own|clipped|movements?|motion|moves?|moving
    |action|actions|gestures?|move|angle|position|pose|opening|closing|like|want|need|ok|okay|yes|well|polite(?:ly)?
    |understands?|away|afternoon|evening|morning|today|tonight|lit|interior|exterior|everything|audible|visible
    |visibly|wide|tight|fills?|see|see[ns]|heard|hears?|phases?|beats?|steps?|onwards?|fancy|joke|welcomes?
    |(?:twen|thir|for|fif|six|seven|eigh|nine)ties|aged|early|late|professor|doctor|guest|hosts|ceo|chef|manager
    |interview|student|(?:grand)?(?:mother|father)|breaks?|bursts?|stares?|staring|falls?|raises?|dawns?|round|dark
    |bright|plain|simple|soft|red|blue|green|yellow|orange|purple|pink|black|white|grey|gray|brown|blond|blonde|golden
    |silver|horizon|ceiling|lights?|lighting|background|confidence|masterpiece|detailed|quality|best|ultra|highly
    |resolution|[48]k|u?hd|1080p|720p
    """
)
_EMPTY_WORDS = Pattern(rf"(?<![\w'])(?:{_EMPTY})(?![\w'])")
_EMPTY_CHINESE = Pattern(r"""
    请|标题|场景|视频|影片|电影|短片|片段|画面|镜头|相机|摄像机|人物|主角|角色|主持人|播音员|主播|讲述者|老师|说话者|观众|女士
    |男士|先生(?!气)|小姐|女人|男人|女孩|男孩|女子|男子|女生|男生|年轻|老人|声音|嗓音|语气|口吻|语调|语速|表情|神情|神色
    |脸上|面部|面容|脸|眼神|眼睛|目光|嘴角|头|样子|感觉|状态|情绪|心情|整个|全程|时候|开始|最后|自己|对方|大家|我们
    |他们|她们|一个|一位|一名|这个|那个|什么|怎么|可以|应该|需要|希望|保持|显得|看起来|看上去|表现|带着?|充满|露出
    |变得|变成|感到|觉得|正在|已经|仍然|依然|一样|一般|似的|好像|仿佛|如同|非常|特别|十分|有点|有些|一点|稍微|慢慢
    |缓缓|轻轻|突然|始终|一直|自然|正常|清晰|说|讲|话|道|问|答|念|读|唱|出头|岁|分段|看见|风格|类型|照明|歌曲|歌手|歌
    |首|宝宝|妈妈|爸爸|教授|嘉宾|节目|天花板|礼貌|默默|情况|时分|远方|室内|室外|介绍|讲述|讲解|报道|播报|朗读|叙述
    |回忆|面对|对着|朝着?|向着?|看着?|望着?|站着?|坐着?|戴着?|穿着?|左边|右边|左侧|右侧|中间|前面|旁边
    |[的地得分段了着过在和与及或而且但却又也都就才再还并把被让使给对向往从到用以为因是有没不无要会能想去来上下里中后前时其此该这那哪她他它我你您们个位名种次下儿吧呢吗啊呀嘛很更最太一二两三四五几多少大小好点些样人者边]
""")
_DENIED_CHINESE = Pattern("不要|别(?![的处人])|没有|毫不|毫无|从不|从未|无需|避免|禁止|除了")
_HAN = Pattern("[\u3400-\u9fff]")
_WORD = Pattern(r"[^\W\d_](?:[^\W_]|['-](?=\w))*")
_DEED = Pattern(rf"""
    (?:{MARKS}+|^(?:an?|the)(?: \w+){{1,3}}) (?:\w+ly )?(?P<verb>[a-z]{{3,}}(?:s|ing|ed))\b(?! (?:like|of)\b)(?! {MARKS})
    |{MARKS}{{2,}} (?:\w+ly )?(?P<verb3>[a-z]{{3,}})\b(?! {MARKS})
    |#[着并又](?P<verb2>[\u3400-\u9fff]{{3,}})$
""")
SAID = Pattern(r"""
    \b(?:tell|read|sing|recit|narrat|present|announc|ask|explain|recall|remember|talk|speak|say|hum|report|discuss
        |describ)(?:s|es|ing|e)?(?: (?:him|her|us|me|them))? (?:an?|the|his|her|their|its|about|of)\b[^,.;]*
""")
"""What is told, read or sung: it is in the voice."""
_BEHIND = Pattern(r"""
    (?:\s+(?:her|his|their|the|an?|of|in|on|at|to|with|into|eyes?|mouth|voice|head|hands?|face|arms?|body|hair|lips
        |fingers?|tears?))*\s+(?:eyes?|mouth|voice|head|hands?|face|arms?|body|hair|lips|fingers?|tears?)\b
    |\s+(?:away|off|out|around)\b
""")
"""Parts of the body and directions that belong to a deed that is quoted."""
_BEFORE = Pattern(
    r"\b(?:in |on |at |with |into |like )?(?:an?|the|her|his|their|some)(?: \w+)? $|\b(?:in|on|at|with|into|like) $"
)
_WHERE = Pattern(r"""
    \b(?:in|on|at|near|inside|outside|under|behind|beside|by|around|above|along|across|through|aboard)
        (?: the| an?| his| her| their| its| some) (?P<what>(?:[\w'-]+ ?){1,4})
    |在(?P<what2>[\u3400-\u9fff]{1,8}?)(?:[上里中下旁前]|$)
""")
"""Where something is."""
_EFFECTS = Pattern(r"""
    \b(?:(?:slow|fast)[- ]?mo(?:tion)?|time-?lapse|(?:fades?|fading|cuts?|dissolves?) (?:in|out|to|from)\b(?: \w+)?
        |split[- ]screen|black ?screen|subtitles?|captions?)\b
    |慢动作|快进|延时摄影|字幕|淡入|淡出|黑屏
""")
"""What cutters do, in words that carry nothing one by one."""
_WHOLE = 60  # characters of a quotation
_REACH = 120  # characters in which a clause's words stand


def unrecognised(clauses: Iterable[Clause], words: str, drawn: bool = False) -> tuple[str, ...]:
    """Quotations from the user's words: what nothing was made of, in order, each once; `drawn`: looks were read as well."""
    found, at = [], 0
    for clause in clauses:
        lost = _lost(clause.text, _DRAWN if drawn else ())
        if lost:
            quoted, at = _quoted(lost, words, at)
            found.append(quoted)
    return tuple(dict.fromkeys(quoted for quoted in found if quoted))


def _lost(text: str, drawn: tuple[Pattern, ...]) -> list[str]:
    """The words of a clause that carry something and were not understood; none where a wish beside them was, or where they are
    denied: what must not be seen is not filmed.
    """
    if NOT.search(text) or _DENIED_CHINESE.search(text):
        return []
    effect = _EFFECTS.search(text)
    if effect:
        return _WORD.findall(effect[0])
    wished = [pattern for pattern in _WISHES if pattern.search(text)]
    left = _stripped(text, (*wished, *drawn))  # "walks in the rain" is no "walks in", nor without its rain
    for pattern in drawn:
        text = pattern.sub(" ", text)
    if wished:
        deed = _DEED.search(_blanked(text))
        verb = (deed["verb"] or deed["verb2"] or deed["verb3"]) if deed else ""
        unknown = set(_WORD.findall(left))
        return [*([verb] if verb and verb in left else []), *(word for word in _places_named(text) if word in unknown)]
    lost = _WORD.findall(left)
    least = 3 if any(pattern.search(text) for pattern in _LASTING) else 2
    enough = sum(len(_HAN.findall(word)) for word in lost) >= least
    return lost if enough or any(len(word) > 2 and not _HAN.match(word) for word in lost) else []


def _places_named(text: str) -> Iterator[str]:
    """The words of all phrases that say where something is."""
    for found in _WHERE.finditer(text):
        yield from (word for word in _WORD.findall(found["what"] or found["what2"]) if len(word) > 2 or _HAN.match(word))


def _blanked(text: str) -> str:
    """A text in which what is understood is blank, but people are still marked."""
    for pattern in (*_WISHES, *_LASTING, *_KNOWN):
        text = pattern.sub(lambda match: "#" * len(match[0]), text)
    return text


_KNOWN = (SAID, SPEAKING, LISTENING, TOGETHER, Pattern(KEYS), NOT, WEAKER, STRONGER, SLOWER, FASTER, SUSTAINED)
_MARK = Pattern(MARKS)
_DRAWN = tuple(trait.pattern for table in (TRAITS, PLACES, BEINGS) for trait in table)


def _stripped(text: str, told: tuple[Pattern, ...]) -> str:
    """What is left of a text without what is `told` and everything that is known or empty."""
    for pattern in (*told, *_LASTING, *_KNOWN, _MARK, _EMPTY_WORDS, _EMPTY_CHINESE):
        text = pattern.sub(" ", text)
    return text


def _quoted(lost: list[str], words: str, at: int) -> tuple[str, int]:
    """The user's own words from the first that was lost to the last, and where they end; `at` is where to begin to look."""
    plain = words.lower()
    spans = [_span(lost, plain, start) for start in _starts_of(lost[0], plain, at)]
    start, end, _ = max(spans, key=lambda span: span[2], default=(-1, -1, 0))
    if start < 0:
        return " ".join(lost)[:_WHOLE], at
    behind = _BEHIND.match(plain, end)
    end = behind.end() if behind else end
    before = _BEFORE.search(plain[:start])
    quoted = re.sub(r"\s+", " ", words[before.start() if before else start : end]).strip()
    return (quoted if len(quoted) <= _WHOLE else f"{quoted[:_WHOLE].strip()}..."), end


def _span(lost: list[str], text: str, start: int) -> tuple[int, int, int]:
    """From the first of the lost words to the last that follows in its sentence, and how many do."""
    sentence = re.split(r"[.;!?\n。！？；]", text[start : start + _REACH])[0]
    end, count = len(lost[0]), 1
    for word in lost[1:]:
        found = sentence.find(word, end)
        if found >= 0:
            end, count = found + len(word), count + 1
    return start, start + end, count


def _starts_of(word: str, text: str, at: int) -> Iterator[int]:
    """Where a word stands, from `at` on, then from the start."""
    edge = r"(?<![^\W_])" if word.isascii() else ""
    for begin in (at, 0):
        yield from (match.start() for match in re.compile(edge + re.escape(word)).finditer(text, begin))
