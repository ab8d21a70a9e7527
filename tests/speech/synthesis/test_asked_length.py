"""Lines and films of an asked length: spoken faster or slower within bounds, whole, and never cut."""

from collections.abc import Sequence

import pytest

from dramatis.production.lines.film_length import asked_seconds, longer
from dramatis.speech.synthesis.asked_length import FASTEST, in_length, shared
from dramatis.speech.synthesis.catalogue import VOICES, Voice
from dramatis.speech.synthesis.lexicon import Lexicon
from dramatis.speech.synthesis.manner import asked_for, manner_of
from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines
from dramatis.speech.synthesis.spoken import Delivery, HummingVoice, Spoken, TextToSpeech
from dramatis.story import Brief, Character

WORDS = "all of these words are said"


def humming(voice: Voice, language: str) -> TextToSpeech:
    return HummingVoice()


def hummed(lines: Sequence[LineToSpeak]) -> list[Spoken]:
    return speak_lines(lines, Lexicon(), 1, humming)


def in_seconds(seconds: float, rate: float = 1.0) -> tuple[Spoken, Spoken]:
    """A line as it is said, and in an asked length."""
    line = LineToSpeak(WORDS, VOICES[0], Delivery(rate))
    usual = hummed([line])
    return usual[0], in_length([line], usual, [seconds], hummed)[0]


@pytest.mark.parametrize("share", [0.9, 1.1])
def test_a_line_lasts_as_long_as_it_was_asked_to(share: float) -> None:
    usual, made = in_seconds(share * hummed([LineToSpeak(WORDS, VOICES[0])])[0].sound.seconds)
    assert made.sound.seconds == pytest.approx(share * usual.sound.seconds, rel=0.03)
    assert made.phones[-1][2] == pytest.approx(share * usual.phones[-1][2], rel=0.05)


def test_words_that_do_not_fit_are_whole_and_at_most_a_little_faster() -> None:
    usual, made = in_seconds(0.5)
    assert [label for label, *_ in made.phones] == [label for label, *_ in usual.phones]
    assert usual.phones[-1][2] / made.phones[-1][2] == pytest.approx(FASTEST, abs=0.02)
    fast, same = in_seconds(0.5, rate=1.3)
    assert same.sound.digest == fast.sound.digest  # it is faster already, and asked to be


def test_a_line_that_ends_early_is_followed_by_silence() -> None:
    _, made = in_seconds(9.0)
    assert made.sound.seconds == pytest.approx(9.0)
    assert not made.sound.samples[-24_000:].any()


def test_a_film_hurries_its_lines_alike_and_only_if_it_must() -> None:
    said = hummed([LineToSpeak(WORDS, VOICES[0]), LineToSpeak("two words", VOICES[0])])
    whole = sum(one.sound.seconds for one in said)
    assert shared(said, [0.0, 0.0], whole + 1) == [0.0, 0.0]
    assert sum(shared(said, [0.0, 0.0], 0.9 * whole)) == pytest.approx(0.9 * whole)
    own = shared(said, [2.5, 0.0], 2.5 + 0.9 * said[1].sound.seconds)
    assert own[0] == 2.5
    assert own[1] == pytest.approx(0.9 * said[1].sound.seconds)


def test_a_length_is_read_beside_the_voice_and_is_nothing_for_actors() -> None:
    manner, rest = manner_of("smiling, 2.5 s; voice: jm_kumo, slow")
    assert (manner.seconds, manner.voice, rest) == (2.5, "jm_kumo", "smiling")
    assert asked_for("4 seconds, af_heart").seconds == 4
    assert asked_for("慢，4秒").seconds == 4
    assert manner_of("waits for 2 s")[0].seconds == 0


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("A 20-second video of Mia", 20),
        ("The film lasts about 12.5 s. Mia smiles.", 12.5),
        ("一段15秒的视频", 15),
        ("Mia nods after 3 seconds", 0),
        ("Mia: This is a 9 second video.\nTom: No.", 0),
    ],
)
def test_words_say_how_long_the_film_is_to_last(prompt: str, seconds: float) -> None:
    assert asked_seconds(Brief((Character("Mia"), Character("Tom")), prompt)) == seconds


def test_a_film_that_is_longer_than_asked_says_so() -> None:
    brief = Brief((Character("Mia", say="Hello"),), seconds=3)
    assert longer(3.1, brief) == ()
    assert longer(4.0, brief) == (
        "The film lasts 4.0 s instead of 3: nothing is cut, and texts are spoken at most 1.15 times as fast.",
    )
