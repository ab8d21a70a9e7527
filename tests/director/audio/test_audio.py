"""What the audio expert hears: feelings that turn, songs, turns, and when words are said."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dramatis.director.audio.expert import hear
from dramatis.director.audio.music import beats, sung
from dramatis.director.audio.prosody import emotions_at, feelings, prosody, turns
from dramatis.director.audio.transcripts import aligned, words_of
from dramatis.director.claims import Material, VoiceInput
from dramatis.director.writing.timing import cut_points
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, resample
from dramatis.speech.analysis import analyse
from dramatis.stage.sound import speech_to_song
from dramatis.story import EMOTIONS
from dramatis.take import Limits
from tests.speaking import talk

EXAMPLE = Path("examples/mira.flac")
SAMPLES = Path("../shared/samples")
RATE = 16_000


def example() -> Waveform:
    return resample(read_sound(str(EXAMPLE)), RATE, mono=True)


def quiet(voice: Waveform) -> Waveform:
    """The voice spoken softly: a fifth as loud, without its highs."""
    spectrum = np.fft.rfft(voice.samples[:, 0])
    spectrum[len(spectrum) // 4 :] *= 0.3
    return Waveform((0.2 * np.fft.irfft(spectrum, len(voice.samples)))[:, None].astype(np.float32), RATE)


def shouted(voice: Waveform) -> Waveform:
    """The voice shouted: a fourth higher, with more highs."""
    higher = resample(Waveform(voice.samples, RATE), round(RATE / 1.3), mono=True).samples[:, 0]
    spectrum = np.fft.rfft(higher)
    spectrum[len(spectrum) // 8 :] *= 2.0
    loud = np.fft.irfft(spectrum, len(higher))
    return Waveform((0.9 * loud / np.abs(loud).max())[:, None].astype(np.float32), RATE)


def material(*voices: VoiceInput, seconds: float = 12.0) -> Material:
    return Material("", (), seconds, voices, (), Limits("any", "1"))


def test_a_voice_that_turns_from_quiet_to_shouting_is_heard_to_turn() -> None:
    soft, loud = quiet(example()), shouted(example())
    at = len(soft.samples) / RATE
    both = Waveform(np.concatenate([soft.samples, loud.samples]), RATE)
    report = hear(material(VoiceInput("Mira", both)))
    felt = [claim for claim in report.claims if claim.kind == "emotion" and claim.span is not None]
    starts = [claim.span.start for claim in felt if claim.span is not None]
    assert min(abs(start - at) for start in starts) < 0.5
    assert felt[0].what in {"calm", "sadness"}
    assert felt[-1].what in {"excitement", "anger", "surprise"}
    arousal = [(one.at, one.arousal) for one in report.tracks[0].feelings]
    before, after = ([value for time, value in arousal if (time < at) == early] for early in (True, False))
    assert np.mean(after) > np.mean(before) + 0.3


def test_how_loud_a_recording_is_says_nothing() -> None:
    voice = example()
    soft = Waveform(voice.samples * 0.1, RATE)
    loud, low = (feelings(prosody(analyse(sound))) for sound in (voice, soft))
    both = {one.at for one in loud} & {one.at for one in low}
    values = [[one.arousal for one in felt if one.at in both] for felt in (loud, low)]
    assert np.abs(np.array(values[0]) - np.array(values[1])).mean() < 0.1


@pytest.mark.parametrize(
    ("arousal", "valence", "what"), [(0.8, 0.6, "excitement"), (0.8, -0.7, "anger"), (-0.8, -0.5, "sadness")]
)
def test_each_emotion_has_its_place(arousal: float, valence: float, what: str) -> None:
    weights = emotions_at(arousal, valence)
    assert EMOTIONS[int(np.argmax(weights))] == what
    assert sum(weights) == pytest.approx(1, abs=0.01)


def test_an_even_voice_is_one_stretch() -> None:
    felt = feelings(prosody(analyse(example())))
    assert len(turns(felt, least=0.8)) == 1


def test_a_melody_is_sung_and_speech_is_not() -> None:
    assert sung(analyse(speech_to_song.line(500, "test").sound)) > 0.6
    assert sung(analyse(example())) < 0.45


def test_the_beat_of_a_click_is_found() -> None:
    rng = np.random.default_rng(0)
    samples = 0.002 * rng.standard_normal(10 * RATE)
    for at in np.arange(0.3, 9.9, 0.5):
        samples[int(at * RATE) :][:800] += np.sin(np.arange(800) * 0.6) * np.exp(-np.arange(800) / 150)
    cut_points, tempo = beats(analyse(Waveform(samples[:, None].astype(np.float32), RATE)))
    assert tempo == pytest.approx(120, rel=0.03)
    late = [(place - 0.3) % 0.5 for place in cut_points[2:-2]]
    assert np.median(np.minimum(late, np.subtract(0.5, late))) < 0.05


def test_the_floor_goes_from_one_to_the_other() -> None:
    voice = example()
    report = hear(material(VoiceInput("A", voice), VoiceInput("B", voice, start=voice.seconds - 1.5)))
    assert next(turn.who for turn in report.turns) == "A"
    assert report.turns[-1].who == "B"
    assert {claim.what for claim in report.claims if claim.kind == "speaker"} == {"A", "B"}


def test_words_are_found_where_they_are_said() -> None:
    samples = talk(3.0, ((0.0, 1.0), (1.5, 2.5)))[:, None]
    words = aligned("Hello my friend, wave goodbye now!", analyse(Waveform(samples, RATE)), start=2.0)
    assert [word.text for word in words] == ["Hello", "my", "friend", "wave", "goodbye", "now"]
    wave = next(word for word in words if word.text == "wave")
    assert wave.span.start == pytest.approx(3.5, abs=0.12)
    assert all(one.span.end <= two.span.start + 1e-6 for one, two in pairwise(words))


def test_chinese_is_read_sign_by_sign() -> None:
    assert words_of("大家好，hello 3D!") == ["大", "家", "好", "hello", "3D"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside the project")
def test_real_songs_and_real_speech_are_told_apart() -> None:
    def kinds(name: str) -> set[str]:
        track = hear(material(VoiceInput("a", read_sound(str(SAMPLES / name))))).tracks[0]
        return {part.heard for part in track.stretches}

    assert "song" in kinds("song.mp3")
    assert "song" not in kinds("speech_mandarin.wav") | kinds("speech_5s.wav")


SPOKEN = (
    "Tonight I want to tell you about the house by the river, where my grandmother lived for forty years. It was small and "
    "cold, and the roof leaked whenever it rained. But in summer the garden was full of roses, and the neighbours came over.",
    "今天我想给你们讲一个关于河边老房子的故事，我的奶奶在那里住了四十年。房子又小又冷，一下雨屋顶就漏水。可是到了夏天，花园里开满了玫瑰。",
)


@pytest.mark.parametrize("text", SPOKEN)
@pytest.mark.parametrize("known", [True, False])
def test_a_cut_may_lie_only_where_the_synthesiser_says_nothing(text: str, known: bool) -> None:
    pytest.importorskip("espeakng_loader")
    from dramatis.speech.synthesis import speak

    spoken = speak(text)
    report = hear(material(VoiceInput("Mira", spoken.sound, text=text if known else "")))
    where = [place.at for place in cut_points(report, spoken.sound.seconds)]
    inside = [at for at in where for _, start, end in spoken.phones if start + 0.02 < at < end - 0.02]
    assert len(where) >= 3
    assert inside == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside the project")
@pytest.mark.parametrize("name", ["speech_5s.wav", "speech_10s.wav", "speech_mandarin.wav", "two_in_car_second.wav"])
def test_a_real_voice_made_to_shout_is_heard_to_turn(name: str) -> None:
    voice = resample(read_sound(str(SAMPLES / name)), RATE, mono=True)
    both = Waveform(np.concatenate([quiet(voice).samples, shouted(voice).samples]), RATE)
    felt = [claim for claim in hear(material(VoiceInput("a", both))).claims if claim.kind == "emotion"]
    starts = [claim.span.start for claim in felt if claim.span is not None]
    assert min(abs(start - voice.seconds) for start in starts) < 0.5
    assert felt[0].what in {"calm", "sadness"}
    assert felt[-1].what in {"excitement", "anger", "surprise"}
