"""English text as symbols: Hibari's front end (its lexicon, a tagger, and a small network for unknown words), without eSpeak."""

import functools
from typing import Any

from dramatis.speech.synthesis.spoken import Sentence, Words
from dramatis.speech.synthesis.symbols import of_ipa

WARM_UP: Sentence = (Words("Zorblax."),)
"""Needs all of the front end."""


@functools.lru_cache(maxsize=1)
def _reader() -> Any:  # noqa: ANN401 - a package without types
    from hibari.g2p import G2P

    return G2P()


def symbols_of(words: Words) -> str:
    """The symbols of a part of a sentence."""
    return of_ipa(words.sounds) if words.sounds else str(_reader()(words.text))
