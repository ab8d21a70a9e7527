"""Interpretable speech features for lip motion: 24 values, 50 times a second.

They are the contract between the speech encoder, which predicts them, and the video transformer, which uses them: eight
mouth channels, the probabilities of fourteen mouth shapes, speech, loudness. On the stage the same features are written
from the truth (phones with their times), so neither network waits for the other. Only numpy is imported here.
"""

import functools
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

MOUTH = ("jaw", "spread", "pucker", "funnel", "press", "upper", "lower", "tongue")
"""The mouth's channels, 0..1; the same as `speech.visemes.MOUTH`."""
SHAPES = (
    "silence", "closed", "lip-teeth", "open", "mid", "e", "i", "o", "u", "hiss", "hush", "tongue", "velar", "r",
)  # fmt: skip
"""Mouth shapes that a lip reader tells apart: /p b m/ are closed, /s z/ hiss, /sh zh ch j/ hush, /t d n l th/ tongue."""
FEATURES = (*MOUTH, *(f"shape {shape}" for shape in SHAPES), "speech", "loudness")
"""Names of the features, all 0..1; the shapes add up to one."""
RATE = 50
"""Features a second; feature k stands for the 20 ms around k / 50 s."""
SAMPLE_RATE = 16_000
SHAPE_COLUMNS = slice(len(MOUTH), len(MOUTH) + len(SHAPES))
SPEECH_COLUMN, LOUDNESS_COLUMN = len(FEATURES) - 2, len(FEATURES) - 1
_FINE = 4  # instants a feature is averaged over
_QUIET, _LOUD = -55.0, -10.0  # dB of full scale
_LEVEL = -20.0  # dB of full scale of the loud syllables of a voice at the common level

Phone = tuple[str, float, float]
Features = NDArray[np.float32]

_LETTERS = {
    "closed": "pbmɓ", "lip-teeth": "fvʋɱɸβ", "open": "aɑæɐɶ", "mid": "əɜɘʌɤɯ", "e": "eɛ", "i": "iɪɨᵻj", "o": "oɔɒøœɵ",
    "u": "uʊwyʏɥʉʍ", "hiss": "szʦʣ", "hush": "ʃʒɕʑʂʐçʝʧʤ", "tongue": "tdnlθðɾrɲʎɖʈɳɭɫɬɽɮ", "velar": "kɡgŋxɣχʁqhɦɟcʔɰħʕɴʀ",
    "r": "ɹɻɚɝ",
}  # fmt: skip
_SHAPE_OF = {letter: shape for shape, letters in _LETTERS.items() for letter in letters}
_AFFRICATES = {
    "tʃ": "ʧ",
    "dʒ": "ʤ",
    "tɕ": "ʧ",
    "dʑ": "ʤ",
    "ts.": "ʧ",
    "s.": "ʂ",
    "tʂ": "ʧ",
    "dʐ": "ʤ",
    "ts": "ʦ",
    "dz": "ʣ",
    "ɯᵝ": "u",
}


@functools.cache
def atoms(label: str) -> str:
    """The sounds of one IPA label, a letter each: "ˈaɪ" is "aɪ", "tʃʰ" is "ʧ"; without stress, length and tone."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", label) if not unicodedata.combining(letter))
    if bare.startswith("("):  # a change of language, not a sound
        return ""
    for pair, letter in _AFFRICATES.items():
        bare = bare.replace(pair, letter)
    letters = [letter for letter in bare if letter in _SHAPE_OF]
    kept = letters[:1] + [letter for letter in letters[1:] if letter != "h"]  # an "h" after a stop is its breath
    return "".join(kept)


def sounds(phones: Sequence[Phone]) -> Iterator[tuple[str, float, float]]:
    """Phones as single sounds (IPA letter, start, end): those of several letters share their time equally."""
    for label, start, end in phones:
        letters = atoms(label)
        step = (end - start) / max(1, len(letters))
        for number, letter in enumerate(letters):
            yield letter, start + number * step, start + (number + 1) * step


def shape_of(letter: str) -> int:
    """Number of the mouth shape of an IPA letter in `SHAPES`; 0, silence, for what is none."""
    return SHAPES.index(_SHAPE_OF[letter]) if letter in _SHAPE_OF else 0


def truth_features(phones: Sequence[Phone], mouth: Features, loudness: Features) -> Features:
    """`T 24`: the features of speech whose phones are known; `mouth` is `2T 8` at 100 Hz, `loudness` `T` at 50 Hz."""
    count = len(loudness)
    known = np.zeros((count, len(FEATURES)), np.float32)
    fine = np.resize(mouth[-1], (2 * count + 1, len(MOUTH))) if len(mouth) else np.zeros((2 * count + 1, len(MOUTH)))
    fine[1 : 1 + min(len(mouth), 2 * count)] = mouth[: 2 * count]
    fine[0] = fine[1]
    known[:, : len(MOUTH)] = 0.25 * fine[:-2:2] + 0.5 * fine[1:-1:2] + 0.25 * fine[2::2]
    labels = np.zeros(count * _FINE, np.int64)
    for letter, start, end in sounds(phones):
        first, last = (round((at * RATE + 0.5) * _FINE) for at in (start, end))
        labels[max(0, first) : max(0, last)] = shape_of(letter)
    known[:, SHAPE_COLUMNS] = np.eye(len(SHAPES))[labels].reshape(count, _FINE, -1).mean(1)
    known[:, SPEECH_COLUMN] = 1 - known[:, SHAPE_COLUMNS.start]
    known[:, LOUDNESS_COLUMN] = loudness
    return known


def loudness_of(samples: NDArray[np.float32]) -> Features:
    """`T`, 0..1 at 50 Hz: the level of 16 kHz sound in windows of 40 ms, from -55 to -10 dB of full scale."""
    hop = SAMPLE_RATE // RATE
    padded = np.pad(samples.astype(np.float64) ** 2, (hop, 2 * hop))
    summed = np.concatenate([[0.0], np.cumsum(padded)])
    starts = np.arange(len(samples) // hop + 1) * hop
    power = np.maximum(summed[starts + 2 * hop] - summed[starts], 0) / (2 * hop)
    level = 10 * np.log10(power + 1e-10)
    return np.clip((level - _QUIET) / (_LOUD - _QUIET), 0, 1).astype(np.float32)


def syllables(loudness: Features) -> Features:
    """`T`, 0..1: the amplitude of syllables against that of loud ones, from `loudness_of` a levelled voice."""
    amplitude = np.minimum(10 ** ((_QUIET + (_LOUD - _QUIET) * loudness - _LEVEL) / 20), 1)
    padded = np.pad(amplitude, 1, mode="edge")
    return np.asarray(0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:], np.float32)


def levelled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """A whole voice at the common level, at which features are trained: its loud syllables at -20 dB of full scale.

    Done once for a voice, before pieces of it are heard; silence stays silence.
    """
    window = SAMPLE_RATE // 25
    rows = samples[: len(samples) // window * window].reshape(-1, window).astype(np.float64)
    power = float(np.percentile((rows**2).mean(1), 90)) if len(rows) else 0.0
    if power < 1e-9:
        return samples
    return (samples * np.float32(10 ** (_LEVEL / 20) / np.sqrt(power))).astype(np.float32)
