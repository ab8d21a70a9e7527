"""Tones as they are said: neutral syllables, third tones, 一 and 不, particles, 儿."""

import pytest

pytest.importorskip("pypinyin")

from dramatis.speech.synthesis.mandarin_tones import spoken


def said(words: str) -> str:
    """The syllables of words that are parted by spaces."""
    return " ".join(
        "".join(one.initial + one.final + "r" * one.rhotic + one.tone for one in word) for word in spoken(words.split())
    )


@pytest.mark.parametrize(
    ("words", "tones"),
    [
        ("老板 五点 来", "lao2ban3 u2dian3 lai2"),
        ("我 很 好", "uo3 hen2 hao3"),
        ("展览馆", "zhan2lan2guan3"),
        ("小老鼠", "xiao3lao2shu3"),
        ("可以 看见", "ke2i3 kan4jian4"),
        ("一碗 面", "i4uan3 mian4"),
        ("一片 海", "i2pian4 hai3"),
        ("一个 人", "i2ge4 ren2"),
        ("第一个 人", "di4i1ge4 ren2"),
        ("星期一", "xing1qi1i1"),
        ("三月 一号", "san1ve4 i1hao4"),
        ("看一看", "kan4i5kan4"),
        ("不会 来", "bu2huei4 lai2"),
        ("也 不想", "ie3 bu4xiang3"),
        ("好不好", "hao3bu5hao3"),
        ("说 得 很 好", "shuo1 de5 hen2 hao3"),
        ("我 得 走", "uo3 dei2 zou3"),
        ("慢慢 地 走", "man4man4 de5 zou3"),
        ("这块 地", "zhe4kuai4 di4"),
        ("那 只 猫", "na4 zhi1 mao1"),
        ("妈妈 告诉 朋友", "ma1ma5 gao4su5 peng2iou5"),
        ("森林 里 有 山上 的", "sen1lin2 li5 iou3 shan1shang5 de5"),
        ("两公里", "liang3gong1li3"),
        ("慢点儿", "man4dianr3"),
        ("女儿", "nv3er2"),
    ],
)
def test_tones_of_speech(words: str, tones: str) -> None:
    assert said(words) == tones
