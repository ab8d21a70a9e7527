"""Lines are spoken as they are marked, with the times of their phones, at one loudness, without clicks."""

import json
from pathlib import Path

import numpy as np
import pytest

from dramatis.errors import BriefError, VoiceError
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import mix
from dramatis.media.sounds.sound_levels import loudness
from dramatis.speech.synthesis.catalogue import VOICES, Voice, named
from dramatis.speech.synthesis.espeak import EspeakVoice, available
from dramatis.speech.synthesis.levelling import levelled
from dramatis.speech.synthesis.lexicon import Lexicon, pronounced, read_lexicon
from dramatis.speech.synthesis.manner import asked_for, manner_of
from dramatis.speech.synthesis.markup import marked, plain
from dramatis.speech.synthesis.numerals import in_characters
from dramatis.speech.synthesis.speech_lines import RATE, LineToSpeak, speak_lines
from dramatis.speech.synthesis.spoken import Delivery, HummingVoice, Spoken, TextToSpeech, Words

HEART = VOICES[0]


def humming(voice: Voice, language: str) -> TextToSpeech:
    return HummingVoice(200.0 if voice.sex == "woman" else 100.0)


def hummed(text: str, prosody: Delivery | None = None, lexicon: Lexicon | None = None, workers: int = 1) -> Spoken:
    line = LineToSpeak(text, HEART, prosody or Delivery())
    return speak_lines([line], lexicon or Lexicon(), workers, humming)[0]


def test_marks_are_not_read_out() -> None:
    assert plain("I am *so* happy. [pause 0.8] Are you?") == "I am so happy. Are you?"
    assert plain("2 * 3 * 4") == "2 * 3 * 4"
    first, pause, second = marked("I am *so* happy. [pause 0.8] Are you?")
    assert first == (Words("I am"), Words("so", stressed=True), Words("happy."))
    assert (pause, second) == (0.8, (Words("Are you?"),))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith is here. He waits.", 2),
        ("Hello", 1),
        ("你好。再见！", 2),
        ("One... Two? Three!", 3),
        ("...", 0),
        ("J. K. Rowling wrote it.", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(marked(text)) == count


def test_a_pause_is_silent_and_a_stressed_word_longer() -> None:
    together, apart = hummed("aa bb"), hummed("aa [pause 0.8] bb")
    assert apart.sound.seconds - together.sound.seconds == pytest.approx(0.8, abs=0.25)
    assert apart.phones[2][1] - apart.phones[1][2] >= 0.8
    assert hummed("aa *bb* cc").sound.seconds > hummed("aa bb cc").sound.seconds + 0.05


def test_phones_lie_where_their_sound_is() -> None:
    said = hummed("ab. cd.")
    samples, quiet = said.sound.samples[:, 0], np.ones(len(said.sound.samples), np.bool_)
    for _, start, end in said.phones:
        inside = samples[round((start + 0.02) * RATE) : round((end - 0.02) * RATE)]
        assert np.sqrt((inside**2).mean()) > 0.05
        quiet[max(0, round((start - 0.01) * RATE)) : round((end + 0.01) * RATE)] = False
    assert np.abs(samples[quiet]).max() < 0.02


def test_sentences_are_the_same_for_any_number_of_workers() -> None:
    text = "one two. three four. [pause 0.3] five."
    assert hummed(text).sound.digest == hummed(text, workers=3).sound.digest


def in_a_film(sound: Waveform) -> float:
    """LUFS of a line in a film's sound."""
    return loudness(mix([(sound, 0.0)], sound.seconds, 48_000))


def test_lines_have_one_loudness_and_no_clicks() -> None:
    usual, loud = hummed("a long enough line"), hummed("a long enough line", Delivery(gain=3.0))
    assert in_a_film(usual.sound) == pytest.approx(-16.0, abs=0.1)
    assert in_a_film(loud.sound) == pytest.approx(-13.0, abs=0.3)
    for said in (usual, loud):
        assert max(abs(said.sound.samples[0, 0]), abs(said.sound.samples[-1, 0])) < 1e-3


def test_peaks_are_held_down_without_distortion() -> None:
    noise = np.random.default_rng(1).standard_normal(48000).astype(np.float32) * 0.05
    noise[20000:20100] += 0.9
    out = levelled(noise, 24000)
    assert np.abs(out).max() <= 0.9
    assert in_a_film(Waveform(out[:, None], 24000)) == pytest.approx(-16.0, abs=1.0)


def test_a_lexicon_says_how_words_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.json"
    path.write_text(json.dumps({"*": {"Noor": "/nʊɹ/"}, "en": {"GIF": "jiff"}, "jm_kumo": {"GIF": "ghiff"}}), encoding="utf-8")
    lexicon = read_lexicon(str(path))
    said = pronounced((Words("Noor sent a gif."),), lexicon.of("en-us", "af_heart"))
    assert said == (Words("Noor", sounds="nʊɹ"), Words("sent a jiff."))
    assert pronounced((Words("A gif."),), lexicon.of("en-us", "jm_kumo")) == (Words("A ghiff."),)
    assert [label for label, *_ in hummed("Noor.", lexicon=lexicon).phones] == ["n", "ʊ", "ɹ"]


@pytest.mark.parametrize(("voice", "said"), [("de", ["ʃ", "ɪ", "v", "ɔ", "n"]), ("es", ["ʃ", "i", "v", "o", "n"])])
def test_ipa_of_a_lexicon_is_said_by_espeak(voice: str, said: list[str]) -> None:
    if not available():
        pytest.skip("eSpeak is not installed")
    spoken = EspeakVoice(voice).speak((Words("Noor", sounds="ˈʃɪvɔn"),), Delivery())
    assert [label.strip("ˈ") for label, *_ in spoken.phones] == said


def test_ipa_that_a_voice_cannot_say_is_refused() -> None:
    with pytest.raises(VoiceError, match=r'"de" has no sound for some of /ʘa/ in the lexicon: give IPA'):
        EspeakVoice("de").speak((Words("x", sounds="ʘa"),), Delivery())


@pytest.mark.parametrize("text", ["[]", '{"en": []}', '{"en": {"Noor": 3}}', "{", '{"en": {"Noor": ""}}'])
def test_a_lexicon_is_read_strictly(tmp_path: Path, text: str) -> None:
    path = tmp_path / "lexicon.json"
    path.write_text(text)
    with pytest.raises(BriefError, match="lexicon"):
        read_lexicon(str(path))


def test_directions_for_the_voice_alone_are_not_for_actors() -> None:
    manner, rest = manner_of("smiling; voice: jm_kumo, very slow")
    assert (manner.voice, rest) == ("jm_kumo", "smiling")
    assert manner.prosody.rate < 0.8
    assert manner_of("whispers")[0].prosody.gain < -5
    assert manner_of("walks in")[0].prosody == Delivery()
    with pytest.raises(BriefError, match="says nothing about a voice"):
        asked_for("slow, like a duck")


def test_voices_are_found_by_name() -> None:
    assert named("AF_heart", "en-us") == HEART
    other = named("de+f2", "de")
    assert other is not None
    assert other.by == "espeak"
    assert named("no such; voice", "en-us") is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026年", "二零二六年"),
        ("10个", "十个"),
        ("1001", "一千零一"),
        ("50%", "百分之五十"),
        ("3.14", "三点一四"),
        ("7:30", "七点三十分"),
        ("120000", "十二万"),
    ],
)
def test_digits_are_read_in_chinese(text: str, read: str) -> None:
    assert in_characters(text) == read


def test_an_empty_line_is_refused() -> None:
    with pytest.raises(VoiceError, match="empty"):
        hummed("  ")


def test_a_hum_has_the_length_of_its_letters() -> None:
    said = HummingVoice().speak((Words("ab"),), Delivery(rate=2.0))
    assert said.sound.seconds == pytest.approx(0.1, abs=0.01)
    assert isinstance(said.sound, Waveform)
