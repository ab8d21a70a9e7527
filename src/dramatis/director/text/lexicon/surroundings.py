"""Words for places, light, weather, style and framing beside those of `scenery`, for engines that draw what the words say.

Values that the stage does not have ("hospital") are here too: the nearest (`casting/nearest`) is drawn instead, and said.
"""

from dramatis.director.text.lexicon.scenery import FACTS
from dramatis.director.text.lexicon.traits import ANY, Trait, trait

_KINDS = {"setting": "sets", "style": "styles", "framing": "framings"}
_LIGHTS, _WEATHERS = frozenset({"day", "sunset", "night", "lamp"}), frozenset({"rain", "snow", "fog", "wind"})


def _attribute(kind: str, what: str) -> str:
    return "lights" if what in _LIGHTS else "weathers" if what in _WEATHERS else _KINDS[kind]


def _set(value: str, english: str, chinese: str, what: str = "") -> Trait:
    return trait("sets", value, what or value, english, chinese)


PLACES = (
    *(Trait(_attribute(kind, what), what, what, pattern) for kind, what, pattern in FACTS),
    _set(
        "living room",
        "(?:in|at) (?:the |a |her |his |my )?(?:house|home|apartment|flat)|sitting room|by the fireplace",
        "屋里|房间里|公寓|起居室",
    ),
    _set("office", "at work|cubicle|conference room|workplace", "会议厅|上班|公司里"),
    _set("park", "under a tree|on the grass|back ?yard", "树下|院子"),
    _set("beach", "at the sea|(?:on|at|by) the coast|on the sand|sea ?shore|seafront", "海滨|海岸"),
    _set("bedroom", "bedroom|(?:in|on) (?:a |the |her |his )?bed", "卧室|床上"),
    _set("bathroom", "bathroom|shower", "浴室"),
    _set("hospital", "hospital|clinic|laborator(?:y|ies)|lab", "医院|实验室|诊所"),
    _set("shop", "shop|store|supermarket|market|mall", "商店|超市|市场|商场"),
    _set("school", "school(?! uniform)|university|campus", "学校|大学|校园"),
    _set("church", "church|temple|castle|palace|museum|gallery|hotel|lobby", "教堂|寺庙|城堡|宫殿|博物馆|酒店"),
    _set(
        "vehicle",
        "(?:in|on) (?:a|the) (?:train|bus|plane|boat|ship|subway)|airport|station",
        "火车|公交|飞机|船上|地铁|机场|车站",
    ),
    _set("desert", "desert|dunes?", "沙漠"),
    _set("water", "lake|river|pool|under ?water|waterfall|island", "湖边|河边|泳池|水下|瀑布|岛上", "lake"),
    _set("country", "fields?|farm|village|countryside|barn", "田野|农场|村庄|乡村", "field"),
    _set("gym", "gym|stadium|arena|court", "健身房|体育馆|球场"),
    _set(
        "outdoors",
        r"""
        outdoors|(?<!rains )(?<!raining )(?<!snows )(?<!snowing )(?<!storms )(?<!thunder )(?<!lightning )outside(?!,? it )
        |open air|in nature|in the sun(?:shine)?
        """,
        "户外|野外|外面(?!正?在?[下刮打]|[很有]|雨|雪|风|雷)|大自然",
    ),
    _set(
        "indoors",
        r"""
        indoors|inside(?! (?:a|an|the|her|his)\b)|(?:in|inside) a room
        |(?:rain(?:s|ing)|snow(?:s|ing)|storm(?:s|ing)|thunder|lightning) outside
        |outside,? it (?:is )?(?:rain|snow|storm)(?:s|ing)
        """,
        "室内|屋内|外面(?=正?在?[下刮打])",
    ),
    _set(
        "plain",
        rf"(?:plain|{ANY}|blank|empty|neutral)(?: studio)? (?:background|backdrop|wall)|green ?screen",
        rf"(?:纯|{ANY})色?背景|绿幕",
        "plain background",
    ),
    trait("weathers", "clear", "clear weather", "clear (?:sky|skies|weather)|sunny|fine weather", "晴朗|晴天"),
    trait(
        "weathers",
        "thunder",
        "thunder",
        r"thunder\w*|lightning|hurricane|tornado|blizzard|hail|cloudy|overcast",
        "打雷|闪电|台风|暴风|阴天|多云",
    ),
    trait(
        "styles",
        "painting",
        "oil painting",
        r"""
        (?:oil |water-?colou?r )?painting|water-?colou?r|pixel art|cyberpunk|steampunk|lego|clay(?:mation)?
        |stop[- ]motion|impressionis[mt]\w*|noir|ghibli|disney
        """,
        "油画|水彩|水墨|像素|赛博朋克|黏土",
    ),
    trait(
        "happenings",
        "bouncing ball",
        "a ball bounces",
        r"ball (?:that )?(?:is )?(?:bounc|roll)\w+|bouncing (?:\w+ )?ball",
        "球[^,。;]{0,4}[弹跳滚]|[弹跳滚]\\w{0,3}的?球",
    ),
    trait(
        "happenings",
        "falling leaves",
        "leaves fall",
        r"(?:falling|autumn|drifting) leaves|leaves (?:are )?(?:fall|drift|com)\w*",
        "落叶|树?叶[^,。;]{0,3}[飘落]",
    ),
    trait(
        "happenings",
        "toppling stack",
        "a stack of blocks topples",
        r"(?:stack|tower|pile) of (?:toy )?(?:blocks|bricks|boxes)|(?:toy )?blocks (?:fall|toppl|tumbl|collaps)\w*",
        "积木",
    ),
    trait("styles", "realistic", "realistic", "photo(?:graph(?:ic)?)?(?= of)|4k photo|live[- ]action", "真人|实拍"),
)
"""Of the whole film."""
