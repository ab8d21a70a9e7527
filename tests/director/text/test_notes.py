"""Every part of a prompt is used, or named."""

import numpy as np
import pytest

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, PictureInput, PictureReport, VisualReport
from dramatis.director.text.expert import read, understood
from dramatis.director.text.timeline import Timeline
from dramatis.media.face import Face
from dramatis.media.still import Still
from dramatis.story import Character
from dramatis.take import Limits

FILM = Timeline(Span(0.0, 12.0))


def notes(words: str, cast: tuple[str, ...] = ("Ada",)) -> tuple[str, ...]:
    return understood(words, cast, FILM).notes


@pytest.mark.parametrize(
    "words",
    [
        "",
        "A film of a woman, please.",
        "Calm at first, then surprised. The camera slowly pushes in.",
        "calm, then furious; she shakes her head",
        "She says she is happy.",
        'Ada says: "The dog barks, and two women juggle!"',
        "A person is talking to the camera with natural gestures",
        "She tells a story about two dogs, laughing.",
        "Angry because her train is late",
        "She never raises her voice. No hats, no juggling.",
        "calm, cinematic, 4k, highly detailed, masterpiece",
        "她非常高兴，热情洋溢地说话。",
        "请拍一段她微笑的视频",
        "不要跳舞，语气平静。",
    ],
)
def test_what_is_performed_or_asks_for_nothing_gives_no_note(words: str) -> None:
    assert notes(words) == ()


@pytest.mark.parametrize("words", ["They are calm, then he gets angry.", "Noor is excited, Tom stays calm and nods at the end."])
def test_people_who_are_there_give_no_note(words: str) -> None:
    assert notes(words, ("Noor", "Tom")) == ()


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("She juggles three balls while smiling", "juggles three balls"),
        ("Ada smiles and plays the guitar", "plays the guitar"),
        ("She smiles, then blows a kiss", "blows a kiss"),
        ("She runs away. The camera pushes in.", "runs away"),
        ("A woman with a red hat picks up a phone", "with a red hat picks up a phone"),
        ("She juggles happily", "juggles"),
        ("她骑自行车，然后微笑", "骑自行车"),
        ("她微笑着弹钢琴", "弹钢琴"),
        ("Lei sorride alla telecamera", "Lei sorride alla telecamera"),
    ],
)
def test_what_is_not_understood_is_quoted(words: str, quoted: str) -> None:
    assert notes(words) == (f'Not understood, and not filmed: "{quoted}".',)


def test_a_language_that_is_not_read_is_named_with_those_that_are() -> None:
    (note,) = notes("Она улыбается")
    assert '"Она улыбается"' in note
    assert "English, Chinese, Japanese" in note


@pytest.mark.parametrize(
    ("words", "who", "cast"),
    [
        ("She smiles and a dog barks", "a dog", ("Ada",)),
        ("Two women smile", "two women", ("Ada",)),
        ("The man sings while the woman dances", "the woman", ("Ada",)),
        ("Noor smiles, Anna nods", "anna", ("Noor", "Tom")),
        ("The third one nods", "the third one", ("Noor", "Tom")),
        ("一只狗在叫，她笑了", "一只狗", ("Ada",)),
        ("两个女人微笑", "两个女人", ("Ada",)),
    ],
)
def test_who_is_not_there_is_named(words: str, who: str, cast: tuple[str, ...]) -> None:
    assert f'Not in the picture, and not filmed: "{who}' in notes(words, cast)[0]


def test_the_only_one_may_be_an_animal() -> None:
    assert notes("A dog nods happily.") == ()


def test_wishes_outside_the_film_are_named() -> None:
    late, unheard = notes('At 40 seconds she smiles. When she says "hello" she waves.')
    assert "40 s lies outside the film, which lasts 12.0 s" in late
    assert '"hello" is not heard' in unheard


def test_a_prompt_that_is_too_long_is_named() -> None:
    assert 'from "' in notes("calm " * 700)[0]


def test_whom_a_word_was_taken_to_mean_is_named() -> None:
    (note,) = notes("She is happy.", ("person1", "person2"))
    assert note.startswith('"she" is taken to be the one on the left')
    assert "PICTURE@X,Y" in note


def test_what_the_picture_does_not_show_is_named() -> None:
    picture = np.full((300, 300, 3), 90, np.uint8)
    picture[200:] = (30, 40, 200)  # a blue shirt
    mesh = np.zeros((478, 3), np.float32)
    mesh[10], mesh[152], mesh[234], mesh[454] = (150, 60, 0), (150, 160, 0), (110, 110, 0), (190, 110, 0)
    material = Material(
        "A woman in a blue shirt and a red jacket, in the rain by day, speaks.",
        (Character("Ada", "p.png"),),
        12.0,
        (),
        (PictureInput("p.png", Still(picture), (("Ada", Face(mesh)),)),),
        Limits("any", "1", needs_face=True),
    )
    (note,) = read(material, AudioReport(), VisualReport((PictureReport("p.png", light="bright"),))).notes
    assert note == 'The picture is filmed as it is; not added to it: "red jacket", "rain".'
