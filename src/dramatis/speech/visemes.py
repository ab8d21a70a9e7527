"""Mouth targets of each phone: values of the eight channels, and their weights.

After the dominance model (Cohen and Massaro 1993): a phone with a high weight in a channel (rounding of "w") dominates its
neighbours there, and is dominated where its weight is low (lips of "k").
"""

from dataclasses import dataclass

MOUTH = ("jaw", "spread", "pucker", "funnel", "press", "upper", "lower", "tongue")
"""The channels of a mouth, each 0..1; all zero is closed and at rest."""

BILABIAL = frozenset({"P", "B", "M"})


@dataclass(frozen=True)
class Viseme:
    """Targets in the order of `MOUTH`; `jaw` and `lips` are their weights (0..1)."""

    shape: tuple[float, float, float, float, float, float, float, float]
    jaw: float = 1.0
    lips: float = 1.0


_OPEN = Viseme((0.95, 0.10, 0.0, 0.0, 0.0, 0.15, 0.40, 0.0))
_FRONT_OPEN = Viseme((0.85, 0.40, 0.0, 0.0, 0.0, 0.25, 0.45, 0.0))
_MID = Viseme((0.65, 0.15, 0.0, 0.05, 0.0, 0.12, 0.30, 0.0), lips=0.7)
_OPEN_ROUND = Viseme((0.80, 0.0, 0.35, 0.50, 0.0, 0.05, 0.25, 0.0))
_FRONT_MID = Viseme((0.62, 0.50, 0.0, 0.0, 0.0, 0.20, 0.40, 0.0))
_FRONT_HIGH = Viseme((0.45, 0.55, 0.0, 0.0, 0.0, 0.15, 0.35, 0.0))
_EE = Viseme((0.34, 0.90, 0.0, 0.0, 0.0, 0.22, 0.40, 0.0))
_OO = Viseme((0.32, 0.0, 0.90, 0.15, 0.0, 0.0, 0.10, 0.0))
_OO_LAX = Viseme((0.42, 0.0, 0.50, 0.25, 0.0, 0.05, 0.20, 0.0))
_ER = Viseme((0.42, 0.0, 0.35, 0.45, 0.0, 0.10, 0.25, 0.0))
_ALVEOLAR = Viseme((0.22, 0.20, 0.0, 0.0, 0.0, 0.08, 0.20, 0.35), 0.75, 0.25)
_VELAR = Viseme((0.32, 0.12, 0.0, 0.0, 0.0, 0.05, 0.15, 0.0), 0.6, 0.15)
_HISS = Viseme((0.12, 0.38, 0.0, 0.05, 0.0, 0.15, 0.35, 0.10), 1.0, 0.6)
_HUSH = Viseme((0.20, 0.0, 0.25, 0.75, 0.0, 0.20, 0.35, 0.0))
_LIP_TEETH = Viseme((0.10, 0.15, 0.0, 0.0, 0.45, 0.25, 0.0, 0.0), 1.0, 0.9)
_DENTAL = Viseme((0.22, 0.15, 0.0, 0.0, 0.0, 0.10, 0.30, 0.90), 0.9, 0.5)
_L = Viseme((0.38, 0.15, 0.0, 0.0, 0.0, 0.10, 0.25, 0.70), 0.7, 0.35)
_LIPS = Viseme((0.12, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 1.0, 0.2)
_ANY = Viseme((0.55, 0.15, 0.0, 0.05, 0.0, 0.10, 0.28, 0.0), 0.5, 0.2)

VISEMES: dict[str, tuple[Viseme, ...]] = {
    "AA": (_OPEN,), "AE": (_FRONT_OPEN,), "AH": (_MID,), "AO": (_OPEN_ROUND,), "AW": (_OPEN, _OO_LAX),
    "AY": (_OPEN, _FRONT_HIGH), "EH": (_FRONT_MID,), "ER": (_ER,), "EY": (_FRONT_MID, _EE), "IH": (_FRONT_HIGH,),
    "IY": (_EE,), "OW": (_OPEN_ROUND, _OO), "OY": (_OPEN_ROUND, _FRONT_HIGH), "UH": (_OO_LAX,), "UW": (_OO,),
    "P": (_LIPS,), "B": (_LIPS,), "M": (_LIPS,), "F": (_LIP_TEETH,), "V": (_LIP_TEETH,),
    "T": (_ALVEOLAR,), "D": (_ALVEOLAR,), "N": (_ALVEOLAR,), "K": (_VELAR,), "G": (_VELAR,), "NG": (_VELAR,),
    "S": (_HISS,), "Z": (_HISS,), "SH": (_HUSH,), "ZH": (_HUSH,), "CH": (_HUSH,), "JH": (_HUSH,),
    "TH": (_DENTAL,), "DH": (_DENTAL,), "L": (_L,), "HH": (_ANY,), "SIL": (_ANY,),
    "R": (Viseme((0.28, 0.0, 0.40, 0.40, 0.0, 0.08, 0.20, 0.0), 0.8, 0.8),),
    "W": (Viseme((0.16, 0.0, 0.95, 0.10, 0.0, 0.0, 0.05, 0.0)),),
    "Y": (Viseme((0.25, 0.65, 0.0, 0.0, 0.0, 0.15, 0.30, 0.0), 0.8, 0.7),),
}  # fmt: skip
"""Targets by ARPAbet label; a diphthong moves from the first to the second."""

IPA = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ", "D": "d", "DH": "ð", "EH": "ɛ",
    "ER": "ɜ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i", "JH": "dʒ", "K": "k", "L": "l", "M": "m",
    "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ",
    "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
"""ARPAbet labels as IPA."""
UNKNOWN = (_ANY,)
