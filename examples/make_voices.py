"""Speak the example voices again: `python examples/make_voices.py` (needs Debian's `flite`, whose voices are free).

Each phrase is spoken alone and the pauses between phrases are true silence, so a film of them shows at once whether
lips rest when nothing is said. Written as mono FLAC at 24 kHz.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

RATE = 24_000
Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Part:
    """A voice of flite, its transposition (1.06 is a semitone up), its pace, and its phrases, each with the pause after it."""

    voice: str
    pitch: float
    stretch: float
    phrases: tuple[tuple[str, float], ...]


PARTS = {
    "mira": Part("slt", 1.0, 1.0, (
        ("Hello! I'm Mira.", 0.45),
        ("A moment ago, I was only a picture.", 0.5),
        ("Dramatis gave me a voice,", 0.2),
        ("and maybe a bit of a smile.", 0.5),
        ("Now, bring me your portrait!", 0.35),
    )),
    "noor": Part("slt", 0.93, 1.0, (("Tom, my brother promised that pictures can speak.", 0.3),)),
    "tom": Part("rms", 1.0, 0.9, (("Be patient, Noor.", 0.3), ("Maybe we already do.", 0.3))),
}  # fmt: skip


def phrase(text: str, part: Part) -> Samples:
    """One phrase, transposed, at `RATE`, without the silence around it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phrase.wav"
        stretch = f"duration_stretch={part.stretch * part.pitch:.4f}"
        subprocess.run(["flite", "-voice", part.voice, "--setf", stretch, "-t", text, "-o", str(path)], check=True)
        sound, rate = soundfile.read(path, dtype="float32")
    sound = soxr.resample(sound, rate * part.pitch, RATE, quality="VHQ").astype(np.float32)
    loud = np.flatnonzero(np.abs(sound) > 0.012 * np.abs(sound).max())
    sound = sound[max(0, loud[0] - RATE // 40) : loud[-1] + RATE // 14]
    fade = np.linspace(0, 1, RATE // 100, dtype=np.float32)
    sound[: len(fade)] *= fade
    sound[-len(fade) :] *= fade[::-1]
    return sound


def spoken(part: Part) -> Samples:
    """All phrases with their pauses, after a quarter of a second of silence, peak at 0.7."""
    pieces = [np.zeros(RATE // 4, np.float32)]
    for text, pause in part.phrases:
        pieces += [phrase(text, part), np.zeros(round(pause * RATE), np.float32)]
    sound = np.concatenate(pieces)
    return (sound * (0.7 / np.abs(sound).max())).astype(np.float32)


def main() -> None:
    """Write every part beside this file."""
    if shutil.which("flite") is None:
        sys.exit("This needs the program flite: apt-get install flite.")
    for name, part in PARTS.items():
        soundfile.write(Path(__file__).parent / f"{name}.flac", spoken(part), RATE, subtype="PCM_16", format="FLAC")


if __name__ == "__main__":
    main()
