"""Dialogue scripts in the prompt: if nobody has a voice, their lines are synthesised, one after the other."""

import re
from itertools import pairwise

import numpy as np

from dramatis.media.sound import Waveform
from dramatis.speech.mouthshapes import Phone
from dramatis.speech.synthesis import Spoken, language_of, speak
from dramatis.story import Brief

MOST = 4
"""Characters of a film of nothing but words."""
PAUSE = 0.35
"""Seconds between two lines."""
_TIMBRES = (None, "Andy", "belinda", "Mario")
_HEADINGS = re.compile(
    r"actions?|audio|camera|characters?|direction|dialogue|emotion|example|framing|light(?:ing)?|location|mood|music|notes?|place|"
    r"prompt|scene|script|setting|shot(?: \d+)?|sound|story|style|time|title|voice|close-up|wide|background|weather|costumes?|"
    r"outfit|clothes|looks?|pose|duration|length|format|aspect|tone|avoid|negative|"
    r"镜头|全景|远景|中景|近景|特写|场景|风格|情绪|气氛|动作|表情|音乐|灯光|地点|时间|人物|角色|对话|台词|注意|要求|提示|背景|画面",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'-]{0,23}(?: (?:[A-Z][\w'-]{0,23}|\d{1,2}))?|person ?\d{1,2}|[\u3400-\u9fff]{1,6}"
_NAMED = re.compile(rf"(?:^|(?<=[\n.!?。！？;；\"”」』]))\s*(?P<name>{_NAME})\s*(?:[(（][^()（）\n]{{1,200}}[)）]\s*)?[:：]")

Lines = tuple[tuple[str, str], ...]
"""Who says what, in order."""


def speakers(words: str, least: int = 2) -> tuple[str, ...]:
    """The names before the colons of a script, in order of appearance; () if there are fewer lines than `least`."""
    named = [match["name"] for match in _NAMED.finditer(words) if not _HEADINGS.fullmatch(match["name"])]
    return tuple(dict.fromkeys(named)) if len(named) >= least else ()


def cast_of(words: str) -> tuple[str, ...]:
    """The names of the characters of a film of nothing but words: who speaks and, if fewer than two do, of whom it is told."""
    spoken = speakers(words, 1)
    if len(spoken) > 1:
        return spoken
    from dramatis.director.text.told_cast import figures

    called = {name.lower() for name in spoken}
    return (*spoken, *(name for name in figures(words) if name.lower() not in called))[:MOST]


def script_of(brief: Brief) -> Lines:
    """The lines of the cast in the prompt; () if any character has a voice or a text of its own, which then take precedence."""
    if any(who.voice is not None or who.say is not None for who in brief.cast):
        return ()
    from dramatis.director.text.scripts import extracted

    return tuple((who, text) for who, text in extracted(brief.prompt, tuple(who.name for who in brief.cast)).lines if text)


def performed(lines: Lines, names: tuple[str, ...]) -> dict[str, Spoken]:
    """Each speaker's track, as long as the whole dialogue and silent while others speak. Raises `VoiceError`."""
    voices = [speak(text, timbre(text, names.index(who))) for who, text in lines]
    if not voices:
        return {}
    rate = voices[0].sound.rate
    edges = np.cumsum([0, *(len(voice.sound.samples) + round(PAUSE * rate) for voice in voices)])
    tracks = {who: np.zeros((int(edges[-1]) - round(PAUSE * rate), 1), np.float32) for who, _ in lines}
    phones: dict[str, list[Phone]] = {who: [] for who in tracks}
    for (who, _), voice, (start, _) in zip(lines, voices, pairwise(edges), strict=True):
        tracks[who][start : start + len(voice.sound.samples)] = voice.sound.samples
        phones[who] += [(label, start / rate + begin, start / rate + end) for label, begin, end in voice.phones]
    return {who: Spoken(Waveform(samples, rate), tuple(phones[who])) for who, samples in tracks.items()}


def timbre(text: str, number: int) -> str | None:
    """The synthesiser's voice of character `number` for a text."""
    kind = _TIMBRES[number % len(_TIMBRES)]
    return None if kind is None else f"{language_of(text)}+{kind}"
