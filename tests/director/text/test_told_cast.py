"""Films of nothing but words: whom the words tell of, and what in a script of one line is said and what is a direction."""

import re

import pytest

from dramatis.director.text.scripts import KEYS, extracted
from dramatis.director.text.told_cast import figures


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("A cat and a robot wave in the kitchen", ("Cat", "Robot")),
        ("Mia, a rabbit, gives Tom a box", ("Mia", "Tom")),
        ("Two rabbits dance in the forest", ("Rabbit 1", "Rabbit 2")),
        ("A woman waves. The woman smiles, then another woman bows", ("Woman", "Woman 2")),
        ("Grandpa and Mia dance", ("Grandpa", "Mia")),
        ("A bear. The bear claps, a rabbit bows", ("Bear", "Rabbit")),
        ("一只猫和一个机器人在厨房里挥手", ("猫", "机器人")),
        ("小猫在公园里跳舞", ("小猫",)),
        ("A child's party: three kids clap, a clown dances", ("Kid 1", "Kid 2", "Kid 3", "Clown")),
        ("A mother bear and a news anchor", ("Bear", "Anchor")),
        ("A couple argues with the boss", ("Man", "Woman", "Boss")),
        ("Two friends meet a teacher; students listen", ("Friend 1", "Friend 2", "Teacher")),
        ("小明和小红在公园里", ("小明", "小红")),
        ("奶奶和爷爷在公园跳舞", ("奶奶", "爷爷")),
        ("she waves", ()),
        ("no people, a beach at sunset", ()),
    ],
)
def test_everybody_of_whom_the_words_tell_is_cast(words: str, names: tuple[str, ...]) -> None:
    assert figures(words) == names


@pytest.mark.parametrize(
    ("words", "cast", "lines", "left"),
    [
        (
            "Cat: Hello there! Robot: Good morning. The cat waves; the robot is confused. In a kitchen, in the rain.",
            ("Cat", "Robot"),
            ("Hello there!", "Good morning."),
            "The cat waves; the robot is confused. In a kitchen, in the rain.",
        ),
        (
            "小猫：你好！机器人：早上好。小猫挥手，机器人很困惑。在厨房里，下着雨。",
            ("小猫", "机器人"),
            ("你好！", "早上好。"),
            "小猫挥手，机器人很困惑。在厨房里，下着雨。",
        ),
        (
            "Mia: Tom is late. It rains in the park. Tom: Mia is angry with me. The camera pushes in.",
            ("Mia", "Tom"),
            ("Tom is late. It rains in the park.", "Mia is angry with me."),
            "The camera pushes in.",
        ),
        ("Mia: I saw a cat.\nTom: The cat waves at me. Mia laughs.", ("Mia", "Tom"), None, ""),
        ("Girl: It is so quiet here. She looks up and smiles.", ("Girl",), ("It is so quiet here.",), "She looks up and smiles."),
        ("小美：你好！天气真好。她微笑。", ("小美",), ("你好！天气真好。",), "她微笑。"),
        ("猫：你好！机器人：早上好。高兴的猫挥手。", ("猫", "机器人"), ("你好！", "早上好。"), "高兴的猫挥手。"),
        ("小美：我们走吧。微笑着挥手。", ("小美",), ("我们走吧。",), "微笑着挥手。"),
        ("妈妈：他走了。他很伤心。", ("妈妈",), ("他走了。他很伤心。",), ""),
        ("Anna: Where is Tom? He is sad.", ("Anna",), ("Where is Tom? He is sad.",), ""),
        ("Anna: My dog is old. He was so happy.", ("Anna",), ("My dog is old. He was so happy.",), ""),
    ],
)
def test_what_nobody_says_is_a_direction(words: str, cast: tuple[str, ...], lines: tuple[str, ...] | None, left: str) -> None:
    script = extracted(words, cast)
    assert re.sub(KEYS, "", script.words).strip() == left
    said = lines or ("I saw a cat.", "The cat waves at me. Mia laughs.")
    assert script.lines == list(zip(cast, said, strict=True))
