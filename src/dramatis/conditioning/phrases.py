"""The words in which captions name what the stage draws, in English and Chinese; the first of each is the canonical one."""

from dramatis.conditioning.words import SPEAKS

Pair = tuple[tuple[str, ...], tuple[str, ...]]
"""Phrasings in English, and in Chinese."""

STYLES: dict[str, Pair] = {
    "flat": (("flat drawing", "flat cartoon", "a flat picture"), ("扁平画风", "扁平卡通")),
    "outlined": (("outlined drawing", "cartoon with outlines"), ("描边画风", "勾线卡通")),
    "shaded": (("shaded drawing", "shaded cartoon", "a drawing with soft light"), ("明暗画风", "立体卡通")),
    "sketch": (("pencil sketch", "sketched drawing"), ("铅笔素描", "手绘草图")),
}
SPECIES: dict[str, Pair] = {
    "woman": (("a woman", "one woman", "an adult woman", "a lady"), ("女人", "一个女人", "一位女士")),
    "man": (("a man", "one man", "an adult man"), ("男人", "一个男人", "一位男士")),
    "girl": (("a girl", "a young girl"), ("女孩", "一个女孩")),
    "boy": (("a boy", "a young boy"), ("男孩", "一个男孩")),
    "cat": (("a cat", "a talking cat"), ("猫", "一只猫")),
    "bear": (("a bear", "a talking bear"), ("熊", "一只熊")),
    "rabbit": (("a rabbit", "a talking rabbit"), ("兔子", "一只兔子")),
    "robot": (("a robot", "a talking robot"), ("机器人", "一个机器人")),
}
BUILDS: dict[str, Pair] = {
    "slim": (("slim build", "thin body"), ("瘦", "苗条")),
    "average": (("average build",), ("中等身材",)),
    "broad": (("broad build", "broad shoulders"), ("壮", "宽肩")),
}
SKINS: dict[str, Pair] = {
    "pale": (("pale skin", "very light skin"), ("白皙皮肤",)),
    "light": (("light skin", "fair skin"), ("浅色皮肤", "浅肤色")),
    "tan": (("tan skin", "tanned skin"), ("小麦色皮肤", "小麦肤色")),
    "brown": (("brown skin",), ("棕色皮肤",)),
    "dark": (("dark skin", "deep brown skin"), ("深色皮肤", "深肤色")),
}
FACES: dict[str, Pair] = {
    "round": (("round face",), ("圆脸",)),
    "oval": (("oval face",), ("椭圆脸",)),
    "square": (("square face",), ("方脸",)),
    "long": (("long face",), ("长脸",)),
}
HAIRS: dict[str, Pair] = {
    "bald": (("no hair", "a bald head"), ("没有头发", "光头")),
    "short": (("short {} hair", "{} hair cut short"), ("{}短发", "{}的短头发")),
    "bob": (("a {} bob", "{} hair in a bob"), ("{}波波头",)),
    "long": (("long {} hair", "{} hair that is long"), ("{}长发", "{}的长头发")),
    "curly": (("curly {} hair", "{} curls"), ("{}卷发", "{}的卷头发")),
    "ponytail": (("a {} ponytail", "{} hair in a ponytail"), ("{}马尾",)),
    "bun": (("{} hair in a bun", "a {} bun", "a {} hair bun"), ("{}发髻", "{}丸子头")),
    "spiky": (("spiky {} hair",), ("{}刺猬头",)),
}
COLOURS: dict[str, Pair] = {
    "red": (("red",), ("红色",)), "orange": (("orange",), ("橙色",)), "yellow": (("yellow",), ("黄色",)),
    "green": (("green",), ("绿色",)), "blue": (("blue",), ("蓝色",)), "purple": (("purple", "violet"), ("紫色",)),
    "pink": (("pink",), ("粉色", "粉红色")), "white": (("white",), ("白色",)), "grey": (("grey", "gray"), ("灰色",)),
    "black": (("black",), ("黑色",)), "brown": (("brown",), ("棕色",)), "blond": (("blond", "blonde", "golden"), ("金色",)),
}  # fmt: skip
BEARDS: dict[str, Pair] = {
    "none": (("no beard",), ("没有胡子",)),
    "moustache": (("a moustache",), ("小胡子",)),
    "stubble": (("stubble",), ("胡茬",)),
    "full": (("a beard", "a full beard"), ("大胡子", "络腮胡")),
}
GLASSES: dict[str, Pair] = {
    "none": (("no glasses",), ("没有眼镜", "不戴眼镜")),
    "round": (("round glasses", "glasses"), ("圆眼镜", "戴眼镜")),
    "square": (("square glasses",), ("方眼镜",)),
    "dark": (("dark glasses", "sunglasses"), ("墨镜",)),
}
CLOTHES: dict[str, Pair] = {
    "shirt": (("a {} shirt", "a shirt in {}"), ("{}衬衫", "穿{}衬衫")),
    "jacket": (("a {} jacket",), ("{}夹克", "穿{}夹克")),
    "hoodie": (("a {} hoodie", "a hoodie in {}"), ("{}连帽衫", "穿{}连帽衫")),
    "dress": (("a {} dress",), ("{}裙子", "穿{}裙子")),
    "sweater": (("a {} sweater",), ("{}毛衣", "穿{}毛衣")),
    "stripes": (("a striped {} shirt", "{} stripes"), ("{}条纹衫", "穿{}条纹衫")),
}
SETS: dict[str, Pair] = {
    "kitchen": (("in a kitchen", "inside a kitchen", "the place is a kitchen"), ("在厨房", "厨房里")),
    "living room": (("in a living room", "inside a living room", "the place is a living room", "at home"), ("在客厅", "客厅里")),
    "office": (("in an office", "inside an office", "the place is an office", "at work"), ("在办公室", "办公室里")),
    "classroom": (("in a classroom", "inside a classroom"), ("在教室", "教室里")),
    "library": (("in a library", "inside a library"), ("在图书馆", "图书馆里")),
    "stage": (("on a stage", "on a theatre stage"), ("在舞台", "舞台上")),
    "street": (("in a street", "on a city street"), ("在街道", "街道上")),
    "park": (("in a park", "outside in a park", "the place is a park"), ("在公园", "公园里")),
    "beach": (("on a beach", "at the beach", "by the sea"), ("在海滩", "海滩上", "海边")),
    "forest": (("in a forest", "in the woods"), ("在森林", "森林里")),
    "mountains": (("in the mountains", "before mountains"), ("在山里", "山上")),
    "space": (("in space", "among the stars"), ("在太空", "太空里")),
}
LIGHTS: dict[str, Pair] = {
    "day": (("by day", "in daylight"), ("白天", "日光")),
    "sunset": (("at sunset", "in evening light"), ("日落", "傍晚")),
    "night": (("at night", "in the dark night"), ("夜晚", "夜里")),
    "lamp": (("by lamp light", "under a warm lamp"), ("灯光", "暖灯下")),
}
WEATHERS: dict[str, Pair] = {
    "clear": (("clear weather",), ("天气晴朗", "晴天")),
    "rain": (("in the rain", "it rains"), ("下雨", "雨中")),
    "snow": (("in the snow", "it snows"), ("下雪", "雪中")),
    "fog": (("in fog", "a foggy day"), ("有雾", "雾中")),
    "wind": (("in the wind", "a windy day"), ("刮风", "风中")),
}
HAPPENINGS: dict[str, Pair] = {
    "nothing": ((), ()),
    "bouncing ball": (("a ball bounces", "a ball bounces through the picture"), ("一个球弹跳", "球在弹跳")),
    "falling leaves": (("leaves fall", "falling leaves"), ("落叶", "树叶飘落")),
    "toppling stack": (("a stack of blocks topples", "blocks fall over"), ("一堆积木倒塌", "积木倒下")),
}
PLACES: dict[tuple[int, int], Pair] = {
    (2, 0): (("the {} on the left", "the left {}"), ("左边的{}",)),
    (2, 1): (("the {} on the right", "the right {}"), ("右边的{}",)),
    (3, 0): (("the {} on the left",), ("左边的{}",)), (3, 1): (("the {} in the middle",), ("中间的{}",)),
    (3, 2): (("the {} on the right",), ("右边的{}",)), (4, 0): (("the {} on the far left",), ("最左边的{}",)),
    (4, 1): (("the {} second from the left",), ("左边第二个{}",)), (4, 2): (("the {} second from the right",), ("右边第二个{}",)),
    (4, 3): (("the {} on the far right",), ("最右边的{}",)),
}  # fmt: skip
"""Who is meant among several: by how many there are, and which from the left."""
SPEAKING: Pair = ((SPEAKS, "is speaking", "talks", "is talking"), ("说话", "正在说话", "讲话"))
SINGING: Pair = (("sings", "is singing"), ("唱歌", "正在唱歌"))

EMOTIONS: dict[str, Pair] = {
    "calm": (("relaxed", "peaceful"), ("冷静", "放松")),
    "excitement": (("thrilled", "full of joy"), ("激动", "高兴")),
    "confusion": (("puzzled", "unsure"), ("疑惑", "迷惑")),
    "sadness": (("unhappy", "full of sorrow"), ("难过", "伤心")),
    "surprise": (("astonished", "amazed"), ("吃惊", "震惊")),
    "anger": (("furious", "mad"), ("愤怒", "气愤")),
}
"""Other words than the canonical ones of `conditioning.words`."""
FEELINGS = (("looks {}", "is {}", "feels {}"), ("看起来{}", "感到{}", "显得{}"))
ACTIONS: dict[str, Pair] = {
    "wave": (("waves a hand", "is waving", "greets with a wave"), ("招手", "挥挥手")),
    "nod": (("nods the head", "is nodding"), ("点点头",)),
    "shake head": (("shakes the head", "says no with the head"), ("摇摇头",)),
    "turn left": (("turns to the left", "looks to the left"), ("转向左边", "看左边")),
    "turn right": (("turns to the right", "looks to the right"), ("转向右边", "看右边")),
    "raise both hands": (("puts both hands up", "raises both arms"), ("双手举起", "举起两只手")),
    "fold arms": (("crosses the arms", "folds the arms"), ("双臂交叉",)),
    "point": (("points with a finger", "is pointing"), ("用手指",)),
    "shrug": (("shrugs the shoulders",), ("耸耸肩",)),
    "clap": (("claps both hands", "is clapping"), ("拍手",)),
    "bow": (("takes a bow",), ("弯腰鞠躬",)),
    "take off glasses": (("takes the glasses off",), ("把眼镜摘下",)),
    "drink": (("drinks from a cup",), ("喝杯水",)),
    "hand over": (("gives a box",), ("递东西",)),
    "walk in": (("comes in", "enters"), ("走进画面",)),
    "sit down": (("takes a seat",), ("坐下来",)),
    "dance": (("is dancing", "moves to the beat"), ("跳起舞",)),
}
CAMERAS: dict[str, Pair] = {
    "static": (("the camera does not move", "still camera"), ("镜头不动", "静止镜头")),
    "push in": (("the camera moves closer", "zoom in"), ("镜头拉近", "推镜头")),
    "pull out": (("the camera moves back", "zoom out"), ("镜头后退", "拉镜头")),
    "pan left": (("the camera turns to the left", "pan left"), ("镜头向左", "左摇镜头")),
    "pan right": (("the camera turns to the right", "pan right"), ("镜头向右", "右摇镜头")),
    "tilt up": (("the camera turns up",), ("镜头向上",)),
    "tilt down": (("the camera turns down",), ("镜头向下",)),
    "orbit": (("the camera moves around",), ("镜头绕着转",)),
    "handheld": (("shaky camera",), ("镜头晃动",)),
    "follow": (("the camera moves along",), ("跟拍",)),
}
DEGREES: dict[str, tuple[Pair, Pair, Pair]] = {
    "emotion": ((("a little", "slightly"), ("略微", "稍微")), ((), ()), (("extremely", "very"), ("极其", "十分"))),
    "action": ((("gently", "slightly"), ("轻轻地",)), ((), ()), (("strongly", "with energy"), ("用力地",))),
    "camera": ((("slowly", "gently"), ("慢慢",)), ((), ()), (("fast", "quickly"), ("迅速",))),
}
"""By kind, for a third, two thirds and all of the strength."""
