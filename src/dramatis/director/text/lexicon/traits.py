"""Words for how drawn people look, attribute by attribute, in English and Chinese.

Read only for engines that draw people from words (`Limits.draws`). A value is a word of the stage's, or another one that no
engine draws yet ("goatee"): `casting/nearest` says what comes next to it. The attribute "things" is for what is worn or held,
and for age, which nobody on the stage has.
"""

import re
from dataclasses import dataclass

from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon.scenery import COLOURS
from dramatis.director.text.people import MARKS

SHADES = {
    **COLOURS,
    "red": f"{COLOURS['red']}|crimson|scarlet|maroon|burgundy",
    "blue": f"{COLOURS['blue']}|navy|turquoise",
    "white": f"{COLOURS['white']}|cream|beige|ivory",
    "blond": f"{COLOURS['blond']}|sandy|platinum",
}
"""Names of colours, and the words for each, of clothes as well."""
ANY = "|".join(SHADES.values())
_NOUN = rf"(?:man|woman|men|women|person|guy|lady|girl|boy|people|{MARKS}+)"
_GARMENTS = {
    "stripes": r"""
        strip(?:ed|y) (?:\w+ )?(?:shirts?|tops?|t-?shirts?|sweaters?|jumpers?|blouses?)|stripes|条纹\w?衫?
    """,
    "hoodie": r"hoodies?|hooded (?:top|sweater|sweatshirt)|卫衣|连?帽衫",
    "jacket": r"jackets?|coats?|blazers?|(?<!space)(?<!space )suits?|tuxedo|夹克|外套|西装|大衣|风衣",
    "dress": r"dress(?!ed)(?:es)?|gown|连衣裙|裙子|礼服|旗袍",
    "sweater": r"sweaters?|jumper|pullover|cardigan|sweatshirt|turtleneck|毛衣",
    "shirt": r"shirts?|blouse|t-?shirts?|tee|polo|tank ?top|tunic|top(?= (?:and|with|in)|$|,)|衬衫|衬衣|t恤|上衣",
}
_WORN = r"""
    hats?|caps?|beanie|helmet|crown|tiara|headscarf|hijab|turban|veil|scar(?:f|ves)|ties?|bow ?tie|necklace|ear-?rings?
    |jewell?ery|headphones|earphones|headset|gloves|apron|uniform|armou?r|kimono|robe|cape|vest|waistcoat|swimsuit
    |bikini|space ?suit|lab ?coat|jeans|trousers|pants|shorts|skirt|shoes|boots|socks|heels|tattoos?|piercings?|freckles
    |scars?|wrinkles|make-?up|lipstick|horns|wings|tail|fangs|mask|monocle|goggles|eye ?patch|backpack|umbrella
    |(?:micro|tele)?phone|mic|guitar|sword|wand|cigarette|cigar|pipe|book|laptop|newspaper|flowers?|bouquet|balloons?
    |coffee|cup|mug|bottle|table|chair
"""
_CLOTHED = "|".join((*_GARMENTS.values(), "clothes|clothing|outfit|衣服?"))
_EYEWEAR = r"(?:glasses|spectacles|eye-?glasses|specs)"


@dataclass(frozen=True)
class Trait:
    """Words that say `value` of an attribute, and `what` says it in plain English."""

    attribute: str
    value: str
    what: str
    pattern: Pattern


def trait(attribute: str, value: str, what: str, english: str, chinese: str = "") -> Trait:
    """A trait from English and Chinese alternatives."""
    parts = ([rf"(?<![a-z])(?:{english})(?![a-z])"] if english else []) + ([chinese] if chinese else [])
    return Trait(attribute, value, what, Pattern("|".join(parts)))


_SKINS = (
    trait(
        "skins",
        "light",
        "light skin",
        rf"(?:light|fair)[- ]skin(?:ned)?|(?:white|caucasian)(?= {_NOUN})",
        "浅色?皮肤|皮肤白(?!皙)|白皮肤",
    ),
    trait("skins", "pale", "pale skin", rf"(?:pale|porcelain|very light)[- ]skin(?:ned)?|pallid|pale(?= {_NOUN})", "白皙|苍白"),
    trait(
        "skins",
        "tan",
        "tan skin",
        "(?:tan|tanned|olive|bronzed?)[- ]skin(?:ned)?|sun-?tanned",
        "(?:小麦色?|古铜色?)的?(?:皮肤|肤色)",
    ),
    trait("skins", "brown", "brown skin", "brown[- ]skin(?:ned)?", "棕色?皮肤"),
    trait(
        "skins",
        "dark",
        "dark skin",
        rf"(?:dark|black|deep brown)[- ]skin(?:ned)?|(?:black|african(?:[- ]american)?)(?= {_NOUN})",
        "(?:深色?|黑色?)的?皮肤|黑人",
    ),
)
_HAIRS = (
    trait("hairs", "bald", "bald", "bald(?:ing|-headed)?|no hair|hairless|shav(?:ed|en) head", "光头|秃"),
    trait(
        "hairs",
        "short",
        "short hair",
        r"short[- ,](?:\w+[- ,]+){0,2}hair(?:ed)?|hair cut short|buzz ?cut|pixie cut|crew cut",
        "短(?:色|的|卷|直|头)*发|短黑发",
    ),
    trait("hairs", "bob", "a bob", "bob(?: cut)?", "波波头"),
    trait(
        "hairs",
        "long",
        "long hair",
        r"(?:long|shoulder-length|flowing)[- ,](?:\w+[- ,]+){0,2}hair(?:ed)?|hair is (?:\w+,? (?:and )?){0,2}long",
        "长(?:色|的|卷|直|黑|红|金|白|棕|头)*发|披肩发",
    ),
    trait(
        "hairs",
        "curly",
        "curly hair",
        r"(?:curly|curled|wavy|frizzy)(?:[- ,]\w+){0,2}[- ,]hair(?:ed)?|curly|curls|afro|perm",
        "卷(?:色|的|头)*发|卷毛",
    ),
    trait("hairs", "ponytail", "a ponytail", "pony-?tails?|hair (?:is )?tied back", "马尾"),
    trait(
        "hairs",
        "bun",
        "hair in a bun",
        "(?:hair )?(?:in|into) a bun|(?:hair )?buns?|top ?knot|updo|hair (?:is )?(?:tied|pinned|put) up",
        "发髻|丸子头|盘发",
    ),
    trait("hairs", "spiky", "spiky hair", r"spik(?:y|ed)(?: \w+)? hair(?:ed)?", "刺猬头"),
    trait("hairs", "braids", "braids", "braids?|braided|plaits?|pigtails?|dreadlocks", "辫子?|脏辫"),
    trait("hairs", "mohawk", "a mohawk", "mohawk", "莫西干"),
    *(
        trait(
            "hair_colours",
            colour,
            f"{colour} hair",
            rf"""
            (?:{words})[- ,](?:and )?(?:(?!with|in|and|has)\w+[- ,]+){{0,2}}hair(?:ed)?
            |hair (?:is|that is|was|in|dyed|of) (?:\w+,? (?:and )?){{0,2}}(?:{words})
            |(?:{words}) (?:bun|bob|ponytail|curls|braids?|afro|mohawk)
            """,
            rf"(?:{words})(?:色|的|长|短|卷|直)*(?:头发|发|马尾|辫|丸子头|波波头|刺猬头|卷毛)|头?发(?:是|为|染成)?(?:\w{{0,2}}的)?(?:{words})色?",
        )
        for colour, words in SHADES.items()
    ),
    trait("hair_colours", "blond", "blond hair", rf"blondes?(?! (?:\w+ )?hair)|blond(?= {_NOUN})"),
    trait("hair_colours", "red", "red hair", rf"red-?head(?:ed)?s?|ginger(?= {_NOUN}|$|[,.])|auburn"),
    trait("hair_colours", "brown", "brown hair", "brunettes?"),
    trait("hair_colours", "black", "black hair", r"dark[- ](?:\w+ )?hair(?:ed)?", "深色的?头?发"),
    trait("hair_colours", "blond", "blond hair", r"(?:fair|light)[- ](?:\w+ )?hair(?:ed)?", "浅色的?头?发"),
)
_BEARDS = (
    trait("beards", "none", "no beard", "clean-? ?shaven|beardless", "刮了?胡子|胡子刮"),
    trait("beards", "stubble", "stubble", "stubbl[ey]|unshaven|five o'clock shadow", "胡茬|胡渣"),
    trait("beards", "moustache", "a moustache", "mou?stach(?:e|ed|ioed)", "八字胡|小胡子"),
    trait("beards", "goatee", "a goatee", "goatee", "山羊胡"),
    trait("beards", "full", "a beard", "beard(?:s|ed)?", "(?<!小)(?<!羊)胡子|胡须|络腮胡?"),
    *(
        trait(
            "beard_colours",
            colour,
            f"a {colour} beard",
            rf"(?:{words})[- ,](?:\w+ )?(?:beard(?:ed)?|mou?stache|goatee)",
            rf"(?:{words})色?的?(?:\w{{0,2}})?胡子?",
        )
        for colour, words in SHADES.items()
    ),
)
_GLASSES = (
    trait("glasses", "round", "round glasses", rf"round (?:\w+ )?{_EYEWEAR}", "圆框?眼镜"),
    trait(
        "glasses",
        "square",
        "square glasses",
        rf"(?:square|rectangular|thick|horn-?rimmed) (?:\w+ )?{_EYEWEAR}",
        "方框?眼镜|黑框眼镜",
    ),
    trait("glasses", "dark", "sunglasses", rf"sun-?glasses|shades|(?:dark|tinted) {_EYEWEAR}", "墨镜|太阳镜"),
    trait("glasses", "any", "glasses", rf"{_EYEWEAR}|bespectacled", "(?<!圆)(?<!方)(?<!框)眼镜"),
)
_CLOTHES = (
    *(
        trait("clothes", garment, f"a {garment}", "", rf"(?<![a-z])(?:(?:{ANY})(?:色的?|[- ])?)?(?:{words})(?![a-z])")
        for garment, words in _GARMENTS.items()
    ),
    *(
        trait(
            "colours",
            colour,
            f"{colour} clothes",
            "",
            rf"""
            (?<![a-z])(?:{words})(?:色?的?|[- ](?:and \w+ )?(?:(?!hair|beard|eye|skin|hat|cap)\w+ )?)(?:{_CLOTHED})(?![a-z])
            |(?<![a-z])(?:{_CLOTHED}) (?:that is|which is|in|of) (?:\w+ )?(?:{words})(?![a-z])
            |\bin (?:all )?(?:(?:dark|light|bright|pale) )?(?:{words})(?![a-z])
                (?! (?:\w+ )?(?:side|background|wall|light|sky|room|hair|{_WORN})\b)
            |(?<![a-z])(?:wearing|wears) (?:all )?(?:{words})(?![a-z])(?! \w)
            |穿着?(?:{words})色?(?=衣|的?(?:$|[,。]))|(?:{words})色?衣
            """,
        )
        for colour, words in SHADES.items()
        if colour != "blond"
    ),
)
_WORN_CHINESE = """
    帽子?|头盔|皇冠|头巾|围巾|领带|领结|项链|耳环|耳机|手套|围裙|制服|盔甲|和服|长袍|披风|背心|泳衣|宇航服|白大褂
    |牛仔裤|裤子|短裤|鞋子?|靴子?|纹身|雀斑|皱纹|口红|翅膀|尾巴|面具|口罩|眼罩|背包|雨伞|麦克风|话筒|手机|吉他|剑
    |香烟|书本|鲜花|气球|咖啡|杯子
"""
_LIKE = r"\w+en|floral|huge|big|small|long|short|old|fur|wool|tall|school|police|baseball|top|cowboy|straw|party|witch'?s?"
_THINGS = (
    trait("things", "worn", "", rf"(?:(?:{ANY}|{_LIKE}) )*(?:{_WORN})", rf"(?:(?:{ANY})色?的?)?(?:{_WORN_CHINESE})"),
    trait(
        "things",
        "age",
        "",
        rf"(?<!years )(?<!year[- ])old(?![- ](?:film|movie|photo|picture|style|school|fashioned|house|town|city|{_WORN}))"
        "|elderly|aged|ancient",
        "年老|年迈|苍老|老人",
    ),
    trait("things", "eyes", "", rf"(?:{ANY}|hazel) eyes|(?:{ANY})-eyed", rf"(?:{ANY})色?的?眼睛"),
    trait("things", "build", "", "tall|petite", "高大"),
)
_BODIES = (
    trait(
        "builds",
        "broad",
        "broad build",
        "fat|obese|overweight|chubby|plump|muscular|stocky|burly|broad(?:-shouldered| build| shoulders)|heavy-?set",
        "胖|肥|魁梧|壮(?=的|$|[,。])|宽肩",
    ),
    trait("builds", "average", "average build", "average build", "中等身材"),
    trait(
        "builds",
        "slim",
        "slim build",
        "skinny|slim|thin(?= (?:body|man|woman|boy|girl|guy|lady))|slender|lanky",
        "苗条|(?<!消)瘦",
    ),
    trait("faces", "round", "round face", "(?:round|chubby)[- ]fac(?:e|ed)", "圆脸"),
    trait("faces", "oval", "oval face", "oval[- ]fac(?:e|ed)", "椭圆脸|鹅蛋脸|瓜子脸"),
    trait("faces", "square", "square face", "square[- ](?:face|faced|jaw|jawed)", "方脸|国字脸"),
    trait("faces", "long", "long face", "(?:long|narrow)[- ]fac(?:e|ed)", "长脸"),
)
TRAITS = (*_SKINS, *_HAIRS, *_BEARDS, *_GLASSES, *_CLOTHES, *_BODIES, *_THINGS)
"""Of somebody; a thing is called as the words call it."""
_DENIED = Pattern(r"""
    \b(?:no|not|without|never|nor|neither|\w+n't|minus|free of|instead of)
        (?: (?!in\b|with\b|on\b|at\b|but\b|and\b|who\b)[\w'-]+){0,4} ?$
    |(?:不|没有?|无|别|未(?!来))(?:要|能|是|有)?(?:佩?戴|留|穿|长|蓄)?着?(?:任何)?[^,。;的 ]{0,2}$
""")
_QUALITY = rf"(?:{ANY}|long|short|curly|dark|wavy)"
_LIT = Pattern(r"\bstudio (?:light(?:s|ing)?|quality|portrait|photo)\b")
_JOINED = Pattern(rf"(?<![a-z])(?P<one>(?!black and white){_QUALITY})(?:,? and |, )(?P<two>{_QUALITY})(?![a-z])")
_ARTICLE = Pattern(r"""
    \b(?P<article>an?|one|two|three|four|several|some)(?: (?!with|in|on|at|of|and|who)[\w-]+){0,2} $
    |[一两三四几][个只位名条顶副件]$
""")
_ADJECTIVE = Pattern(rf",? (?:[a-z]+ )?{_NOUN}(?![a-z])")
_ADJECTIVES = frozenset({"skins", "hairs", "hair_colours", "beards", "things", "builds"})
"""Attributes that some words name as a property of a noun."""


def joined(text: str) -> str:
    """A text in which qualities of one noun stand together, where "and" would cut: "long and black" as "long black"; without
    words for light that are no place.
    """
    return _JOINED.sub(lambda match: f"{match['one']} {match['two']}", _LIT.sub(" ", text))


@dataclass(frozen=True)
class Told:
    """What some words of a text say of somebody, or of the place; `denied`: that it is not so."""

    trait: Trait
    words: str
    denied: bool
    at: int


def told_in(text: str, *tables: tuple[Trait, ...]) -> list[Told]:
    """What a plain text (`clauses.normal`) says, in its order; of two traits with the same beginning the longer comes first."""
    found = [_told(text, match, known) for table in tables for known in table for match in known.pattern.finditer(text)]
    return sorted(found, key=lambda told: (told.at, -len(told.words)))


def _told(text: str, match: re.Match[str], known: Trait) -> Told:
    """The match, with the article or the number of a noun, as a quotation begins."""
    before, behind = text[: match.start()], text[match.end() :]
    adjective = known.attribute == "styles" or known.value == "age"
    adjective = adjective or (known.attribute in _ADJECTIVES and _ADJECTIVE.match(behind) is not None)
    found, words = None if adjective else _ARTICLE.search(before), match[0].strip(" ,")
    if found:
        article = "a" if found["article"] in ("a", "an") else found["article"]
        words = f"{article}{'n' if article == 'a' and words[0] in 'aeiou' else ''} {words}" if article else f"{found[0]}{words}"
    return Told(known, words, _DENIED.search(before) is not None, match.start())
