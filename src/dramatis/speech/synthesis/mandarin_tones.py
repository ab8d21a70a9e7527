"""Mandarin syllables with the tones with which they are said, which are not always those of a dictionary.

The rules are those of textbooks (e.g. Duanmu, The Phonology of Standard Chinese, 2007): syllables without a tone, 一 and 不 by
what follows, third tones before third tones, 儿 as the end of a syllable, and particles that are written like full words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

THIRD, NEUTRAL = "3", "5"
_PERSONS = set("我你您他她它们人")
_CLASSED = set("一二两三四五六七八九十几那这哪半每")
_NO_ADVERBS, _NO_NOUNS = _CLASSED | set("的块片"), set("了着很不也都就")
_GIVEN_BACK, _OF_LENGTH = set("书钱给清债"), set("得很约度短")
_DIGITS = set("零一二三四五六七八九十百千万亿第周期拜")
_COUNTED = set("二三四五六七八九十月号楼")
_UNLIKE_SUFFIX = {"女儿", "婴儿", "幼儿", "孤儿", "胎儿", "少儿", "男儿", "健儿", "宠儿"}
_FULL_PLACES = {"马上", "以上", "之上", "向上", "北上", "至上", "哪里", "公里", "英里", "海里", "邻里"}
_TWICE = set("妈爸哥弟姐妹爷奶叔舅姑伯婆公太宝星谢看走说听想试等坐问聊玩找读写笑尝歇瞧猜")
_WORDS = """
    东西 眼睛 朋友 先生 漂亮 衣服 窗户 告诉 知道 时候 意思 明白 消息 关系 客气 认识 喜欢 麻烦 头发 耳朵 事情 太阳 月亮 故事
    干净 答应 学生 大夫 丈夫 妻子 女婿 媳妇 亲戚 邻居 师傅 护士 和尚 太太 姑娘 老婆 伙计 厉害 聪明 糊涂 老实 热闹 暖和 凉快
    舒服 结实 便宜 清楚 马虎 奇怪 地方 部分 办法 本事 力气 脾气 运气 福气 味道 名字 豆腐 点心 粮食 蘑菇 葡萄 西瓜 萝卜 石榴
    骆驼 狐狸 蛤蟆 蚂蚁 苍蝇 牲口 玻璃 扫帚 钥匙 被子 包袱 首饰 胳膊 指甲 嘴巴 尾巴 下巴 脑袋 屁股 骨头 石头 木头 馒头 枕头
    舌头 里头 外头 前头 后头 上头 下头 拳头 风筝 笑话 行李 休息 商量 打听 打算 打扮 招呼 照顾 收拾 告示 抱怨 佩服 咳嗽 哆嗦
    耽误 应酬 琢磨 折腾 吩咐 体面 快活 痛快 勤快 新鲜 踏实 自在 规矩 道理 交情 工夫 功夫 买卖 生意 庄稼 月饼 云彩 早上 晚上
    觉得 记得 懂得 晓得 值得 舍得 认得 显得 免得 怎么 什么 这么 那么 多么 出去 出来 进去 进来 回去 回来 上去 上来 下去 下来
    过去 过来 起来 爱人 队伍 态度 提防 相声 学问 眉毛 稀罕 吓唬 心思 行当 秀才 丫头 养活 衙门 冤枉 扎实 帐篷 主意 状元 字号
    嘱咐
"""
_LIGHT = frozenset(_WORDS.split())
"""Words whose second syllable has no tone."""


@dataclass(frozen=True)
class Syllable:
    """A character as it is said: initial and final of its pinyin and its tone, 1 to 4, or 5 for none; `rhotic`: 儿 ends it."""

    sign: str
    initial: str
    final: str
    tone: str
    rhotic: bool = False


def spoken(words: Sequence[str]) -> list[list[Syllable]]:
    """The syllables of the words of a phrase, as they are said together."""
    read = [_neutral(word, _syllables(word)) for word in words]
    read = [_particle(read, place) if len(found) == 1 else found for place, found in enumerate(read)]
    lengths = [len(found) for found in read]
    read = _parted(_varied([one for found in read for one in found], lengths), lengths)
    return [_rhotic(word, found) for word, found in zip(words, _thirds(read), strict=True)]


def _syllables(word: str) -> list[Syllable]:
    from pypinyin import Style, lazy_pinyin

    initials = lazy_pinyin(word, style=Style.INITIALS, strict=True, errors="ignore")
    finals = lazy_pinyin(word, style=Style.FINALS_TONE3, strict=True, neutral_tone_with_five=True, errors="ignore")
    read = [(final[:-1], final[-1]) if final[-1:].isdigit() else (final, NEUTRAL) for final in finals]
    return [Syllable(sign, initial, *final) for sign, initial, final in zip(word, initials, read, strict=False)]


def _neutral(word: str, read: list[Syllable]) -> list[Syllable]:
    """The second syllables of common words, of relatives and of tried verbs, and places behind nouns, lose their tones."""
    light = {at + 1 for at, (one, two) in enumerate(pairwise(word)) if one + two in _LIGHT}
    if len(word) == 2 and word[0] == word[1] and word[0] in _TWICE:
        light.add(1)
    if len(word) > 1 and word[-1] in "上里们" and word[-2:] not in _FULL_PLACES:
        light.add(len(word) - 1)
    if len(word) == 3 and word[1] == "得" and word != "不得不":
        return [read[0], replace(read[1], final="e", tone=NEUTRAL), read[2]]
    return [replace(one, tone=NEUTRAL) if at in light else one for at, one in enumerate(read)]


def _particle(read: Sequence[list[Syllable]], place: int) -> list[Syllable]:
    """A word of one character by its neighbours."""
    before = read[place - 1][-1].sign if place and read[place - 1] else ""
    after = read[place + 1][0].sign if place + 1 < len(read) and read[place + 1] else ""
    return [_alone(one, before, after) for one in read[place]]


def _alone(one: Syllable, before: str, after: str) -> Syllable:
    """A syllable as its neighbours change it."""
    if one.sign == "得" and before in _PERSONS and after:
        return replace(one, final="ei", tone=THIRD)
    if one.sign in "得地" and before and before not in _NO_ADVERBS:
        return replace(one, final="e", tone=NEUTRAL)
    if one.sign in "里上过" and before and before not in _NO_NOUNS:
        return replace(one, tone=NEUTRAL)
    if one.sign == "只" and before in _CLASSED:
        return replace(one, tone="1")
    if one.sign == "还" and after and after in _GIVEN_BACK:
        return replace(one, final="uan")
    return replace(one, initial="ch", tone="2") if one.sign == "长" and after and after in _OF_LENGTH else one


def _varied(read: Sequence[Syllable], lengths: Sequence[int]) -> list[Syllable]:
    """一 and 不 by what follows."""
    inside = [at not in (0, length - 1) for length in lengths for at in range(length)]
    tones = [_tone_before(read, at, inside[at]) if one.sign in "一不" else one.tone for at, one in enumerate(read)]
    return [replace(one, tone=tone) for one, tone in zip(read, tones, strict=True)]


def _tone_before(read: Sequence[Syllable], at: int, inside_word: bool) -> str:
    one, before = read[at].sign, read[at - 1].sign if at else ""
    full = "1" if one == "一" else "4"
    if at + 1 == len(read):
        return full
    after = read[at + 1]
    if before == after.sign or (one == "不" and inside_word):
        return NEUTRAL
    if one == "一" and (after.sign in _COUNTED or before in _DIGITS):
        return full
    return "2" if after.tone == "4" or after.sign == "个" else "4"


def _parted(read: Sequence[Syllable], lengths: Sequence[int]) -> list[list[Syllable]]:
    ends = [sum(lengths[: at + 1]) for at in range(len(lengths))]
    return [list(read[end - length : end]) for end, length in zip(ends, lengths, strict=True)]


def _thirds(read: list[list[Syllable]]) -> list[list[Syllable]]:
    """A third tone before another one rises: first inside words, then from word to word, from the end on."""
    inner = [_inside(word) for word in read]
    for place in range(len(inner) - 2, -1, -1):
        one, two = inner[place], inner[place + 1]
        if one and two and one[-1].tone == two[0].tone == THIRD and min(len(one), len(two)) == 1:
            one[-1] = replace(one[-1], tone="2")
    return inner


def _inside(word: list[Syllable]) -> list[Syllable]:
    tones = [one.tone for one in word]
    if tones == [THIRD] * 3:
        tones = [THIRD, "2", THIRD] if word[0].sign in "小老很好总" else ["2", "2", THIRD]
    for at in range(len(tones) - 2, -1, -1):
        if tones[at] == tones[at + 1] == THIRD:
            tones[at] = "2"
    return [replace(one, tone=tone) for one, tone in zip(word, tones, strict=True)]


def _rhotic(word: str, read: list[Syllable]) -> list[Syllable]:
    if len(read) < 2 or word[-1] != "儿" or word in _UNLIKE_SUFFIX:
        return read
    return [*read[:-2], replace(read[-2], rhotic=True)]
