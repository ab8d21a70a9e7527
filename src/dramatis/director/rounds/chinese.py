"""The experts' sentences in Chinese: evidence, and how conflicts were settled, phrase by phrase.

Experts write English; Chinese minutes use these phrases instead. Text of the user or of a language model
is not translated.
"""

import re
from functools import partial

from dramatis.director.pattern import Pattern

WORDS = {
    "calm": "平静", "excitement": "兴奋", "confusion": "困惑", "sadness": "悲伤", "surprise": "惊讶", "anger": "愤怒",
    "static": "固定", "push in": "推近", "pull out": "拉远", "pan left": "左摇", "pan right": "右摇", "tilt up": "上摇",
    "tilt down": "下摇", "handheld": "手持", "orbit": "环绕", "follow": "跟随",
    "nod": "点头", "shake head": "摇头", "look left": "看左", "look right": "看右", "look up": "抬头", "look down": "低头",
    "lean in": "前倾", "smile": "微笑", "brow raise": "扬眉", "blink": "眨眼", "sigh": "叹气", "wave": "挥手",
    "turn left": "左转", "turn right": "右转", "raise both hands": "举起双手", "fold arms": "抱臂", "point": "指",
    "shrug": "耸肩", "clap": "鼓掌", "bow": "鞠躬", "take off glasses": "摘眼镜", "drink": "喝水", "hand over": "递",
    "walk in": "走进", "sit down": "坐下", "stand up": "站起来", "dance": "跳舞",
    "close-up": "特写", "medium close-up": "近景", "medium": "中景", "full": "全景",
    "hectic movement": "慌乱的动作", "blank face": "面无表情", "confident look": "自信的神情", "bored face": "无聊的神情",
    "leaning back": "后仰", "frown": "皱眉", "hands at rest": "双手不动", "walking away": "走开", "standing up": "站起来",
    "sitting down": "坐着",
    "camera shake": "镜头抖动", "zoom": "变焦", "distorted teeth": "牙齿变形", "asymmetric eyes": "双眼不对称",
    "plastic skin": "塑料般的皮肤", "broken neck line": "颈部断裂", "extra fingers": "多余的手指", "fused hands": "双手粘连",
    "bent arms": "手臂扭曲", "extra limbs": "多余的肢体", "floating feet": "双脚悬空", "smeared face": "面部模糊",
    "distorted face": "面部变形", "lips out of time": "口型不同步", "flicker": "闪烁", "another person's face": "别人的脸",
    "captions": "字幕", "mixed-up faces": "面孔混淆", "wrong mouth moving": "张错嘴的人",
}  # fmt: skip
"""What experts speak of."""
_W = "(" + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)) + ")"
_COLOURS = {
    "black": "黑", "grey": "灰", "white": "白", "red": "红", "orange": "橙", "yellow": "黄", "green": "绿", "cyan": "青",
    "blue": "蓝", "purple": "紫", "pink": "粉", "brown": "棕", "beige": "米色",
}  # fmt: skip
_C = "(" + "|".join(_COLOURS) + ")"
_ATTRIBUTES = {
    "skins": "肤色", "hairs": "发型", "hair colours": "发色", "beards": "胡须", "glasses": "眼镜", "clothes": "服装",
    "colours": "颜色", "builds": "体型", "faces": "脸型",
    "species": "物种", "styles": "画风", "sets": "场景", "lights": "光线", "weathers": "天气",
    "happenings": "事件",
}  # fmt: skip
_A = "(" + "|".join(sorted(_ATTRIBUTES, key=len, reverse=True)) + ")"
_PHRASES = tuple(
    (Pattern(rf"(?<!\w){english}(?!\w)"), chinese)
    for english, chinese in (
        (r"the words say (?=\")", "文字中有"),
        (r"the words say so", "文字如此"),
        (r"the words say who speaks", "文字说明了谁在说话"),
        (r"the words suggest it: (?=\")", "文字暗示"),
        (r"chosen by the seed (\d+)", r"由种子 {1} 选定"),
        (rf"(?<=[:,] ){_A}(?=(?:, {_A.replace('(', '(?:')})*$)", r"{1}"),
        (r"the script says so", "剧本如此"),
        (r"the voice says so too", "声音也是如此"),
        (rf"the voice sounds like {_W}", r"声音听起来是{1}"),
        (r"the words only imply it, and the voice says otherwise", "文字只是暗示，而声音并非如此"),
        (r"(.+?) is heard from ([\d.]+) to ([\d.]+) s", r"{1} 在 {2} 至 {3} 秒说话"),
        (r"(very )?(steady|aroused|soft), (very )?(neutral|bright|dark) voice", r"声音{1}{2}、{3}{4}"),
        (r"([\d.]+) syllables a second", r"每秒 {1} 个音节"),
        (r"the face takes (\d+%) of the picture's height", r"脸占画面高度的 {1}"),
        (r"(\S+) looks so in the picture", r"{1} 在画面中看起来如此"),
        (r"(dark|bright|even)( hard| soft)?( warm| cool)? light", r"{1}{2}{3}的光线"),
        (rf"{_C}(?=(?:, {_C.replace('(', '(?:')})*$)", r"{1}"),
        (r"brightness and colours of (.+)", r"{1} 的明暗与色彩"),
        (rf"an? {_W} shows no hands", r"{1}看不到手"),
        (rf"an? {_W} shows no body", r"{1}看不到全身"),
        (rf"room for: {_W}", r"要看得到{1}"),
        (rf"the contrary of {_W}", r"{1}的反面"),
        (rf"a fault of {_W} picture", r"{1}常见的毛病"),
        (r"a fault of (?:every picture|generated films)", "生成影片常见的毛病"),
        (r"only (\S+) does it", r"只有 {1} 这样做"),
        (rf"the strongest feeling is {_W}", r"最强的情绪是{1}"),
        (rf"{_W} is strong, so the camera comes closer", r"{1}强烈，所以镜头靠近"),
        (r"nobody asked for a move", "没有人要求运镜"),
        (rf"{_W} implies it", r"{1}含有此意"),
        (r"(\S+) has the floor", r"{1} 正在发言"),
        (r"(\S+) follows what (\S+) says", r"{1} 在听 {2} 说话"),
        (r"(the words come|the voice comes|the picture comes) first", r"{1}优先"),
        (rf"{_W} leads, {_W} colours it", r"以{1}为主，带有{2}"),
        (r"the picture stays; the wish is shown by what is in it", "画面不变；用画面里有的来表现"),
        (r"the wish stays in the plan, and what is nearest to it is shown", "愿望留在计划里，用最接近的来表现"),
        (r"a picture cannot become wider than it is", "画面不能比原图更宽"),
        (rf"framing: {_W} cannot be seen in an? {_W}", r"景别：{2}里看不到{1}"),
        (rf"framing: the face leaves no room for: {_W}", r"景别：脸太满，没有空间{1}"),
        (r"the wish stays in the plan; a camera that keeps the face whole hardly moves", "愿望保留；脸要完整，镜头几乎不能动"),
        (rf"the engine (\S+) cannot show: {_W}", r"引擎 {1} 无法表现{2}"),
        (rf"an? {_W} picture", r"{1}画面"),
    )
)
_PARTS = {
    "very": "很", "steady": "平稳", "aroused": "激动", "soft": "轻柔", "neutral": "中性", "bright": "明亮", "dark": "低沉",
    "even": "均匀", "hard": "硬", "warm": "偏暖", "cool": "偏冷",
    "the words come": "文字", "the voice comes": "声音", "the picture comes": "画面",
    **_COLOURS,
    **_ATTRIBUTES,
}  # fmt: skip


def in_chinese(sentence: str) -> str:
    """Translate an expert's word or sentence; other text is unchanged."""
    if sentence in WORDS:
        return WORDS[sentence]
    told = sentence
    for pattern, chinese in _PHRASES:
        told = pattern.sub(partial(_filled, chinese), told)
    return told if told == sentence else told.replace("; ", "；").replace(", ", "，").replace(": ", "：")


def _filled(chinese: str, match: re.Match[str]) -> str:
    parts = (part.strip() for part in match.groups(default=""))
    return chinese.format("", *(WORDS.get(part) or _PARTS.get(part) or part for part in parts))
