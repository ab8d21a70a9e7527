"""Voices suit the characters, differ from one another, and stay with a name."""

import pytest

from dramatis.speech.synthesis import voice_casting
from dramatis.speech.synthesis.catalogue import VOICES, Voice
from dramatis.speech.synthesis.voice_casting import Heard, cast_voices, sex_and_age


@pytest.fixture(autouse=True)
def everything_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_casting, "installed", lambda voice: True)


def voice_of(name: str, about: str = "", sex: str = "") -> Voice:
    return cast_voices([Heard(name, about, sex)], "en-us")[0]


@pytest.mark.parametrize(
    ("person", "sex", "age"),
    [
        (Heard("Noor", sex="f"), "woman", "adult"),
        (Heard("Sam", "an old man with a beard"), "man", "old"),
        (Heard("Grandma"), "woman", "old"),
        (Heard("Kim", "a girl in a red coat"), "woman", "child"),
        (Heard("King"), "man", "adult"),
        (Heard("小男孩"), "man", "child"),
        (Heard("Zed"), "any", "adult"),
    ],
)
def test_words_and_names_say_whose_voice_it_is(person: Heard, sex: str, age: str) -> None:
    assert sex_and_age(person) == (sex, age)


def test_a_voice_has_the_sex_and_the_age_of_its_character() -> None:
    assert voice_of("Sam", "a man").sex == "man"
    assert voice_of("Noor", sex="f").sex == "woman"
    assert voice_of("Grandpa").name == "kumo_old"
    assert voice_of("Mo", "a child").age == "child"
    assert voice_of("Robot").by == "espeak"


def test_a_name_keeps_its_voice_from_film_to_film() -> None:
    alone = voice_of("Noor", sex="f")
    assert cast_voices([Heard("Noor", sex="f"), Heard("Tom", sex="m"), Heard("Mia", sex="f")], "en-us")[0] == alone
    assert cast_voices([Heard("Tom", sex="m"), Heard("Noor", sex="f")], "en-us")[1] == alone


def test_everybody_sounds_different_and_nobody_takes_a_voice_that_was_named() -> None:
    women = [Heard(name, sex="f") for name in ("Anna", "Mia", "Lena", "Ruby", "Zoe")]
    assert len(set(cast_voices(women, "en-us"))) == 5
    for voice in VOICES[:5]:
        assert cast_voices([Heard("Anna", sex="f"), Heard("Mia")], "en-us", [None, voice])[0] != voice


def test_other_languages_are_spoken_by_espeak() -> None:
    names = [voice.name for voice in cast_voices([Heard("Noor", sex="f"), Heard("Tom", sex="m"), Heard("Zed")], "ja")]
    assert all(name.startswith("ja+") for name in names)
    assert len(set(names)) == 3


def test_mandarin_is_spoken_by_voices_that_were_understood_in_it() -> None:
    for name in "ABCDEFGH":
        assert "cmn" in cast_voices([Heard(name)], "cmn")[0].languages
