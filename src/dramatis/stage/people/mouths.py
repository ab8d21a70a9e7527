"""Mouth shapes from known phones: the stage's ground truth of lips, in any language.

IPA letters are mapped to the visemes of the portrait engine and blended by dominance (Cohen and Massaro 1993), so that
neighbouring phones influence a mouth; lips close completely for /p b m/ and in silence.
"""

from collections.abc import Sequence

import numpy as np

from dramatis.speech.coarticulation import TRUST, Shapes, blended, closed_on, gate_of, voiced
from dramatis.speech.mouthshapes import RATE as FEATURE_RATE
from dramatis.speech.mouthshapes import Features, Phone, sounds, syllables
from dramatis.speech.spectrum import smooth
from dramatis.stage.play.script import Utterance

RATE = 100
"""Rows a second of a mouth track; row k stands for k / 100 s."""

BILABIAL = frozenset("pbmɓ")
OPEN_AGAIN = 0.35
"""Of a bilabial's time (of 60 ms if it lasts longer): its lips are closed, and part within the rest."""
_ARPABET = {
    "P": "pbmɓ", "F": "fvʋɱɸβ", "AA": "aɑɶ", "AE": "æ", "AH": "əɘʌɤɐɯ", "ER": "ɜɚɝ", "EH": "eɛ", "IY": "i", "IH": "ɪɨᵻ",
    "Y": "j", "AO": "oɔɒ", "OW": "ɵ", "UW": "uyʉ", "UH": "ʊʏøœ", "W": "wɥʍ", "S": "szʦʣ", "SH": "ʃʒɕʑʂʐʧʤ", "T": "tdnɾrɲɖʈɳɽ",
    "L": "lʎɭɫɬɮ", "DH": "θð", "K": "kɡgŋxɣχʁqɟcʔɰħʕɴʀ", "HH": "hɦ", "R": "ɹɻ", "IX": "çʝ",
}  # fmt: skip
_LABEL_OF = {letter: "IH" if label == "IX" else label for label, letters in _ARPABET.items() for letter in letters}


def mouth_track(
    speech: Utterance | Sequence[Phone], seconds: float, loudness: Features | None = None, trust: float = TRUST
) -> Shapes:
    """`T 8`, 0..1, channels as in `speech.visemes.MOUTH`: the mouth of phones (IPA label, start, end in seconds).

    It opens as wide as the voice is loud, if `loudness` is given (50 Hz, from 0 s on, as `mouthshapes.loudness_of`);
    `trust` says how much the phones count beside it.
    """
    phones = speech.phones if isinstance(speech, Utterance) else speech
    times = np.arange(int(round(seconds * RATE, 6)) + 1) / RATE
    spoken = [(letter, start, end) for letter, start, end in sounds(phones) if end > start]
    shapes = blended(tuple((_LABEL_OF[letter], start, end) for letter, start, end in spoken), times)
    active = np.zeros(len(times), np.bool_)
    for _, start, end in spoken:
        active[max(0, round(start * RATE)) : max(0, round(end * RATE))] = True
    gate = gate_of(active)
    if loudness is None:
        shapes = shapes * gate[:, None]
    else:
        loud = np.interp(times, np.arange(len(loudness)) / FEATURE_RATE, syllables(loudness)).astype(np.float32)
        shapes = voiced(shapes, loud, gate, trust)
    shapes = smooth(shapes, 1.2)
    shut = [(start, end - OPEN_AGAIN * min(0.06, end - start)) for letter, start, end in spoken if letter in BILABIAL]
    return closed_on(shapes, shut, times)
