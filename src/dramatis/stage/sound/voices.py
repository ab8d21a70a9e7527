"""The voice bank: spoken lines by number, in many voices and languages, with the exact times of their phones.

`line(index, split)` is a function of its arguments alone: the same sound on every machine with the same synthesiser. No
speaker of one split speaks in another, and Italian is only ever spoken in `test`, as a language that nobody trained on.
"""

import atexit
import functools
import os
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.speech.mouthshapes import SAMPLE_RATE, Phone, levelled, loudness_of
from dramatis.speech.phone_times import from_closure
from dramatis.speech.synthesis import Spoken, Synthesiser, VoiceSettings
from dramatis.stage.sound.lines import sentence

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
Kind = Literal["woman", "man", "child"]
KINDS: tuple[Kind, ...] = ("woman", "man", "child")
LANGUAGES = ("en-us", "cmn", "ja", "ko", "es", "de", "fr")
UNSEEN = "it"
"""The language that only `test` speaks."""

_WOMEN = {
    "train": "f1 f2 f4 f5 Alicia anika aunty belinda linda steph shelby",
    "validation": "f3 Andrea",
    "test": "Annie grandma steph2",
}
_MEN = {
    "train": "m1 m2 m3 m5 m6 m7 Alex Andy Gene Jacky Lee Mario Michael Mike Reed Storm adam announcer antonio benjamin boris "
    "david ed gustave ian john kaukovalta klatt klatt2 klatt4 marcelo max michel miguel norbert pablo pedro quincy rob travis "
    "victor",
    "validation": "m4 Denis caleb klatt3 paul sandro",
    "test": "m8 Diogo Hugo Marco Henrique Nguyen klatt5 robert zac iven3",
}
_SPEAKERS = {"train": 400, "validation": 60, "test": 100}


@dataclass(frozen=True)
class Speaker:
    """One voice of the bank: a synthesiser's variant with a pitch, a liveliness and a rate of its own."""

    name: str
    kind: Kind
    variant: str
    pitch: int
    span: int
    rate: int


@dataclass(frozen=True, eq=False)
class VoiceLine:
    """A spoken line: mono sound at 16 kHz at the common level; phones are (IPA label, start, end) in seconds, pauses left out.

    `name` finds it again: "train/17".
    """

    name: str
    sound: Waveform
    phones: tuple[Phone, ...]
    speaker: Speaker
    language: str
    text: str

    @property
    def loudness(self) -> tuple[float, ...]:
        """As `stage.play.script.Speech.loudness`."""
        return tuple(loudness_of(self.sound.mono).tolist())


def speaker(number: int, split: Split, kind: Kind | None = None) -> Speaker:
    """A speaker by number; there are some hundreds, then they come again."""
    number %= _SPEAKERS[split]
    draw = np.random.default_rng([SPLITS.index(split), number, 17])
    kinds: tuple[Kind, ...] = ("woman", "woman", "man", "man", "child")
    kind = kind or kinds[draw.integers(5)]
    variants = (_MEN if kind == "man" else _WOMEN)[split].split()
    low, high = {"woman": (35, 70), "man": (20, 60), "child": (72, 96)}[kind]
    variant, pitch = str(draw.choice(variants)), int(draw.integers(low, high))
    return Speaker(f"{split} {kind} {number}", kind, variant, pitch, int(draw.integers(30, 80)), int(draw.integers(115, 215)))


def line(index: int, split: Split, kind: Kind | None = None, language: str | None = None) -> VoiceLine:
    """The line of a number; raises `VoiceError` without the synthesiser. `kind`: the speaker must be such a one."""
    draw = np.random.default_rng([SPLITS.index(split), index, 3])
    spoken = LANGUAGES if split != "test" else (*LANGUAGES, UNSEEN)
    chosen = language or str(spoken[draw.integers(len(spoken))])
    who = speaker(int(draw.integers(1 << 30)), split, kind)
    text = sentence(chosen, draw)
    settings = VoiceSettings(f"{chosen}+{who.variant}", who.rate, who.pitch, who.span, int(draw.integers(0, 6)))
    said = _synthesiser(os.getpid()).speak(text, settings)
    sound, phones = settled(said)
    return VoiceLine(f"{split}/{index}", sound, phones, who, chosen, text)


def settled(said: Spoken) -> tuple[Waveform, tuple[Phone, ...]]:
    """What a synthesiser said, at 16 kHz and the common level, each stop beginning where the mouth shuts."""
    sound = resample(said.sound, SAMPLE_RATE, mono=True)
    samples = levelled(sound.samples[:, 0])
    peak = max(1.0, float(np.abs(samples).max(initial=0.0)))
    samples = (samples / peak).astype(np.float32)
    return Waveform(samples[:, None], SAMPLE_RATE), from_closure(said.phones, samples)


@functools.lru_cache(maxsize=1)
def _synthesiser(process: int) -> Synthesiser:
    """The child that speaks for the process of a number: a forked worker must not talk to its parent's."""
    child = Synthesiser()
    atexit.register(_close, child, process)
    return child


def _close(child: Synthesiser, process: int) -> None:
    if os.getpid() == process:
        child.close()
