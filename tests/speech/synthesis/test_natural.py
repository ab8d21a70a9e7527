"""Natural voices, if they are installed: phone times, rate and pitch, and nothing that leaves this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dramatis.errors import VoiceError
from dramatis.speech.synthesis import hibari, kokoro, mandarin
from dramatis.speech.synthesis.onnx_graph import checked, entry, intercepted, node
from dramatis.speech.synthesis.spoken import Words
from dramatis.speech.synthesis.symbols import of_ipa, phones_of

needs_voices = pytest.mark.skipif(
    not (hibari.available() and kokoro.available()), reason="the natural voices of the extra 'say' are not installed"
)
ROOT = Path(__file__).parents[3]
SPEAK = """
import socket, sys
def refuse(*arguments): raise SystemExit("a connection was tried")
socket.socket.connect = socket.getaddrinfo = refuse
from dramatis.runtime.environment import keep_private
keep_private()
import numpy as np
from dramatis.speech.synthesis.catalogue import named
from dramatis.speech.synthesis.spoken import Delivery
from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines
heart, kumo = named("af_heart", "en-us"), named("jm_kumo", "cmn")
plain, slow, high, again, man, hissing = speak_lines([
    LineToSpeak("Bob made a map.", heart), LineToSpeak("Bob made a map.", heart, Delivery(rate=0.7)),
    LineToSpeak("Bob made a map.", heart, Delivery(pitch=1.3)), LineToSpeak("Bob made a map.", heart),
    LineToSpeak("你好 OK", kumo), LineToSpeak("She saw a sofa and easy shoes. Asha sees us.", heart)], workers=2)
assert plain.sound.digest == again.sound.digest
assert slow.sound.seconds > 1.2 * plain.sound.seconds
def pitch(said):
    samples = said.sound.samples[:, 0]
    shifts, parts = np.arange(60, 200), [samples[at : at + 1200] for at in range(0, len(samples) - 1200, 600)]
    loud = [part for part in parts if part @ part > 0.2 * max(one @ one for one in parts)]
    return float(np.median([24000 / shifts[np.argmax([part[shift:] @ part[:-shift] for shift in shifts])] for part in loud]))
assert 1.1 < pitch(high) / pitch(plain) < 1.6, (pitch(high), pitch(plain))
labels = [label for label, _, _ in plain.phones]
assert labels.count("b") == 2 and labels.count("m") == 2, labels
assert plain.phones[0][1] < 0.15 and plain.sound.seconds - plain.phones[-1][2] < 0.3
assert [label for label, _, _ in man.phones][:2] == ["n", "i"], man.phones
def late(said):
    # seconds by which the phones of hisses lie behind their sound
    windows = np.lib.stride_tricks.sliding_window_view(said.sound.samples[:, 0], 240)[::120]
    power = np.abs(np.fft.rfft(windows * np.hanning(240), axis=1)) ** 2
    hiss = np.log(power[:, 40:].sum(1) + 1e-6) - np.log(power[:, 1:16].sum(1) + 1e-6)
    times = 0.005 * np.arange(len(hiss)) + 0.005
    told = np.array([any(label in "sʃz" and start <= at < end for label, start, end in said.phones) for at in times], float)
    return 0.005 * max(range(-25, 26), key=lambda shift: np.corrcoef(np.roll(told, -shift), hiss)[0, 1])
assert abs(late(hissing)) <= 0.02, late(hissing)
print("spoken")
"""


def test_symbols_become_phones_with_their_times() -> None:
    seconds = [0.3, 0.1, 0.05, 0.2, 0.05, 0.05, 0.1, 0.1, 0.2]
    phones = phones_of("hˈAː tʰa", seconds)
    assert [label for label, _, _ in phones] == ["h", "eɪ", "t", "a"]
    assert phones[0][1:] == pytest.approx((0.229, 0.329))  # a symbol is heard a step and half of the one before it early
    assert phones[1][1:] == pytest.approx((0.329, 0.702))  # with its stress and length, up to the next word
    assert phones[2][1:] == pytest.approx((0.702, 0.879))


def test_ipa_of_a_lexicon_is_read() -> None:
    assert of_ipa("tʃeɪn") == "ʧAn"
    assert of_ipa("gɝ") == "ɡɜɹ"


def test_a_tensor_is_intercepted_only_where_one_node_makes_it() -> None:
    graph = node("Mul", ("a", "b"), "made")
    assert intercepted(graph, "made")[1] == "mad@"
    with pytest.raises(ValueError, match="exactly one"):
        intercepted(graph + graph, "made")
    assert entry("x", 1, (1, "n")).startswith(b"Z")


def test_damaged_weights_are_refused() -> None:
    with pytest.raises(VoiceError, match="damaged or of another version"):
        checked(b"weights", "0" * 64, "hibari-tts")


@needs_voices
def test_natural_voices_speak_offline_and_leave_no_file_in_the_home(tmp_path: Path) -> None:
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV") if name in os.environ}
    environment |= {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", SPEAK], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "spoken", done.stderr
    assert not list(tmp_path.rglob("*"))


def test_syllables_of_a_word_are_said_as_one() -> None:
    pytest.importorskip("rjieba")
    said = mandarin.symbols_of(Words("王医生在教堂。"))
    assert len(said.rstrip(".").split(" ")) == 4  # 王 医生 在 教堂
    assert "ʨjau↘tʰa↗ŋ" in said


def test_the_end_of_a_syllable_is_rhotic_without_its_n() -> None:
    pytest.importorskip("rjieba")
    assert mandarin.symbols_of(Words("慢点儿")).endswith("tjɛ↓ɚ")
