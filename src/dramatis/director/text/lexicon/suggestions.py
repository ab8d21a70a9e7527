"""Words that suggest where a film takes place though they name no place: "Good morning, class!" is said in a classroom.

Nouns alone, since what people do is done anywhere. Read where nothing else says where it is; the set that most words suggest is
drawn, and of equals the first.
"""

from collections.abc import Iterable

from dramatis.director.pattern import Pattern


def _words(english: str, chinese: str) -> Pattern:
    return Pattern(rf"(?<![a-z])(?:{english})(?![a-z])|{chinese}")


SUGGESTIONS: dict[str, Pattern] = {
    "classroom": _words(
        "class|pupils?|students?|home ?work|teachers?|lessons?|exams?|maths?|grades?|spelling",
        "同学|学生|作业|老师|考试|上课|数学|班级|班上",
    ),
    "kitchen": _words(
        "cook(?:s|ed|ing)?|soup|breakfast|dinner|lunch|fridge|oven|bak(?:e|es|ed|ing)|toast|butter|potato(?:es)?|pasta|recipe|dishes"
        "|hungry|pancakes?|coffee|tea|sandwich(?:es)?|honey|cake",
        "做饭|早餐|早饭|晚饭|午饭|冰箱|烤|汤|菜|咖啡|饿|蛋糕|面条|饺子",
    ),
    "office": _words(
        "boss|meetings?|e-?mails?|reports?|clients?|colleagues?|deadlines?|project|printer|salary|invoice|contract|hired|fired",
        "老板|开会|会议|邮件|报告|客户|同事|加班|合同|工资",
    ),
    "library": _words("books?|librarian|novels?|poems?|chapters?", "书|读|小说|诗|图书"),
    "stage": _words(
        "ladies and gentlemen|applause|my show|tonight's show|encore|curtain|magic trick|concert|microphone",
        "女士们|各位观众|演出|掌声|魔术|演唱会",
    ),
    "street": _words(
        "bus(?:es)?|taxi|traffic|cars?|crosswalk|police|tickets?|parking|bikes?|bicycles?|neighbou?rs?|shop(?:s|ping)?|subway|bridge",
        "公交|出租车|堵车|警察|红绿灯|自行车|停车|地铁|买东西|逛街",
    ),
    "park": _words(
        "flowers?|dogs?|pigeons?|ducks?|picnic|kites?|bench|birds?|squirrels?",
        "花儿|鲜花|花朵|狗|鸽子|野餐|风筝|长椅|鸟|散步",
    ),
    "beach": _words(
        "swim(?:s|ming)?|surf(?:ing)?|sand|shells?|boats?|ships?|dolphins?|sharks?|holiday|vacation|pirates?",
        "海浪|游泳|冲浪|贝壳|船|海豚|鲨鱼|度假|海盗",
    ),
    "forest": _words(
        "wol(?:f|ves)|mushrooms?|fox(?:es)?|owls?|trees?|camp(?:ing|fire)?|path|berries|nuts|honey|witch",
        "狼|蘑菇|狐狸|猫头鹰|树|露营|迷路|篝火",
    ),
    "mountains": _words(
        "climb(?:s|ed|ing)?|peaks?|ski(?:s|ing)?|hik(?:e|ing)|avalanche|eagles?|goats?", "爬山|登山|滑雪|徒步|雪崩|鹰"
    ),
    "space": _words(
        "rockets?|aliens?|astronauts?|stars|the moon|galax(?:y|ies)|earth|gravity|orbit|mars|launch",
        "火箭|外星人|宇航员|星星|月球|银河|地球|火星|发射",
    ),
    "living room": _words(
        "tv|television|movie|sofa|couch|attic|grandma|grandpa|dad|mum|mom|letter|birthday|bedtime",
        "电视|沙发|奶奶|爷爷|爸爸|妈妈|生日|睡觉",
    ),
}
"""By set."""


def suggested(words: str, sets: Iterable[str]) -> tuple[str, str]:
    """The set, among those that can be drawn, that words suggest, and the first of these words; two empty strings: none."""
    found = {one: [match[0] for match in SUGGESTIONS[one].finditer(words)] for one in sets if one in SUGGESTIONS}
    best = max(found, key=lambda one: len(set(found[one])), default="")
    return (best, found[best][0]) if best and found[best] else ("", "")
