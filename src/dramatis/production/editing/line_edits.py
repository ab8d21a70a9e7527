"""Edits of what is heard: other voices or other words for lines, in any language, and more lines at the end.

The picture plan stays as far as the times of the new voice allow (`production/lines/rescripting.py`). What is added at the end is
planned by the director, and everything before it stays as it is, so its footage is there already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dramatis.clock import Span
from dramatis.director.claims import Direct
from dramatis.errors import BriefError
from dramatis.media.digests import digest_of
from dramatis.production.assets import Assets
from dramatis.production.crew import Translate
from dramatis.production.lines.film_length import TAIL
from dramatis.production.lines.line_division import divided
from dramatis.production.lines.rescripting import NewLine, rescripted
from dramatis.production.lines.screenplay import PAUSE, ScriptLine
from dramatis.production.lines.spoken_cast import spoken_anew, write_spoken
from dramatis.production.lines.spoken_words import plain
from dramatis.production.storyboard import heard_anew, replanned
from dramatis.speech.synthesis import Spoken
from dramatis.story import Line, Shot, Storyline
from dramatis.take import Limits

_LEAD = 0.3  # seconds before the first line that is added: lips of the shot before it do not begin it
_EARLY = 0.1  # seconds by which a line may begin before a span that means it


@dataclass(frozen=True)
class EditContext:
    """What edits need: the film's files, what its engine can do, the director, and a folder for new sounds."""

    assets: Assets
    limits: Limits
    direct: Direct
    folder: Path
    translate: Translate | None = None


@dataclass(frozen=True)
class NewWords:
    """What somebody says instead, or after everything else: a sound file, or a text that is spoken."""

    who: str
    sound: str = ""
    text: str = ""


def dubbed(storyline: Storyline, given: Sequence[NewWords], span: Span, context: EditContext) -> Storyline:
    """Other voices for lines that begin in a span: of each character as many as there are lines. Raises `DramatisError`."""
    parted = divided(storyline, context.assets, context.folder)
    places = _places(parted, given, span)
    new = {at: words for who, lines in places.items() for at, words in zip(lines, _of(given, who), strict=True)}
    return _with_lines(parted, new, context)


def translated(storyline: Storyline, language: str, span: Span, context: EditContext) -> Storyline:
    """The lines that begin in a span in another language, spoken. Raises `DramatisError`."""
    if context.translate is None:
        raise BriefError(
            "No language model is set up that could translate (DRAMATIS_LLM_URL); write the lines in the other language instead, "
            "one for each line in order."
        )
    parted = divided(storyline, context.assets, context.folder)
    places = [at for at, line in enumerate(parted.lines) if _begins(line, span)]
    unknown = [parted.lines[at].who for at in places if not plain(parted.lines[at].text)]
    if unknown or not places:
        raise BriefError(f'What "{unknown[0]}" says is not known; give the text of the line, or a voice.' if unknown else _NOBODY)
    texts = context.translate([plain(parted.lines[at].text) for at in places], language)
    new = {at: NewWords(parted.lines[at].who, text=text) for at, text in zip(places, texts, strict=True)}
    return _with_lines(parted, new, context)


def extended(storyline: Storyline, given: Sequence[NewWords], context: EditContext) -> Storyline:
    """More lines at the end; shots so far stay as they are. Raises `DramatisError`."""
    for words in given:
        _check_name(storyline, words.who)
    sounds = _sounds(storyline, [(None, words) for words in given], context)
    clock, lines = storyline.seconds + _LEAD, list(storyline.lines)
    for words, sound in zip(given, sounds, strict=True):
        lines.append(Line(words.who, sound, round(clock, 4), plain(words.text)))
        clock += context.assets.sound(sound).seconds + PAUSE
    rate = storyline.canvas.rate
    end = rate.time(rate.nearest(clock - PAUSE + TAIL))
    last = storyline.shots[-1]
    held = tuple(replace(shot, locked=True) for shot in storyline.shots)
    more = Shot(Span(storyline.seconds, end), last.picture, last.cast, replace(last.direction, cues=()))
    longer = replace(storyline, lines=tuple(lines), shots=(*held, more))
    plan, _ = replanned(longer, storyline.concept.prompt, context.assets, context.limits, context.direct)
    locks = {shot.span.start: shot.locked for shot in storyline.shots}
    shots = tuple(replace(shot, locked=locks.get(shot.span.start, False)) for shot in plan.shots)
    return replace(plan, cast=storyline.cast, shots=shots).identified


def _places(storyline: Storyline, given: Sequence[NewWords], span: Span) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for who in dict.fromkeys(words.who for words in given):
        _check_name(storyline, who)
        lines = [at for at, line in enumerate(storyline.lines) if line.who == who and _begins(line, span)]
        count = len(_of(given, who))
        if len(lines) != count:
            raise BriefError(
                f'"{who}" says {_lines(len(lines))} there, and {_lines(count)} {"is" if count == 1 else "are"} given: give one '
                "for each, in order, or choose a shot or a span."
            )
        found[who] = lines
    return found


def _with_lines(storyline: Storyline, new: Mapping[int, NewWords], context: EditContext) -> Storyline:
    sounds = dict(zip(new, _sounds(storyline, list(new.items()), context), strict=True))
    script = []
    for at, line in enumerate(storyline.lines):
        said = new.get(at)
        changed = line if said is None else Line(line.who, sounds[at], line.start, plain(said.text))
        script.append(NewLine(changed, context.assets.sound(changed.sound, changed.part).seconds, at))
    lengths = [context.assets.sound(line.sound, line.part).seconds for line in storyline.lines]
    cast = tuple(replace(who, voice=None) if any(new[at].who == who.name for at in new) else who for who in storyline.cast)
    made = rescripted(replace(storyline, cast=cast), script, lengths)
    return heard_anew(made, context.assets, context.limits)


def _sounds(storyline: Storyline, given: Sequence[tuple[int | None, NewWords]], context: EditContext) -> list[str]:
    """The sound of each: its file, or its text, spoken among all the film's lines, so that everybody keeps their voice."""
    script = [ScriptLine(line.who, plain(line.text)) for line in storyline.lines]
    chosen: list[int] = []
    for at, words in given:
        if words.text and at is None:
            script.append(ScriptLine(words.who, words.text))
            chosen.append(len(script) - 1)
        elif words.text and at is not None:
            script[at] = ScriptLine(words.who, words.text)
            chosen.append(at)
    spoken = iter(spoken_anew(storyline.cast, script, chosen) if chosen else ())
    return [_written(next(spoken), context.folder) if words.text else words.sound for _, words in given]


def _written(said: Spoken, folder: Path) -> str:
    """The sound and when each phone is said, under a name of its own content."""
    return write_spoken(said, folder / f"line.{digest_of(said.sound.digest)[:12]}.wav")


def _check_name(storyline: Storyline, name: str) -> None:
    names = [who.name for who in storyline.cast]
    if name not in names:
        raise BriefError(f'There is no "{name}" in the cast: {", ".join(names)}.')


def _begins(line: Line, span: Span) -> bool:
    return span.start - _EARLY <= line.start < span.end


def _of(given: Sequence[NewWords], who: str) -> list[NewWords]:
    return [words for words in given if words.who == who]


def _lines(count: int) -> str:
    return {0: "no line", 1: "one line"}.get(count, f"{count} lines")


_NOBODY = "Nobody says anything there; choose another shot or span."
