"""A second synthesiser, if its program is installed: flite, whose English voices were cut from recordings of people.

Only the training of the speech encoder uses it: the stage's own voices must not depend on what is installed.
"""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from dramatis.errors import VoiceError
from dramatis.media.sounds.sound_files import read_sound
from dramatis.speech.mouthshapes import Phone
from dramatis.speech.synthesis import Spoken
from dramatis.stage.sound.lines import sentence
from dramatis.stage.sound.voices import SPLITS, Speaker, Split, VoiceLine, settled

_VOICES: dict[Split, tuple[str, ...]] = {"train": ("kal16", "rms", "slt"), "validation": ("kal16",), "test": ("awb",)}
_IPA = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "axr": "ɚ", "ay": "aɪ", "b": "b", "ch": "tʃ",
    "d": "d", "dh": "ð", "dx": "ɾ", "eh": "ɛ", "el": "l", "em": "m", "en": "n", "er": "ɝ", "ey": "eɪ", "f": "f",
    "g": "g", "hh": "h", "hv": "h", "ih": "ɪ", "iy": "i", "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n",
    "ng": "ŋ", "nx": "n", "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ",
    "uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ",
}  # fmt: skip


def available() -> bool:
    """Whether the program is installed."""
    return shutil.which("flite") is not None


@functools.lru_cache(maxsize=1024)
def line(index: int, split: Split) -> VoiceLine:
    """An English line of a number; raises `VoiceError` without the program."""
    draw = np.random.default_rng([SPLITS.index(split), index, 5])
    voice, text = str(draw.choice(_VOICES[split])), sentence("en-us", draw)
    stretch, pitch = draw.uniform(0.8, 1.3), draw.uniform(85, 230)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        settings = [f"duration_stretch={stretch:.2f}", f"int_f0_target_mean={pitch:.0f}"]
        command = [
            "flite",
            "-voice",
            voice,
            *(part for one in settings for part in ("--setf", one)),
            "-psdur",
            "-t",
            text,
            str(path),
        ]
        try:
            done = subprocess.run(command, capture_output=True, check=True, text=True)
        except (OSError, subprocess.CalledProcessError) as fault:
            raise VoiceError(f"flite did not speak ({fault}): install it, or speak by eSpeak NG.") from fault
        sound = read_sound(str(path))
    who = Speaker(f"flite {voice}", "woman" if voice == "slt" else "man", voice, 50, 50, 150)
    sound, phones = settled(Spoken(sound, _phones(done.stdout)))
    return VoiceLine(f"flite {split}/{index}", sound, phones, who, "en-us", text)


def _phones(printed: str) -> tuple[Phone, ...]:
    """Phones from `label:end` pairs."""
    phones, start = [], 0.0
    for part in printed.split():
        label, _, end = part.rpartition(":")
        if label in _IPA:
            phones.append((_IPA[label], start, float(end)))
        start = float(end)
    return tuple(phones)
