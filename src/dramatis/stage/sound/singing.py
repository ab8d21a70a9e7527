"""Sung lines: vowels and soft consonants on the notes of a simple tune, by a small formant synthesiser.

A voice is harmonics of the pitch, with vibrato, under the resonances of the vowel (Fant 1960); the synthesiser of speech
cannot hold a note. Phone times are exact, since they are made first.
"""

import numpy as np
from numpy.typing import NDArray

from dramatis.media.sound import Waveform
from dramatis.speech.mouthshapes import SAMPLE_RATE, Phone, levelled
from dramatis.stage.sound.voices import SPLITS, Kind, Speaker, Split, VoiceLine

_FORMANTS = {
    "a": (800, 1250, 2700), "e": (450, 2000, 2750), "i": (300, 2300, 3000), "o": (450, 850, 2600), "u": (320, 750, 2400),
    "ɔ": (600, 950, 2600), "æ": (700, 1700, 2600), "m": (250, 1000, 2200), "n": (250, 1500, 2500), "l": (350, 1100, 2700),
    "j": (280, 2250, 3000), "w": (300, 650, 2300), "ɹ": (350, 1150, 1600),
}  # fmt: skip
_VOWELS, _CONSONANTS = "aeiouɔæ", ("m", "n", "l", "j", "w", "ɹ", "", "")
_SOFT = {"m": 0.25, "n": 0.25, "l": 0.45, "j": 0.6, "w": 0.45, "ɹ": 0.5}
_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
_TONGUE = SAMPLE_RATE / 200  # samples between two shapes of the tract


def line(index: int, split: Split) -> VoiceLine:
    """The sung line of a number."""
    draw = np.random.default_rng([SPLITS.index(split), index, 7])
    kind: Kind = "woman" if draw.random() < 0.5 else "man"
    base, length = (57.0 if kind == "woman" else 45.0) + draw.uniform(-4, 6), draw.uniform(0.22, 0.7)
    letters, notes, phones, at = list[str](), list[float](), list[Phone](), 0.08
    note = int(draw.integers(8))
    while at < 2.6:
        note = int(np.clip(note + draw.integers(-2, 3), 0, 7))
        lasts = length * float(draw.choice([1, 1, 1, 2, 0.5]))
        consonant, vowel = str(draw.choice(_CONSONANTS)), str(draw.choice(list(_VOWELS)))
        for letter, share in ((consonant, min(0.1, 0.35 * lasts)), (vowel, lasts - (min(0.1, 0.35 * lasts) if consonant else 0))):
            if letter:
                phones.append((letter, at, at + share))
                letters.append(letter)
                notes.append(base + _SCALE[note])
                at += share
        at += float(draw.choice([0, 0, 0, 0.25]))
    sound = _sung(phones, np.array(notes), at + 0.1, draw)
    who = Speaker(f"{split} singer {index % 50}", kind, "sung", 50, 50, 150)
    return VoiceLine(
        f"sung {split}/{index}", Waveform(sound[:, None], SAMPLE_RATE), tuple(phones), who, "sung", " ".join(letters)
    )


def _sung(phones: list[Phone], notes: NDArray[np.float64], seconds: float, draw: np.random.Generator) -> NDArray[np.float32]:
    """The sound: each harmonic follows the pitch, and the resonances at its frequency."""
    count = round(seconds * SAMPLE_RATE)
    coarse = np.arange(0, count + _TONGUE, _TONGUE) / SAMPLE_RATE
    middles = np.array([(start + end) / 2 for _, start, end in phones])
    edges = np.array([edge for _, start, end in phones for edge in (start + 0.02, end - 0.02)])
    tract = draw.uniform(0.95, 1.2)
    formants = [np.interp(coarse, edges, np.repeat([_FORMANTS[p[0]][k] * tract for p in phones], 2)) for k in range(3)]
    level = np.interp(coarse, edges, np.repeat([_SOFT.get(p[0], 1.0) for p in phones], 2))
    voiced = np.zeros(len(coarse))
    for _, start, end in phones:
        voiced[(coarse >= start) & (coarse < end)] = 1
    level *= np.convolve(voiced, np.ones(7) / 7, mode="same")
    note = np.interp(coarse, middles, notes) + draw.uniform(0, 0.5) * np.sin(2 * np.pi * draw.uniform(4.5, 6.5) * coarse)
    pitch = 440 * 2 ** ((note - 69) / 12)
    fine = np.arange(count) / SAMPLE_RATE
    phase = 2 * np.pi * np.cumsum(np.interp(fine, coarse, pitch)) / SAMPLE_RATE
    tilt, sound = draw.uniform(0.9, 1.6), np.zeros(count)
    for harmonic in range(1, int(4500 / pitch.min())):
        frequency = harmonic * pitch
        weight = sum(
            gain / (1 + ((frequency - formant) / 90) ** 2) for gain, formant in zip((1, 0.6, 0.3), formants, strict=True)
        )
        weight = weight * level * harmonic**-tilt * 4 + level * 0.02 / harmonic
        sound += np.interp(fine, coarse, np.where(frequency < 7000, weight, 0)) * np.sin(harmonic * phase)
    sound += draw.normal(0, 0.01, count) * np.interp(fine, coarse, level) * sound.std()
    return np.clip(levelled(sound.astype(np.float32)), -1, 1)
