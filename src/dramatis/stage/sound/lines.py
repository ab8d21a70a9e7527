"""Sentences for the stage: small grammars of our own (`lines.json`) in eight languages.

A sentence is a pattern filled with words; sometimes a made-up word is inserted, so that all pairs of sounds of a language
occur. Sentences need no meaning: they are used to train lip motion.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_MADE_UP, _SHORT = 0.15, 0.25  # share of places with a made-up word, and of sentences with nothing else


@dataclass(frozen=True)
class Grammar:
    """A language's sentence patterns ("{who} {does} {what}."), the words of each place, and syllables of made-up words."""

    patterns: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    syllables: tuple[str, ...]
    space: str


@functools.cache
def grammars() -> dict[str, Grammar]:
    """Grammars by the name that eSpeak gives a language."""
    data = json.loads(Path(__file__).with_name("lines.json").read_text(encoding="utf-8"))
    return {language: _grammar(**parts) for language, parts in data.items()}


def sentence(language: str, draw: np.random.Generator) -> str:
    """One sentence, 1 to 5 seconds when spoken."""
    grammar = grammars()[language]
    if draw.random() < _SHORT:
        return grammar.space.join(_word(grammar, draw) for _ in range(draw.integers(2, 5))) + "."
    pattern = str(draw.choice(grammar.patterns))
    return pattern.format(**{place: _filled(grammar, words, draw) for place, words in grammar.words.items()})


def _grammar(patterns: list[str], words: dict[str, list[str]], syllables: list[str], space: str) -> Grammar:
    return Grammar(tuple(patterns), {place: tuple(entries) for place, entries in words.items()}, tuple(syllables), space)


def _filled(grammar: Grammar, words: tuple[str, ...], draw: np.random.Generator) -> str:
    return _word(grammar, draw) if draw.random() < _MADE_UP else str(draw.choice(words))


def _word(grammar: Grammar, draw: np.random.Generator) -> str:
    return "".join(draw.choice(grammar.syllables, draw.integers(1, 4)))
