"""The words of recordings whose text nobody gave, as a recogniser hears them.

They are recognised before the film is planned where the plan needs them: captions, a prompt that speaks of them ("when she says
hello"), or a plan that somebody will read. Words that only move mouths are heard while the film is drawn
(`speech.recognition.recorded_phones`). What is heard outside phrases of speech (music, applause) is left out.
"""

from collections.abc import Sequence
from dataclasses import replace

from dramatis.clock import Span
from dramatis.director.text.scripts import extracted
from dramatis.production.assets import Assets
from dramatis.speech.recognition.transcript import text_of
from dramatis.story import Character, Line

_NEAR = 0.2  # s around a phrase in which a word may lie


def words_matter(prompt: str, cast: Sequence[Character], captions: str) -> bool:
    """Whether a film needs to know what its recordings say."""
    names = tuple(who.name for who in cast)
    return captions != "none" or any(moment.line is None for moment in extracted(prompt, names).moments)


def with_words(lines: Sequence[Line], assets: Assets) -> tuple[Line, ...]:
    """The lines; recordings without a text get what is recognised, if anything here recognises words."""
    return tuple(line if line.text or assets.phones(line.sound) else _heard(line, assets) for line in lines)


def _heard(line: Line, assets: Assets) -> Line:
    transcript = assets.transcript(line.sound)
    if transcript is None:
        return line
    part = line.part or Span(0.0, assets.sound(line.sound).seconds)
    phrases = [Span(max(0.0, one.start - _NEAR), one.end + _NEAR) for one in assets.phrases(line.sound)]
    words = tuple(
        replace(word, span=Span(round(max(0.0, word.span.start - part.start), 3), round(word.span.end - part.start, 3)))
        for word in transcript.words
        if part.holds(word.span.middle) and any(phrase.overlap(word.span) > 0 for phrase in phrases)
    )
    return replace(line, text=text_of(words), words=words, language=transcript.language if words else "")
