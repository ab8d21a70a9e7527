"""The lexicon: which English and Chinese words wish for what, how much, and when. Data, read by `rules` and `clauses`.

A pattern is a regular expression over lower-case text. English patterns get word boundaries; Chinese has none. Where
patterns overlap in a text the one that begins first wins, then the longer.
"""

import re
from dataclasses import dataclass
from typing import Literal

WEAK, USUAL, STRONG = 1 / 3, 2 / 3, 1.0
Kind = Literal["emotion", "camera", "action"]


@dataclass(frozen=True)
class Entry:
    """Words that wish for `what`, with the intensity that they have by themselves."""

    kind: Kind
    what: str
    intensity: float
    pattern: re.Pattern[str]


def _entry(kind: Kind, what: str, intensity: float, english: str, chinese: str = "") -> Entry:
    parts = [rf"(?<![a-z])(?:{english})(?![a-z])"] if english else []
    parts += [chinese] if chinese else []
    return Entry(kind, what, intensity, re.compile("|".join(parts)))


_TO = r"(?:\w+ly )?(?:(?:over |off |away )?(?:to|towards?) )?(?:the |her |his |their |your )?"
_LOOK = rf"(?:look|glance|gaze|peer|face|turn)(?:s|ing|ed)?(?: (?:her|his|their|your|the) (?:head|eyes|gaze|face))? {_TO}"
_CAMERA = r"(?:camera|shot|view|frame|lens)"
_MOVE = rf"{_CAMERA}(?: \w+ly)? (?:move|slide|drift|glide|travel|truck|track)s? {_TO}"

ENTRIES: tuple[Entry, ...] = (
    _entry(
        "emotion", "calm", USUAL,
        "calm(?:ly|ness)?|neutral(?:ly)?|relaxed|serene(?:ly)?|peaceful(?:ly)?|composed|at ease|tranquil|"
        "serious(?:ly)?|matter-of-factly?",
        "平静|冷静|镇定|从容|安静|沉稳|淡定|放松|严肃",
    ),
    _entry(
        "emotion", "excitement", WEAK,
        "pleased|content|contented|warmly|friendly|amused|hopeful(?:ly)?|satisfied",
        "满意|友好|欣慰",
    ),
    _entry(
        "emotion", "excitement", USUAL,
        "happ(?:y|ily|iness|ier)|joy(?:ful|fully|ous)?|excit(?:ed|edly|ement|ing)|cheer(?:ful|fully|y)|glad(?:ly)?|"
        "delight(?:ed|edly)?|enthusias(?:m|tic|tically)|laugh(?:s|ing|ter)?|playful(?:ly)?|merry|eager(?:ly)?|"
        "proud(?:ly)?|passionate(?:ly)?|energetic(?:ally)?|upbeat",
        "高兴|开心|快乐|喜悦|愉快|兴奋|激动|欢快|欢喜|热情|大笑|自豪|幸福",
    ),
    _entry(
        "emotion", "excitement", STRONG,
        "thrilled|ecstatic(?:ally)?|overjoyed|elated|exhilarated|euphoric|jubilant",
        "欣喜若狂|狂喜|兴高采烈|激动不已",
    ),
    _entry(
        "emotion", "confusion", WEAK,
        "unsure|uncertain(?:ly)?|hesitant(?:ly)?|worried|anxious(?:ly)?|nervous(?:ly)?|pensive(?:ly)?",
        "犹豫|迟疑|担心|紧张|焦虑|不安|不确定",
    ),
    _entry(
        "emotion", "confusion", USUAL,
        "confus(?:ed|edly|ion)|puzzled|perplexed|doubt(?:ful|fully|ing)?|sceptical(?:ly)?|skeptical(?:ly)?|"
        "questioning(?:ly)?",
        "困惑|疑惑|迷惑|不解|怀疑|迷茫|纳闷",
    ),
    _entry("emotion", "confusion", STRONG, "bewildered|baffled|dumbfounded", "大惑不解|一头雾水|茫然"),
    _entry("emotion", "sadness", WEAK, "wistful(?:ly)?|melanchol(?:y|ic)|disappointed|nostalgic",
        "失望|忧郁|惆怅|失落|不高兴|不开心|不快乐"),
    _entry(
        "emotion", "sadness", USUAL,
        "sad(?:ly|ness|der)?|unhapp(?:y|ily|iness)|sorrow(?:ful|fully)?|upset|gloomy|tearful(?:ly)?|depressed|"
        "mournful(?:ly)?|regretful(?:ly)?|dejected",
        "难过|悲伤|伤心|忧伤|沮丧|哀伤|遗憾",
    ),
    _entry(
        "emotion", "sadness", STRONG,
        "heart-?broken|devastated|miserable|cry(?:ing)?|cries|weep(?:s|ing)?|sob(?:s|bing)?|grie(?:f|ving)|"
        "despair(?:ing)?",
        "心碎|悲痛|痛苦|哭泣|哭|绝望",
    ),
    _entry(
        "emotion", "surprise", USUAL,
        "surpris(?:ed|edly|e|ing)|taken aback|wide-eyed|astonish(?:ed|ment)|amaz(?:ed|ement)|startled",
        "惊讶|惊喜|吃惊|诧异|意外|惊奇",
    ),
    _entry("emotion", "surprise", STRONG, "shock(?:ed)?|stunned|astounded|flabbergasted|gasp(?:s|ing)?",
        "震惊|目瞪口呆|大吃一惊|惊呆"),
    _entry(
        "emotion", "anger", WEAK,
        "annoy(?:ed|ance)|irritat(?:ed|ion)|grumpy|grumpily|displeased|stern(?:ly)?|impatient(?:ly)?",
        "不满|不耐烦|烦躁|恼火",
    ),
    _entry(
        "emotion", "anger", USUAL,
        "angr(?:y|ily|ier)|anger|mad|frustrat(?:ed|ion)|indignant(?:ly)?|hostile|bitter(?:ly)?|scowl(?:s|ing)?",
        "生气|愤怒|恼怒|气愤|发火|不悦",
    ),
    _entry(
        "emotion", "anger", STRONG,
        "furious(?:ly)?|enraged|rag(?:e|ing)|outrage(?:d)?|livid|fury|seething",
        "暴怒|狂怒|勃然大怒|大怒|怒不可遏|怒吼",
    ),
    _entry(
        "camera", "push in", USUAL,
        rf"(?:zoom|doll(?:y|ie)|push|close|track|move)(?:s|es|ing|ed)?(?: \w+ly)? in|zoom-in|push-in|"
        rf"{_CAMERA}(?: \w+ly)? (?:move|come|get|creep)s?(?: \w+ly)? closer|zooms?(?! ?-?out)",
        "推近|推进|拉近|推镜头?|推向|镜头前推|镜头靠近|放大",
    ),
    _entry(
        "camera", "pull out", USUAL,
        r"(?:zoom|doll(?:y|ie)|pull|track|move)(?:s|es|ing|ed)?(?: \w+ly)? (?:out|back|away)|zoom-out|pull-(?:out|"
        r"back)",
        "拉远|拉镜头|镜头后退|镜头拉开|推远|镜头后拉|缩小",
    ),
    _entry(
        "camera", "pan left", USUAL,
        rf"pan(?:s|ning|ned)? {_TO}left|{_MOVE}left",
        "(?:镜头)?(?:向|往|朝)左(?:边|侧)?(?:缓缓|慢慢)?(?:摇|平?移)|左摇|镜头左移",
    ),
    _entry(
        "camera", "pan right", USUAL,
        rf"pan(?:s|ning|ned)? {_TO}right|{_MOVE}right",
        "(?:镜头)?(?:向|往|朝)右(?:边|侧)?(?:缓缓|慢慢)?(?:摇|平?移)|右摇|镜头右移",
    ),
    _entry(
        "camera", "tilt up", USUAL,
        rf"tilt(?:s|ing|ed)?(?: \w+ly)? up(?:wards?)?|{_MOVE}up(?:wards?)?",
        "(?:镜头)?(?:向|往|朝)上(?:缓缓|慢慢)?(?:摇|移)|上摇|镜头上移|镜头上仰",
    ),
    _entry(
        "camera", "tilt down", USUAL,
        rf"tilt(?:s|ing|ed)?(?: \w+ly)? down(?:wards?)?|{_MOVE}down(?:wards?)?",
        "(?:镜头)?(?:向|往|朝)下(?:缓缓|慢慢)?(?:摇|移)|下摇|镜头下移|镜头下俯",
    ),
    _entry(
        "camera", "handheld", USUAL,
        rf"hand-?held|shak(?:y|ing) {_CAMERA}|shaky-?cam|shaky|{_CAMERA} shak(?:es?|ing)",
        "手持|镜头晃动|晃动的?镜头|抖动的?镜头|镜头抖动",
    ),
    _entry(
        "camera", "static", USUAL,
        rf"static|lock(?:ed)?(?:-| )?(?:off|down)|locked|(?:fixed|still|steady|stationary|motionless) {_CAMERA}|"
        rf"{_CAMERA}(?: (?:is|stays?|remains?|keeps?|holds?|stands?))*(?: perfectly| completely)? (?:fixed|still|steady|"
        rf"stationary|motionless)|tripod",
        "固定镜头|镜头固定|静止镜头|镜头静止|固定机位|机位固定",
    ),
    _entry("action", "nod", USUAL, "nod(?:s|ding|ded)?", "点了?点?头"),
    _entry("action", "shake head", USUAL, r"sh(?:ak(?:e|es|ing)|ook) (?:\w+ )?heads?|head-?shake", "摇了?摇?头"),
    _entry("action", "look left", USUAL, rf"{_LOOK}left", "(?:向|往|朝)左(?:边|侧|方)?(?:看|望|转头)|看(?:向|着)?左|转向左"),
    _entry("action", "look right", USUAL, rf"{_LOOK}right", "(?:向|往|朝)右(?:边|侧|方)?(?:看|望|转头)|看(?:向|着)?右|转向右"),
    _entry(
        "action", "look up", USUAL,
        r"(?:look|glance|gaze|peer)(?:s|ing|ed)?(?: \w+ly)? up(?:wards?)?",
        "抬起?头|仰望|(?:向|往|朝)上(?:方)?(?:看|望)",
    ),
    _entry(
        "action", "look down", USUAL,
        r"(?:look|glance|gaze|peer)(?:s|ing|ed)?(?: \w+ly)? down(?:wards?)?|lower(?:s|ing)? (?:her|his|their) (?:head|"
        r"eyes|gaze)",
        "低下?头|垂眼|(?:向|往|朝)下(?:方)?(?:看|望)",
    ),
    _entry("action", "lean in", USUAL, r"lean(?:s|ing|ed)?(?: \w+ly)? (?:in|forwards?|closer|towards?)", "前倾|凑近|探身|靠近"),
    _entry("action", "smile", WEAK, "smirk(?:s|ing)?", "似笑非笑"),
    _entry("action", "smile", USUAL, "smil(?:es?|ing|ed)|grin(?:s|ning)?", "微笑|笑容|笑"),
    _entry("action", "smile", STRONG, "beam(?:s|ing)|big grin|broad smile|big smile", "笑逐颜开|灿烂(?:地|的)?笑容?|咧嘴笑?"),
    _entry(
        "action", "brow raise", USUAL,
        r"(?:rais|lift)(?:es?|ing|ed) (?:(?:an|her|his|their|both|one|the) )*(?:eye-?)?brows?|"
        r"(?:eye-?)?brows? (?:raised|up|rise|go up)",
        "挑起?眉|扬起?眉|抬起?眉",
    ),
    _entry("action", "blink", USUAL, "blink(?:s|ing|ed)?|wink(?:s|ing|ed)?", "眨了?眨?眼"),
    _entry("action", "sigh", USUAL, "sigh(?:s|ing|ed)?|exhal(?:es?|ing)", "叹了?口?气|叹息"),
)  # fmt: skip

SECONDS = {"nod": 1.2, "shake head": 1.5, "brow raise": 1.0, "blink": 0.4, "sigh": 2.0, "lean in": 3.0}
"""How long an action takes that happens once; looks take 2 s; a smile lasts as long as its beat."""
LOOK_SECONDS = 2.0
SUSTAINED = re.compile(
    r"\b(?:keep|keeps|kept|constantly|continuously|repeatedly|throughout|always|the whole time)\b|一直|不停|始终|不断"
)

WEAKER = re.compile(
    r"\b(?:slight(?:ly)?|a (?:little )?bit|bit of|a little|little|mild(?:ly)?|somewhat|faint(?:ly)?|a touch|"
    r"subtl[ey]|gentl[ey]|soft(?:ly)?|kind of|"
    r"sort of|rather|slow(?:ly)?|barely|small|tiny)\b|有点儿?|有些|稍微|稍稍|略微|略|微微|轻轻|轻微|一点|淡淡|缓缓|慢慢|缓慢"
)  # fmt: skip
STRONGER = re.compile(
    r"\b(?:very|extreme(?:ly)?|really|deep(?:ly)?|so|totally|absolutely|incredibly|intense(?:ly)?|strong(?:ly)?|"
    r"highly|completely|utterly|"
    r"big|quick(?:ly)?|fast|firmly|vigorously|dramatic(?:ally)?|wildly|terribly|truly)\b|非常|极其|极度|极为|十分|"
    r"特别|超级|格外|相当|强烈|用力|迅速|快速|太|极"
)  # fmt: skip
NOT = re.compile(
    r"\b(?:not(?! only)|no|never|without|avoid(?:s|ing)?|don'?t|doesn'?t|isn'?t|aren'?t|won'?t|shouldn'?t|can'?t|"
    r"cannot|neither|nor|stop(?:s|ping)?|"
    r"hardly)\b"
)  # fmt: skip
NOT_CHINESE = re.compile(r"(?:不要?|别|没有?|无需?|勿|禁止|避免|停止|不会|不能|不再)(?:再|有|任何|太|去|要|非常|特别|[地得])*$")
NO_CAMERA = re.compile(
    r"\bno (?:\w+ )?(?:camera|lens) (?:move|motion|movement|moves|movements|work)|\b(?:without|"
    r"avoid)(?: any)? camera (?:motion|movement|moves?)|"
    r"\b(?:camera|shot)(?: \w+)? (?:not|doesn'?t|don'?t|never|won'?t)(?: \w+)? (?:move|moving)|\b(?:not|don'?t|"
    r"never) move the camera|"
    r"(?:镜头|机位|摄像机|相机)(?:保持|请)?(?:不要?|别|勿)(?:移?动|晃)|不要?(?:移动|晃动)(?:镜头|相机)|(?:没有|"
    r"无)(?:镜头|相机)(?:运动|移动)"
)  # fmt: skip
