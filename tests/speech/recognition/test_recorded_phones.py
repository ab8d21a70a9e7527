"""Words of recordings that only move mouths: heard stretch by stretch where they are needed, and the same wherever one asks."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Span
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_recording, resample
from dramatis.media.value_cache import ValueCache
from dramatis.speech.analysis import VoiceKey
from dramatis.speech.recognition.recorded_phones import RecordedVoice
from dramatis.speech.recognition.transcript import Transcript
from dramatis.story import Word

EXAMPLE = Path(__file__).parents[3] / "examples" / "noor.flac"
SAID = "Tom, my brother promised that pictures can speak."
EVERYTHING = Span(0.0, 60.0)


@dataclass
class Listening:
    """A recogniser that knows what is said every four seconds; `asked` are the seconds and the language of each sound."""

    language: str = "en"
    text: str = SAID
    asked: list[tuple[float, str]] = field(default_factory=list)
    version: str = "listening"

    def hear(self, voice: Waveform, language: str = "") -> Transcript:
        self.asked.append((voice.seconds, language))
        text = " ".join([self.text] * max(1, round(voice.seconds / 4)))
        return Transcript((Word(text, Span(0.0, voice.seconds)),), language or self.language)


@pytest.fixture(scope="module")
def voice() -> Waveform:
    """Four times the same sentence of 3.5 s, 16 kHz, with half a second between."""
    once = resample(read_recording(str(EXAMPLE)).sound, 16_000, mono=True).samples
    return Waveform(np.concatenate([np.pad(once, ((0, 8_000), (0, 0)))] * 4), 16_000)


def recorded(voice: Waveform, folder: Path, recogniser: Listening) -> RecordedVoice:
    return RecordedVoice(VoiceKey(f"{voice.digest} {folder}", voice, ValueCache(folder)), recogniser.version, recogniser)


def test_only_what_lies_near_is_heard(voice: Waveform, tmp_path: Path) -> None:
    recogniser = Listening()
    heard = recorded(voice, tmp_path, recogniser)
    (first,) = heard.stretches(Span(0.0, 0.5))
    assert [language for _, language in recogniser.asked] == [""]
    assert first.span.end < 4.5
    heard.hear_on(Span(0.0, 0.5))
    assert [language for _, language in recogniser.asked] == ["", "en"]
    heard.stretches(Span(4.5, 5.0))
    assert len(recogniser.asked) == 2


def test_phones_are_the_same_wherever_a_film_is_cut(voice: Waveform, tmp_path: Path) -> None:
    whole = recorded(voice, tmp_path / "whole", Listening()).stretches(EVERYTHING)
    late = recorded(voice, tmp_path / "late", Listening()).stretches(Span(10.0, 11.0))
    assert late
    assert set(late) < set(whole)
    assert len(whole) == 3
    for stretch in whole:
        lips = [start for label, start, _ in stretch.phones if label in {"p", "b", "m"}]
        assert len(lips) >= 5 * round(stretch.span.seconds / 4)  # Tom, my brother promised pictures
        assert all(stretch.span.holds(start) for start in lips)


def test_a_language_that_is_not_aligned_gives_no_phones(voice: Waveform, tmp_path: Path) -> None:
    recogniser = Listening("ru", "Том, мой брат обещал")
    assert not any(stretch.phones for stretch in recorded(voice, tmp_path, recogniser).stretches(Span(0.0, 5.0)))
    assert {language for _, language in recogniser.asked[1:]} == {"ru"}


def test_drawn_mouths_follow_the_words_and_are_the_same_in_every_take(voice: Waveform, tmp_path: Path) -> None:
    pytest.importorskip("skia", reason="the stage draws with skia", exc_type=ImportError)
    from dramatis.engines.drawn.spoken_lines import Recognition, mouths
    from dramatis.take import Role

    cast = (Role("Noor", voice=voice),)
    (whole,) = mouths(cast, Span(0.0, voice.seconds), Recognition(ValueCache(tmp_path), Listening()))
    (late,) = mouths(cast, Span(7.0, 9.0), Recognition(ValueCache(tmp_path), Listening()))
    (heard,) = mouths(cast, Span(7.0, 9.0), Recognition(ValueCache(tmp_path)))
    assert whole is not None
    assert late is not None
    assert heard is not None
    np.testing.assert_allclose(late[600:1000], whole[600:1000], atol=1e-6)
    assert np.abs(heard[600:1000] - whole[600:1000]).max() > 0.1
