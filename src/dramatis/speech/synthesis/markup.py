"""Marks in a text to speak: `[pause 0.8]` is silence in seconds, `*word*` is stressed. Other text is read as it stands."""

import re

from dramatis.speech.synthesis.spoken import Sentence, Words

MOST_PAUSE = 10.0
_PAUSE = re.compile(r"[\[【]\s*(?:pause|停顿)\s*(\d{1,3}(?:\.\d{1,3})?)?\s*(?:s|seconds?|秒)?\s*[\]】]", re.IGNORECASE)
_STRESS = re.compile(r"(?<![\w*])\*(?!\s)([^*\n]{1,200}?)(?<!\s)\*(?![\w*])")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=\S)|(?<=[。！？])[”’」』）]*(?=[^”’」』）\s])|\n+")
_SHORT_WORD = re.compile(r"(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|no|e\.g|i\.e)|\b[A-Z])\.$", re.IGNORECASE)
_USUAL = 0.6  # seconds of a pause without a number


def plain(text: str) -> str:
    """The text without marks, as it is read and shown."""
    return " ".join(_STRESS.sub(r"\1", _PAUSE.sub(" ", text)).split())


def marked(text: str) -> tuple[float | Sentence, ...]:
    """Sentences, and seconds of silence between them."""
    found: list[float | Sentence] = []
    at = 0
    for pause in _PAUSE.finditer(text):
        found += [_words(part) for part in _sentences(text[at : pause.start()])]
        found.append(min(MOST_PAUSE, float(pause[1] or _USUAL)))
        at = pause.end()
    return (*found, *(_words(part) for part in _sentences(text[at:])))


def _sentences(text: str) -> list[str]:
    """Sentences, each with a letter or a digit in it."""
    parts, at = [""], 0
    for end in _END.finditer(text):
        piece = text[at : end.end()]
        parts[-1] += piece
        at = end.end()
        if not _SHORT_WORD.search(text[: end.start()].rstrip()) and not text[end.end() : end.end() + 1].islower():
            parts.append("")
    parts[-1] += text[at:]
    return [part.strip() for part in parts if any(sign.isalnum() for sign in part)]


def _words(text: str) -> Sentence:
    parts, at = [], 0
    for stress in _STRESS.finditer(text):
        parts += [Words(text[at : stress.start()].strip()), Words(stress[1], stressed=True)]
        at = stress.end()
    return tuple(part for part in (*parts, Words(text[at:].strip())) if part.text)
