"""Words for constant properties: setting, light, weather, style, framing and looks, English and Chinese."""

from typing import Literal

from dramatis.director.pattern import Pattern

Fact = tuple[Literal["setting", "style", "framing"], str, Pattern]


def _fact(kind: Literal["setting", "style", "framing"], what: str, english: str, chinese: str) -> Fact:
    return kind, what, Pattern(rf"(?<![a-z])(?:{english})(?![a-z])|{chinese}")


FACTS: tuple[Fact, ...] = (
    _fact("setting", "kitchen", "kitchen", "厨房|灶台"),
    _fact("setting", "living room", "living[- ]room|sofa|couch|at home|lounge", "客厅|沙发|家里"),
    _fact("setting", "office", "office|desk|meeting room|boardroom", "办公室|办公桌|会议室"),
    _fact("setting", "classroom", "class-?room|blackboard|lecture hall", "教室|课堂|讲台|黑板"),
    _fact("setting", "library", "library|bookshel(?:f|ves)|book-?store", "图书馆|书架|书店|书房"),
    _fact("setting", "stage", "on stage|on a stage|theat(?:er|re)|concert hall|podium", "舞台|剧院|台上|音乐厅"),
    _fact("setting", "street", "street|city|alley|avenue|sidewalk|downtown", "街道|街头|街上|城市|小巷|马路"),
    _fact("setting", "park", "park|garden|meadow|lawn", "公园|花园|草地|草坪"),
    _fact("setting", "beach", "beach|sea-?side|by the sea|ocean|shore", "海滩|沙滩|海边|大海"),
    _fact("setting", "forest", "forest|woods|woodland|jungle", "森林|树林|林中|丛林"),
    _fact("setting", "mountains", "mountains?|summit|alps|hills?", "山上|山里|山中|高山|山顶|群山|雪山|山间"),
    _fact("setting", "space", "outer space|in space|spaceship|space station|planet", "太空|宇宙|飞船|星球"),
    _fact("setting", "studio", "studio|news ?room", "演播室|录音棚|直播间|摄影棚"),
    _fact("setting", "cafe", "caf[eé]|coffee shop|restaurant|bar", "咖啡馆|咖啡店|茶馆|咖啡厅|餐厅|酒吧"),
    _fact("setting", "car", "in (?:a|the|her|his|their) car|driving", "车里|汽车里|开车"),
    _fact(
        "setting",
        "day",
        "daylight|daytime|by day|during the day|sunny|(?:in|under) the sun|noon|bright day|midday|morning light",
        "白天|阳光|日光|清晨|早晨|晨光|午后|烈日|晴朗|正午|中午|晴天",
    ),
    _fact(
        "setting", "sunset", "sunset|sunrise|dusk|dawn|golden hour|evening light|twilight", "日落|夕阳|黄昏|傍晚|日出|黎明|晚霞"
    ),
    _fact(
        "setting",
        "night",
        "nights?|midnight|late evening|nocturnal|moonlight|moonlit|dark outside",
        "夜晚|午夜|半夜|夜间|夜空|夜里|深夜|晚上|月光|夜色|天黑",
    ),
    _fact("setting", "lamp", "lamp|lamplight|candle(?:light|lit)?|firelight", "台灯|灯光|烛光|灯下"),
    _fact("setting", "rain", "rain(?:s|y|ing)?|storm|drizzle", "下着?大?雨|雨夜|雨天的|小雨|雨点|雨里|雷雨|雨中|雨天|暴雨|细雨"),
    _fact("setting", "snow", "snow(?:s|y|ing|fall)?", "下着?大?雪|雪花|雪景|雪夜|漫天飞雪|雪中|飘雪|雪地|大雪|雪花"),
    _fact("setting", "fog", "fog(?:gy)?|mist(?:y)?|haze", "雾"),
    _fact("setting", "wind", "wind(?:y)?|breeze|breezy", "风吹|刮风|起风|寒风|海风|狂风|大风|微风|风中|有风|风很大"),
    _fact(
        "style",
        "cinematic",
        "cinematic(?:ally)?|cinema|(?:like|in) (?:a|the) (?:movies?|films?)|film look|movie-like|hollywood",
        "电影",
    ),
    _fact("style", "documentary", "documentary|reportage|interview style", "纪录片|纪实|采访风格"),
    _fact(
        "style",
        "news",
        "(?<!bad )(?<!good )(?<!great )(?<!sad )(?<!the )news(?:caster|reader| report| anchor)?|report(?:er)?",
        "新闻|播报|主播",
    ),
    _fact("style", "sketch", "sketch(?:ed|y)?|pencil|hand-?drawn", "素描|手绘|铅笔"),
    _fact("style", "flat", "flat (?:cartoon|style|design|colou?rs?)|flat", "扁平"),
    _fact("style", "outlined", "outlined?|comic|line art", "漫画|线稿|描边"),
    _fact("style", "shaded", "shaded|3d(?: style)?|pixar", "立体|三维|3d"),
    _fact("style", "cartoon", "cartoon(?:ish)?|animated film|anime", "卡通|动画|动漫"),
    _fact("style", "black and white", "black[- ]and[- ]white|monochrome", "黑白"),
    _fact("style", "vintage", "vintage|retro|old film|1950s", "复古|怀旧风|老电影"),
    _fact("style", "realistic", "(?:photo-?)?realistic|photo-?real|lifelike", "写实|逼真|真实感"),
    _fact(
        "framing",
        "close-up",
        "(?<!medium )close[- ]?ups?|closeup|ecu|close shot|only (?:her|his|the) (?:face|eyes)",
        "(?<!中)(?<!中近)特写",
    ),
    _fact("framing", "medium close-up", "medium close[- ]?up|mcu|head and shoulders|bust shot", "近景|中近景|半身特写|胸像"),
    _fact("framing", "medium", "medium shot|mid-?shot|two-?shot|waist[- ]up|half-?length|medium view", "中景|半身"),
    _fact(
        "framing",
        "full",
        "full[- ](?:body|shot|length)|whole body|head to toe",
        "全身|全景",
    ),
    _fact("framing", "wide", "wide (?:shot|angle|view)|long shot|establishing shot", "远景|广角|大全景"),
)

COLOURS = {
    "red": "red|ginger|auburn|红",
    "blond": "blond|blonde|golden|金",
    "black": "black|黑",
    "brown": "brown|chestnut|棕|褐",
    "grey": "gr[ae]y|silver|灰|银|花白",
    "white": "white|白",
    "blue": "blue|蓝",
    "green": "green|绿",
    "yellow": "yellow|黄",
    "orange": "orange|橙|橘",
    "purple": "purple|violet|紫",
    "pink": "pink|粉",
}
"""Names of colours, and the words for each."""
_CLOTHES = {
    "shirt": "shirt|blouse|t-shirt|衬衫|衬衣|t恤",
    "jacket": "jacket|coat|blazer|suit|夹克|外套|西装|大衣",
    "hoodie": "hoodie|卫衣|帽衫",
    "dress": "dress|gown|裙子?|连衣裙|礼服", "sweater": "sweater|jumper|pullover|cardigan|毛衣",
}  # fmt: skip
_HAIR = r"(?:\w+ |(?:色|的|长|短|卷|直)*)?(?:hair(?:ed)?\b|头?发)"
_BARE_LOOKS = {
    "glasses": r"\b(?:sun-?)?(?:glasses|spectacles)\b|眼镜|墨镜", "beard": r"\bbeard(?:ed)?\b|胡子|胡须|络腮",
    "moustache": r"\bmou?stache\b|八字胡|小胡子",
    "long hair": r"\blong (?:\w+ )?hair|长发",
    "short hair": r"\bshort (?:\w+ )?hair|短发",
    "curly hair": r"\bcurly|curls\b|卷发",
    "light skin": r"\b(?:light|fair|pale)[- ]skin|(?:皮肤白|白皮肤|浅色?皮肤|白皙)",
    "tan skin": r"\b(?:tan|tanned|olive)[- ]skin|(?:小麦色|古铜色)的?皮肤",
    "dark skin": r"\b(?:dark|black|brown)[- ]skin|(?:深色?|黑|棕色?)皮肤",
    "ponytail": r"\bponytail\b|马尾",
    "bald": r"\bbald\b|光头|秃",
    "young": r"\byoung\b|年轻",
    "old": r"\b(?:old|elderly|aged)\b|老人|年迈|老太|老爷爷|老奶奶",
}  # fmt: skip
LOOKS: tuple[tuple[str, Pattern], ...] = (
    *(
        (
            f"{colour} hair",
            Pattern(rf"(?:{words})[- ]?{_HAIR}|{_HAIR.replace('(?:hair', '(?:hair is')}(?:{words})"),
        )
        for colour, words in COLOURS.items()
    ),
    *(
        (f"{colour} {garment}", Pattern(rf"(?:{words})色?的?[- ]?(?:\w+ )?(?:{garments})(?![a-z])"))
        for colour, words in COLOURS.items()
        for garment, garments in _CLOTHES.items()
    ),
    *((what, Pattern(words)) for what, words in _BARE_LOOKS.items()),
)
"""What somebody looks like, and the words that say so."""
TAKES_OFF = Pattern(r"(?:takes?|taking|pulls?|slips?|removes?|removing)\b[^,.;]*glasses|(?:摘|取|脱|拿)下?[^,。;]*镜")
"""Glasses that go, and so are no look."""
