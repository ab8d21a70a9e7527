"""How words of a project are pronounced: `lexicon.json` maps words to respellings, or to IPA between slashes.

    {"*": {"Noor": "/nʊɹ/"}, "en": {"GIF": "jiff"}, "cmn": {"重庆": "虫庆"}, "jm_kumo": {"Noor": "Noorr"}}

The keys are a language, the name of a voice, or `*` for all; the closer one wins.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dramatis.errors import BriefError
from dramatis.media.files import check_source
from dramatis.speech.synthesis.spoken import Sentence, Words

_MOST_BYTES = 2_000_000
_ALL = "*"


@dataclass(frozen=True)
class Lexicon:
    """Pronunciations by language or voice, and then by word."""

    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, language: str, voice: str) -> dict[str, str]:
        """The words of a voice that speaks a language."""
        chosen: dict[str, str] = {}
        for key in (_ALL, language.partition("-")[0], language, voice):
            chosen |= self.entries.get(key, {})
        return chosen


NO_LEXICON = Lexicon()


def read_lexicon(path: str) -> Lexicon:
    """The lexicon in a file; "" is an empty one. Raises `BriefError`."""
    if not path:
        return NO_LEXICON
    check_source(Path(path), "lexicon", BriefError)
    try:
        if Path(path).stat().st_size > _MOST_BYTES:
            raise ValueError(f"it has more than {_MOST_BYTES} bytes")
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise BriefError(f"The lexicon {path} cannot be read ({fault}): give JSON in UTF-8.") from None
    shape = '{"en": {"Noor": "/nʊɹ/"}}: words under a language, a voice or *'
    if not isinstance(data, dict) or not all(isinstance(words, dict) for words in data.values()):
        raise BriefError(f"The lexicon {path} must be an object such as {shape}.")
    for words in data.values():
        for word, said in words.items():
            if not word.strip() or not isinstance(said, str) or not said.strip():
                raise BriefError(f'"{word}" in the lexicon {path} has no pronunciation: give one, as in {shape}.')
    return Lexicon(data)


def pronounced(sentence: Sentence, words: Mapping[str, str]) -> Sentence:
    """The sentence with the words of a lexicon replaced."""
    known = {word.lower(): said for word, said in words.items()}
    if not known:
        return sentence
    longest = sorted(known, key=len, reverse=True)
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word) for word in longest), re.IGNORECASE
    )
    return tuple(part for words in sentence for part in _replaced(words, pattern, known))


def _replaced(words: Words, pattern: re.Pattern[str], known: Mapping[str, str]) -> list[Words]:
    parts, open_text, at = [], "", 0
    for match in pattern.finditer(words.text):
        said = known[match[0].lower()]
        open_text += words.text[at : match.start()]
        at = match.end()
        if _sounds(said):
            parts += [Words(open_text.strip(), words.stressed), Words(match[0], words.stressed, _sounds(said))]
            open_text = ""
        else:
            open_text += said
    parts.append(Words((open_text + words.text[at:]).strip(), words.stressed))
    return [part for part in parts if part.text]


def _sounds(said: str) -> str:
    return said.strip()[1:-1] if len(said.strip()) > 2 and said.strip()[0] == said.strip()[-1] == "/" else ""
