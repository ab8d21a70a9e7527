"""Narrators: heard, captioned, and in nobody's picture, from the request to the takes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dramatis.director import direct
from dramatis.engines import build
from dramatis.errors import BriefError
from dramatis.evaluation.film.cast import narrators
from dramatis.production.assets import Assets
from dramatis.production.lines.rescripting import NewLine, rescripted
from dramatis.production.lines.screenplay import ScriptLine, with_off_screen
from dramatis.production.lines.spoken_cast import fitting_voices, spoken_cast
from dramatis.production.previews.stand_ins import stand_ins
from dramatis.production.request import Options, request_of
from dramatis.production.stock import load_stock
from dramatis.production.storyboard import write
from dramatis.story import Brief, Character, Line, Storyline
from dramatis.story.checks import check_storyline
from dramatis.story.document import parsed, storyline_from, to_json

LIMITS = build("drawn").limits
TOLD = "Narrator: A cat met a robot.\nCat: Hello!\nRobot: Hi.\nNarrator: They became friends. "


def brief_of(words: str, **options: object) -> Brief:
    brief = request_of(None, Options(prompt=words, **options), 0)  # type: ignore[arg-type]  # by name
    assert isinstance(brief, Brief)
    return brief


@pytest.fixture
def told(make_voice: Callable[..., str]) -> Storyline:
    """A narrator, two who talk, and the narrator again: 16 s."""
    turns = {"Narrator": ((0.2, 3.8), (12.2, 15.6)), "Cat": ((4.2, 7.8),), "Robot": ((8.2, 11.8),)}
    voices = {who: make_voice(f"{who}.wav", 16.0, spoken=spans) for who, spans in turns.items()}
    return write(brief_of(TOLD), voices, Assets(), LIMITS, direct)[0]


def test_a_narrator_is_heard_and_in_no_picture(told: Storyline) -> None:
    assert {who.name: who.off_screen for who in told.cast} == {"Narrator": True, "Cat": False, "Robot": False}
    assert all(shot.cast == ("Cat", "Robot") for shot in told.shots)
    assert {line.who for line in told.lines} == {"Narrator", "Cat", "Robot"}
    assert "Narrator" in {who for shot in told.shots for who in shot.speakers}
    assert not [pair for shot in told.shots for pair in shot.listening if pair.to == "Narrator"]
    assert storyline_from(parsed(to_json(told), "a plan")) == told
    heard = load_stock(told, Assets(), LIMITS)
    assert {role.name for shot in told.shots for role in heard.roles(shot)} == {"Cat", "Robot"}
    loud = abs(heard.sound.mono[: round(3.5 * heard.sound.rate)])
    assert loud.max() > 0.05


def test_a_narrator_is_heard_over_the_place_and_over_everybody(told: Storyline) -> None:
    assert told.shots[0].framing == "wide"
    for shot in told.shots:
        if shot.speakers == ("Narrator",):
            assert not shot.focus
            assert "reaction" not in shot.why[0].claim


def test_a_narrator_alone_is_heard_over_a_place_that_the_camera_moves_through(make_voice: Callable[..., str]) -> None:
    voice = make_voice("n.wav", 30.0, spoken=((0.2, 29.0),))
    plan, _ = write(brief_of("Narrator: It is quiet here. In a forest."), {"Narrator": voice}, Assets(), LIMITS, direct)
    assert not any(shot.cast for shot in plan.shots)
    (cue,) = plan.shots[0].direction.cues
    assert (plan.shots[0].framing, cue.what, cue.span.end) == ("wide", "push in", plan.seconds)
    assert "in a forest" in plan.shots[0].direction.words


def test_a_narrator_beside_a_portrait_is_somebody_else() -> None:
    brief = brief_of("Narrator: This is Mira.\nMira: Hello!", portraits=("mira.png",))
    assert [(who.name, who.portrait, who.off_screen) for who in brief.cast] == [
        ("Narrator", "", True),
        ("Mira", "mira.png", False),
    ]
    recorded = brief_of("Narrator: This is Mira.", portraits=("mira.png",), voices=("mira.wav",))
    assert [(who.name, who.voice, who.off_screen) for who in recorded.cast] == [
        ("Narrator", None, True),
        ("person1", "mira.wav", False),
    ]
    text = brief_of("Narrator: This is Mira.", portraits=("mira.png",), said=("Hello!",))
    assert [(who.name, who.say) for who in text.cast] == [("Narrator", "This is Mira."), ("person1", "Hello!")]


def test_a_recording_of_whose_turn_nothing_is_said_follows_who_introduces_it(make_voice: Callable[..., str]) -> None:
    voice = make_voice("mira.wav", 2.0)
    brief = brief_of("Narrator (voice: en-us): This is Mira.", portraits=("mira.png",), voices=(voice,))
    tracks = spoken_cast(brief).tracks
    quiet = abs(tracks["person1"].sound.mono[: round(0.5 * tracks["person1"].sound.rate)])
    assert quiet.max() == 0.0
    assert tracks["Narrator"].phones[0][1] < 0.5


def test_names_of_a_document_are_seen_where_it_says_how_they_look() -> None:
    cast = (Character("Narrator", look="an old man"), Character("Tom"))
    shown = with_off_screen(Brief(cast, "Narrator: Hello.\nTom: Hi."))
    assert not any(who.off_screen for who in shown.cast)


def test_a_voice_of_somebody_is_their_own_and_a_narrator_s_is_as_the_words_say() -> None:
    cast = (Character("Anna"), Character("Anna's Voice", off_screen=True), Character("Narrator", off_screen=True))
    lines = (ScriptLine("Anna", "Hello."), ScriptLine("Anna's Voice", "I lied."), ScriptLine("Narrator", "So.", "voice: woman"))
    voices = fitting_voices(cast, lines)
    assert voices["Anna"] == voices["Anna's Voice"] != voices["Narrator"]


def test_a_new_line_of_a_narrator_belongs_to_the_shot_beside_it(told: Storyline) -> None:
    lengths = [16.0] * len(told.lines)
    kept = [NewLine(line, 16.0, at) for at, line in enumerate(told.lines)]
    more = rescripted(told, [*kept, NewLine(Line("Narrator", "n.wav", 0.0, "The end."), 1.5)], lengths)
    assert check_storyline(more).seconds > told.seconds
    assert all(shot.cast == ("Cat", "Robot") for shot in more.shots)


def test_a_stand_in_is_drawn_of_nobody_who_is_not_seen(told: Storyline) -> None:
    bare = replace(told, cast=tuple(replace(who, look="") for who in told.cast))
    drawn = stand_ins(bare, Assets(), LIMITS)
    assert [(who.name, bool(who.look)) for who in drawn.cast] == [("Narrator", False), ("Cat", True), ("Robot", True)]


def test_a_measure_hears_a_narrator_as_somebody_else(told: Storyline) -> None:
    assert len(narrators(told, told.seconds)) == 1


def test_who_is_off_screen_is_in_no_shot(told: Storyline) -> None:
    wrong = replace(told.shots[0], cast=("Narrator", *told.shots[0].cast))
    with pytest.raises(BriefError, match="off_screen"):
        check_storyline(replace(told, shots=(wrong, *told.shots[1:])))
