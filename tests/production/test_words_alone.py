"""Films of nothing but words: who is cast, which engine films, how long it is, and what a brief without a cast means."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dramatis.director import direct
from dramatis.engines import build
from dramatis.errors import BriefError
from dramatis.production.assets import Assets
from dramatis.production.exporting.film_settings import document_at
from dramatis.production.lines.film_length import told_seconds
from dramatis.production.lines.screenplay import cast_of, script_lines
from dramatis.production.lines.voice_sexes import with_sexes
from dramatis.production.request import Options, request_of
from dramatis.production.storyboard import write
from dramatis.speech.synthesis.manner import asked_for
from dramatis.story import Brief, Character, Storyline


def planned(words: str, **options: object) -> Storyline:
    brief = request_of(None, Options(prompt=words, **options), 0)  # type: ignore[arg-type]  # by name
    assert isinstance(brief, Brief)
    return write(brief, {}, Assets(), build("drawn").limits, direct)[0]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Cat: Hello there! Robot: Good morning.", ("Cat", "Robot")),
        ("Mia: I am so happy! She waves.", ("Mia",)),
        ("Mia: Hi! A robot listens.", ("Mia", "Robot")),
        ("Close-up: a woman waves", ("Woman",)),
        ("she waves", ()),
    ],
)
def test_who_speaks_and_of_whom_it_is_told_is_cast(words: str, names: tuple[str, ...]) -> None:
    assert cast_of(words) == names


def test_each_place_of_a_silent_film_has_its_shot() -> None:
    plan = planned("First a woman is on a beach, then in space, then in a kitchen.")
    assert [shot.direction.words.splitlines()[-1] for shot in plan.shots] == ["on a beach", "in space", "in a kitchen"]
    assert min(shot.span.seconds for shot in plan.shots) >= 1.5


def test_scenes_of_drawn_films_begin_with_a_breath() -> None:
    told = 'In a kitchen, Anna says "Hello." Then they are in the park.\nBen: What a day!'
    brief = request_of(None, Options(prompt=told), 0)
    assert isinstance(brief, Brief)
    assert [line.text for line in script_lines(brief)] == ["Hello.", "[pause 1.2] What a day!"]
    assert not any("pause" in line.text for line in script_lines(replace(brief, engine="native")))


def test_a_text_file_is_a_prompt(tmp_path: Path) -> None:
    script = tmp_path / "script.TXT"
    script.write_text("\ufeffCat: Hello there!\nRobot: Good morning.\n", encoding="utf-8")
    brief = request_of(script, Options(prompt="In a kitchen."), 0)
    assert brief == request_of(None, Options(prompt="Cat: Hello there!\nRobot: Good morning.\nIn a kitchen."), 0)
    assert document_at(script) == {"prompt": "Cat: Hello there!\nRobot: Good morning."}
    script.write_bytes("猫：你好".encode("gb18030"))
    with pytest.raises(BriefError, match=r"script\.TXT is not a text file in UTF-8"):
        request_of(script, Options(), 0)


def test_words_alone_are_filmed_wide_by_the_drawn_engine_and_last_six_seconds() -> None:
    plan = planned("A kitten hands Grandpa a box, then bows. In a kitchen, in the rain.")
    assert (plan.engine, plan.canvas.width, plan.canvas.height, plan.seconds) == ("drawn", 1280, 720, 6.0)
    kitten, grandpa = plan.cast
    assert (kitten.name, grandpa.name) == ("Kitten", "Grandpa")
    assert kitten.look.startswith("a cat with ")
    assert grandpa.look.startswith("a man with ")
    assert "grey hair" in grandpa.look
    (shot,) = plan.shots
    assert {"in a kitchen", "in the rain"} <= set(shot.direction.words.splitlines())
    given, bowed = (next(cue for cue in shot.direction.cues if cue.what == what) for what in ("hand over", "bow"))
    assert (given.who, given.to, bowed.who) == ("Kitten", "Grandpa", "Kitten")
    assert given.span.end <= bowed.span.start + 0.6


def test_people_of_one_film_are_told_apart() -> None:
    for seed in range(6):
        brief = request_of(None, Options(prompt="Ann: Hi. Eva: Hi. Ida: Hi. Ute: Hi."), seed)
        assert isinstance(brief, Brief)
        plan, _ = write(brief, {}, Assets(), build("drawn").limits, direct)
        clothes = [who.look.split(", ")[-1] for who in plan.cast]
        assert len({words.split(" ")[-2] for words in clothes}) == 4


def test_voices_are_of_whom_the_words_tell_and_the_others_listen() -> None:
    brief = request_of(None, Options(voices=("a.wav",), prompt="A cat talks to a robot"), 0)
    assert isinstance(brief, Brief)
    assert [(who.name, who.voice) for who in brief.cast] == [("Cat", "a.wav"), ("Robot", None)]
    assert brief.wants == "drawn"
    native = request_of(None, Options(prompt="A cat talks to a robot", engine="native"), 0)
    assert isinstance(native, Brief)
    assert [who.name for who in native.cast] == ["person1"]


def test_a_brief_without_a_cast_has_the_one_of_its_prompt(tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps({"version": 1, "prompt": "A bear and a rabbit dance"}))
    brief = request_of(path, Options(), None)
    assert isinstance(brief, Brief)
    assert [who.name for who in brief.cast] == ["Bear", "Rabbit"]


def test_a_pronoun_says_whose_voice_it_is() -> None:
    cast = (Character("Bear"), Character("Rabbit"), Character("Owl"))
    words = "Bear: Hello. Rabbit: Hi. Owl: Yes. When the bear says hello, he nods. When the rabbit says hi, she waves."
    assert [who.speaks for who in with_sexes(cast, words)] == ["man", "woman", ""]
    assert asked_for("man, slow").sex == "m"


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("Cat: Hello! The cat waves.", (1.6, 0.0)),
        ("Cat: Hello! When the cat says hello she waves.", (0.0, 0.0)),
        ('A cat says "Let us go." Then they are on a beach.', (0.0, 0.0)),
        ('In a kitchen, a cat says "Let us go." Then she is on a beach and bows.', (4.8, 3.0)),
    ],
)
def test_deeds_and_places_beside_lines_take_their_time(words: str, seconds: tuple[float, float]) -> None:
    brief = request_of(None, Options(prompt=words), 0)
    assert isinstance(brief, Brief)
    assert told_seconds(brief) == pytest.approx(seconds)
    recorded = replace(brief, cast=tuple(replace(who, voice="voice.wav") for who in brief.cast))
    assert told_seconds(recorded) == (0.0, 0.0)
