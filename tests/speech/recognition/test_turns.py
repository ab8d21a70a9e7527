"""Two people in one recording: with an encoder that knows two tones, and with the real one where it is installed."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound
from dramatis.speech.analysis import VoiceAnalysis, analyse
from dramatis.speech.recognition.turns import likely_two, turns_in
from dramatis.speech.recognition.voice_encoder import VoiceEncoder, available, mel_powers, voice_encoder
from tests.speaking import RATE, talk

EXAMPLES = Path(__file__).parents[3] / "examples"


@dataclass(frozen=True, eq=False)
class Brightness(VoiceEncoder):
    """An encoder by which voices differ that have more or less power above 3 kHz."""

    layers: tuple[()] = ()
    projection: tuple[()] = ()  # type: ignore[assignment]  # it has none

    def embed(self, mels: NDArray[np.float32]) -> NDArray[np.float32]:
        share = mels[:, :, 28:].sum(axis=(1, 2)) / mels.sum(axis=(1, 2))
        return np.stack([np.cos(2 * share), np.sin(2 * share)], axis=1).astype(np.float32)


def hissed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same voice with another spectrum: its differences."""
    return np.asarray(np.diff(sound, prepend=0.0) * 3, np.float32)


def conversation(gap: float = 0.5) -> VoiceAnalysis:
    """Two voices in turn: 1.5 s each, with a pause between them; the third turn is the first voice's again."""
    said, pause = talk(1.5), np.zeros(round(gap * RATE), np.float32)
    parts = [said, pause, hissed(said), pause, said]
    return analyse(Waveform(np.concatenate(parts)[:, None], RATE))


def test_turns_are_told_apart_and_meet_in_pauses() -> None:
    found = turns_in(conversation(), Brightness())
    assert [turn.voice for turn in found.turns] == [0, 1, 0]
    edges = [turn.span.start for turn in found.turns]
    assert edges == pytest.approx([0.0, 1.75, 3.75], abs=0.1)
    assert all(one.span.end == two.span.start for one, two in zip(found.turns, found.turns[1:], strict=False))
    assert found.turns[-1].span.end == pytest.approx(5.5, abs=0.02)
    assert all(0 <= turn.confidence <= 1 for turn in found.turns)


def test_one_phrase_is_one_person() -> None:
    assert turns_in(analyse(Waveform(talk(1.5)[:, None], RATE)), Brightness()).confidence == 0.0


def test_it_is_surer_the_less_alike_the_voices_are_and_the_more_is_said() -> None:
    assert likely_two(0.5, 0.5, 5.0) > likely_two(0.8, 0.5, 5.0) > likely_two(0.8, 0.1, 5.0) > likely_two(0.8, 0.1, 1.0)
    assert likely_two(0.5, 0.5, 5.0) > 0.9
    assert likely_two(0.85, 0.1, 5.0) < 0.35


def test_mel_powers_are_those_of_the_networks_training() -> None:
    tone = np.sin(np.arange(16_000) * 2 * np.pi * 1000 / 16_000).astype(np.float32)
    powers = mel_powers(tone)
    assert powers.shape == (101, 40)
    assert powers[50].argmax() == 13  # 1000 Hz is mel 15, in steps of 41 bands up to mel 45.2
    assert np.allclose(mel_powers(0.001 * tone), mel_powers(0.002 * tone))  # quiet voices are as loud as others


@pytest.mark.skipif(not available(), reason="constraints-words.txt is not installed")
def test_real_voices_are_told_apart_and_one_is_not() -> None:
    noor, tom = (read_sound(str(EXAMPLES / name)) for name in ("noor.flac", "tom.flac"))
    pause = np.zeros((noor.rate // 3, 1), np.float32)
    both = Waveform(np.concatenate([noor.samples, pause, tom.samples]), noor.rate)
    found = turns_in(analyse(both), voice_encoder())
    assert found.confidence > 0.75
    assert [turn.voice for turn in found.turns] == [0, 1]
    assert found.turns[1].span.start == pytest.approx(noor.seconds + 0.17, abs=0.4)
    alone = turns_in(analyse(read_sound(str(EXAMPLES / "mira.flac"))), voice_encoder())
    assert alone.confidence < 0.5
