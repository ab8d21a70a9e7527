"""The performance score: mouths that follow the voice, close for /p b m/ and in silence, and do not depend on cutting."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.speech import score as rooms
from dramatis.speech.analysis import analyse
from dramatis.speech.coarticulation import mouth_of
from dramatis.speech.score import MOUTH, Score, score
from dramatis.speech.synthesis import Spoken, speak
from dramatis.stage.sound.speech_to_song import sung
from tests.speaking import chords, talk

JAW, SPREAD, PUCKER, _, PRESS, _, LOWER, TONGUE = range(len(MOUTH))
SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
TEXT = "Please pay more attention to my problem, before the bus stops. A member of the public bought a lamp."

needs_espeak = pytest.mark.skipif(importlib.util.find_spec("espeakng_loader") is None, reason="the extra 'say' is not installed")


@pytest.fixture(scope="module")
def spoken() -> Spoken:
    return speak(TEXT)


def opening(found: Score) -> np.ndarray:
    return found.mouth[:, JAW] * (1 - found.mouth[:, PRESS]) + 0.3 * found.mouth[:, LOWER]


def lag_and_correlation(found: Score) -> tuple[int, float]:
    """Frames of 10 ms by which the opening follows the loudness, and the correlation there."""
    mouth, loud = opening(found), found.loudness
    scores = {shift: float(np.corrcoef(np.roll(mouth, -shift)[30:-30], loud[30:-30])[0, 1]) for shift in range(-15, 16)}
    best = max(scores, key=lambda shift: scores[shift])
    return best, scores[0]


@needs_espeak
def test_the_mouth_follows_the_voice_without_lag(spoken: Spoken) -> None:
    lag, correlation = lag_and_correlation(score(spoken.sound))
    assert abs(lag) <= 4
    assert correlation > 0.7


@needs_espeak
def test_silence_shuts_the_mouth(spoken: Spoken) -> None:
    quiet = np.zeros((8_000, 1), np.float32)
    samples = spoken.sound.samples
    rate = spoken.sound.rate
    found = score(Waveform(np.concatenate([quiet, samples, quiet, quiet, samples, quiet]), rate))
    gap = slice(int((8_000 + len(samples)) / rate * 100) + 15, int((24_000 + len(samples)) / rate * 100) - 15)
    assert found.mouth[gap].max() == 0
    assert found.mouth[:20].max() == 0
    assert found.mouth.max() > 0.5


@needs_espeak
def test_every_closure_is_seen_at_25_frames_a_second(spoken: Spoken) -> None:
    found = score(spoken.sound)
    times = np.arange(len(found.mouth)) / 100
    named = [(start, end) for label, start, end in found.phones if label in {"P", "B", "M"}]
    assert named
    for phase in (0.0, 0.01, 0.02, 0.03):
        shown = np.arange(phase, times[-1], 0.04)
        pressed = np.interp(shown, times, found.mouth[:, PRESS])
        jaw = np.interp(shown, times, found.mouth[:, JAW])
        for start, end in named:
            near = (shown > start - 0.08) & (shown < end + 0.08)
            assert pressed[near].max() > 0.95
            assert jaw[near][pressed[near].argmax()] < 0.03


@needs_espeak
def test_lips_close_for_words_full_of_lips_and_not_for_words_without() -> None:
    def shut(text: str) -> float:
        pressed = score(speak(text, "en-us").sound).mouth[:, PRESS] > 0.9
        return float(pressed.mean())

    lips, tongues = "Pay pa a pipe. Bob, a baby, papa, pop up a pub. Poppy, a puppy.", "She sees her. He chose easy high seas."
    assert shut(lips) > 2 * shut(tongues)


@needs_espeak
def test_movements_are_those_of_a_mouth(spoken: Spoken) -> None:
    mouth = score(spoken.sound).mouth
    assert mouth.dtype == np.float32
    assert mouth.min() >= 0
    assert mouth.max() <= 1
    assert np.abs(np.diff(mouth, axis=0)).max() < 0.36
    jerk = np.abs(np.diff(mouth, n=2, axis=0))
    assert np.percentile(jerk, 95) < 0.03


@needs_espeak
def test_a_span_is_the_whole_cut(spoken: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    pause = np.zeros((spoken.sound.rate, 1), np.float32)
    voice = Waveform(np.concatenate([spoken.sound.samples, pause] * 3), spoken.sound.rate)
    whole = score(voice)
    rooms._piece.cache_clear()
    decoded: list[float] = []
    decode = rooms.decode
    monkeypatch.setattr(rooms, "decode", lambda samples, start: decoded.append(start) or decode(samples, start))
    for start, end in ((12.0, 14.0), (3.0, 5.5), (0.0, 1.0)):
        part = score(voice, Span(start, end))
        rows = slice(max(0, round((start - 1) * 100)), round((end + 1) * 100) + 1)
        assert np.array_equal(part.mouth[rows], whole.mouth[rows])
        assert np.array_equal(part.loudness, whole.loudness)
        assert (part.stress, part.phrases) == (whole.stress, whole.phrases)
        assert set(part.phones) <= set(whole.phones)
        assert 0 < len(decoded) < len(rooms.pieces(analyse(voice)))
        decoded.clear()
        rooms._piece.cache_clear()


@needs_espeak
def test_twice_the_same_from_nothing(spoken: Spoken) -> None:
    first = score(spoken.sound)
    for cache in (rooms.analysis_of, rooms._pieces, rooms._piece):
        cache.cache_clear()
    second = score(Waveform(spoken.sound.samples.copy(), spoken.sound.rate))
    assert np.array_equal(first.mouth, second.mouth)
    assert first.phones == second.phones


@pytest.mark.parametrize(
    ("rate", "channels", "samples"), [(8_000, 1, 8_001), (48_000, 2, 100_003), (22_050, 1, 7), (16_000, 1, 0)]
)
def test_any_rate_and_length_is_taken(rate: int, channels: int, samples: int) -> None:
    times = np.arange(samples) / rate
    buzz = sum(np.sin(2 * np.pi * 150 * k * times) for k in range(1, 20)) * 0.03 * (times > 0.3)
    found = score(Waveform(np.repeat(np.asarray(buzz, np.float32).reshape(-1, 1), channels, axis=1), rate))
    assert len(found.mouth) == len(found.loudness) == len(found.speech) == len(found.pitch)
    assert abs(len(found.mouth) - samples / rate * 100) <= 1
    assert np.isfinite(found.mouth).all()


def test_silence_is_all_zero() -> None:
    found = score(Waveform(np.zeros((32_000, 1), np.float32), 16_000))
    assert not found.mouth.any()
    assert found.phones == ()


def test_music_moves_no_mouth() -> None:
    assert not score(Waveform(chords(3.0)[:, None], 16_000)).mouth.any()


def test_the_mouth_follows_the_voice_and_not_the_music_under_it() -> None:
    sound, music = talk(7.0, ((2.5, 4.2), (5.0, 6.4))), chords(7.0)
    clean, mixed = (
        opening(score(Waveform(part[:, None], 16_000))) for part in (sound, sound + 0.4 * sound.std() / music.std() * music)
    )
    assert mixed[:235].max() < 0.02
    assert mixed[440:480].max() < 0.05 * mixed.max()
    assert np.corrcoef(clean, mixed)[0, 1] > 0.75


def test_a_long_note_holds_its_shape() -> None:
    phones = (("a", 0.0, 0.5), ("o", 0.5, 1.0))
    note, held = sung(talk(1.0), phones, 52.0, np.random.default_rng(2))
    quiet = np.zeros(8_000, np.float32)
    found = score(Waveform(np.concatenate([quiet, note, quiet])[:, None], 16_000))
    last = 50 + round(100 * held[-1][2])
    assert np.median(opening(found)[60 : last - 10]) > 0.25
    assert (opening(found)[60 : last - 10] > 0.08).mean() > 0.9
    assert found.mouth[last + 25 :].max() == 0


def test_shapes_follow_the_phones() -> None:
    analysis = analyse(Waveform(talk(3.0, ((0.3, 2.7),))[:, None], 16_000))
    labels = ("AA", "IY", "UW", "L", "M", "AA")
    phones = tuple((label, 0.3 + 0.4 * k, 0.7 + 0.4 * k) for k, label in enumerate(labels))
    mouth = mouth_of(analysis, 0, 301, phones)
    middle = {label: mouth[50 + 40 * k] for k, label in enumerate(labels[:5])}
    assert middle["AA"][JAW] > 1.3 * middle["IY"][JAW]
    assert middle["IY"][SPREAD] > 0.5 > middle["UW"][SPREAD]
    assert middle["UW"][PUCKER] > 0.5 > middle["IY"][PUCKER]
    assert middle["L"][TONGUE] > 0.5
    assert middle["M"][PRESS] > 0.9
    assert middle["M"][JAW] < 0.02


def test_a_voice_without_a_pause_is_cut_without_a_trace() -> None:
    """Twenty seconds of syllables that never stop: cuts do not shut the mouth, and a span is still the whole, cut."""
    voice = Waveform(talk(20.0)[:, None], 16_000)
    whole = score(voice)
    cuts = [end for _, end in rooms.pieces(analyse(voice))[:-1]]
    assert len(cuts) >= 2
    assert all(opening(whole)[cut - 12 : cut + 12].max() > 0.15 for cut in cuts)
    rooms._piece.cache_clear()
    part = score(voice, Span(9.0, 11.0))
    assert np.array_equal(part.mouth[800:1201], whole.mouth[800:1201])


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize("name", ["speech_5s.wav", "speech_mandarin.wav", "two_in_car_second.wav"])
def test_real_voices(name: str) -> None:
    samples, rate = soundfile.read(SAMPLES / name, dtype="float32", always_2d=True)
    lag, correlation = lag_and_correlation(score(Waveform(np.asarray(samples, np.float32), rate)))
    assert abs(lag) <= 4
    assert correlation > 0.65
