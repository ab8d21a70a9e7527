"""Who speaks with which voice: by what is known of a character, the same voice for the same name in every film.

Voices that fit are drawn by the name (weighted rendezvous hashing): a name keeps its voice, however many others there are, unless
somebody before it in the cast has that voice already.
"""

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dramatis.speech.synthesis.catalogue import NATURAL, VOICES, Age, Sex, Voice, espeak_voices, installed

_CHILD = re.compile(
    r"\b(?:child|kid|boy|girl|baby|toddler|schoolboy|schoolgirl|kitten|puppy|chick)\b|孩|男孩|女孩|儿童|宝宝", re.IGNORECASE
)
_OLD = re.compile(
    r"\b(?:old|elderly|aged|grand(?:ma|pa|mother|father)|granny|grandad|gran|senior)\b|老|爷爷|奶奶|外公|外婆", re.IGNORECASE
)
_WOMAN = re.compile(
    r"\b(?:wom[ae]n|lady|she|her|mother|mum|mom|wife|sister|daughter|aunt|queen|princess|witch|actress|waitress|grand(?:ma|mother)"
    r"|granny|mrs|ms|miss|girl)\b|女|妈|姐|妹|奶奶|外婆|阿姨|王后|公主",
    re.IGNORECASE,
)
_MAN = re.compile(
    r"\b(?:m[ae]n|gentleman|he|his|father|dad|husband|brother|son|uncle|king|prince|wizard|actor|waiter|grand(?:pa|father)|grandad"
    r"|mr|sir|guy|boy)\b|男|爸|哥|弟|爷爷|外公|叔|国王|王子|先生",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"\b(?:robot|android|computer|machine|cyborg)\b|机器人|电脑", re.IGNORECASE)


@dataclass(frozen=True)
class Heard:
    """What decides a character's voice: its name, words about it, and "f", "m" or "" if the name says so."""

    name: str
    about: str = ""
    sex: str = ""


def cast_voices(people: Sequence[Heard], language: str, wished: Sequence[Voice | None] = ()) -> tuple[Voice, ...]:
    """A voice for each character, all different while there are enough; `wished` are voices that were named for them."""
    named = (*wished, *[None] * (len(people) - len(wished)))
    taken = [voice.name for voice in named if voice is not None]
    chosen: list[Voice] = []
    for number, (person, own) in enumerate(zip(people, named, strict=True)):
        voice = own or _fitting(person, language, taken, number)
        chosen.append(voice)
        taken.append(voice.name)
    return tuple(chosen)


def sex_and_age(person: Heard) -> tuple[Sex, Age]:
    """By words about the character, else by its name."""
    words = f"{person.name} {person.about}"
    woman, man = _WOMAN.search(words), _MAN.search(words)
    sex: Sex = "any"
    if person.sex or bool(woman) != bool(man):
        sex = "woman" if person.sex == "f" or (not person.sex and woman) else "man"
    if _CHILD.search(words):
        return sex, "child"
    return sex, "old" if _OLD.search(words) else "adult"


def _fitting(person: Heard, language: str, taken: Sequence[str], number: int) -> Voice:
    natural = [voice for voice in VOICES if language in voice.languages and installed(voice)]
    if not natural or language not in NATURAL or _MACHINE.search(f"{person.name} {person.about}"):
        return _robotic(person, language, taken, number, bool(natural))
    sex, age = sex_and_age(person)
    same_age = [voice for voice in natural if voice.age == age]
    fitting = [voice for voice in same_age if "any" in (sex, voice.sex) or voice.sex == sex] or same_age or natural
    free = [voice for voice in fitting if voice.name not in taken] or fitting
    return max(free, key=lambda voice: _draw(person.name, voice))


def _robotic(person: Heard, language: str, taken: Sequence[str], number: int, machine: bool) -> Voice:
    """A voice of eSpeak: by number, as there is nothing better to hear; by sex where that is known."""
    voices = espeak_voices(language)
    sex, _ = sex_and_age(person)
    fitting = [voice for voice in voices if voice.sex == sex and not machine] or [
        voices[1] if machine else voices[number % len(voices)]
    ]
    return next((voice for voice in fitting if voice.name not in taken), fitting[0])


def _draw(name: str, voice: Voice) -> float:
    """The larger, the better the voice suits the name; weighted by how much the voice is liked."""
    digest = hashlib.sha256(f"{name.strip().lower()}\0{voice.name}".encode()).digest()
    share = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 1)
    return -voice.liked / math.log(share)
