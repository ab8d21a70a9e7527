"""What a child process does for an editor of plans: who is in a script, what voices look like, other lines."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dramatis.errors import ServiceError
from dramatis.media.sounds.sound_files import resample
from dramatis.production.assets import Assets
from dramatis.production.lines.rescripting import NewLine, rescripted
from dramatis.production.lines.screenplay import ScriptLine
from dramatis.production.lines.spoken_cast import fitting_voices, spoken_anew, write_spoken
from dramatis.production.lines.spoken_words import plain, spoken_words
from dramatis.production.storyboard import heard_anew
from dramatis.service.records import Plain
from dramatis.story import Character, Line, Storyline
from dramatis.story.document import read_as
from dramatis.take import Limits

_PEAKS = 50  # a second
_MOST_LINES = 500


@dataclass(frozen=True)
class ScriptEntry:
    """A line of a new script; `line` is the one of the storyline that it was, `speak` replaces a recording."""

    who: str
    text: str = ""
    line: int | None = None
    speak: bool = False


def cast_of_words(prompt: str, names: list[str]) -> Plain:
    """Who is in a film of these words, and the lines of its script, with the names that are given or those that it tells of."""
    from dramatis.director.text.scripts import extracted
    from dramatis.production.lines.screenplay import cast_of, heard_only, speakers

    told = list(dict.fromkeys((*names, *speakers(prompt, 1)))) if names else list(cast_of(prompt))
    unseen = heard_only(prompt)
    script = extracted(prompt, tuple(name for name in told if name not in unseen), unseen)
    lines = [ScriptLine(who, plain(text), note) for who, text, note in script.written if any(sign.isalnum() for sign in text)]
    return {
        "cast": told,
        "lines": [{"who": line.who, "text": line.text} for line in lines],
        "off_screen": list(unseen),
        "voices": fitting_voices([Character(name, off_screen=name in unseen) for name in told], lines),
    }


def seen_voices(storyline: Storyline) -> Plain:
    """Length, peaks and words of each line, in seconds from its start."""
    assets = Assets()
    return {"lines": [_seen(line, assets) for line in storyline.lines]}


def _seen(line: Line, assets: Assets) -> Plain:
    sound = assets.sound(line.sound, line.part)
    mono = np.abs(resample(sound, 8000, mono=True).samples[:, 0])
    step = 8000 // _PEAKS
    peaks = mono[: len(mono) // step * step].reshape(-1, step).max(1, initial=0.0)
    words = spoken_words(line, assets) if line.text else ()
    return {
        "seconds": round(sound.seconds, 3),
        "peaks": [int(value) for value in np.round(100 * peaks / max(1e-3, float(peaks.max(initial=0.0))))],
        "spoken": bool(assets.phones(line.sound)),
        "words": [[word.text, *(round(at - line.start, 3) for at in (word.span.start, word.span.end))] for word in words],
    }


def with_lines(storyline: Storyline, data: object, folder: Path, limits: Limits) -> Storyline:
    """The storyline with the lines of a script, in its order; raises `DramatisError`."""
    wanted, assets = _wanted(data, storyline), Assets()
    anew = [at for at, one in enumerate(wanted) if _is_spoken(one, storyline, assets)]
    script = [ScriptLine(one.who, one.text) for one in wanted]
    said = dict(zip(anew, spoken_anew(storyline.cast, script, anew) if anew else (), strict=True))
    lines = []
    for at, one in enumerate(wanted):
        old = None if one.line is None else storyline.lines[one.line]
        kept = replace(old, who=one.who, start=0.0, text=one.text.strip()) if old and at not in said else None
        line = kept or Line(one.who, write_spoken(said[at], folder / f"line.{at}.wav"), 0.0, one.text.strip())
        lines.append(NewLine(line, assets.sound(line.sound, line.part).seconds, one.line))
    lengths = [assets.sound(line.sound, line.part).seconds for line in storyline.lines]
    return heard_anew(rescripted(storyline, lines, lengths), assets, limits)


def _wanted(data: object, storyline: Storyline) -> list[ScriptEntry]:
    if not isinstance(data, list) or not 0 < len(data) <= _MOST_LINES:
        raise ServiceError(f"A script is a list of 1 to {_MOST_LINES} lines.", "lines")
    wanted = [read_as(ScriptEntry, one, f"line {number}") for number, one in enumerate(data, 1)]
    names = [who.name for who in storyline.cast]
    kept = [one.line for one in wanted if one.line is not None]
    for number, one in enumerate(wanted, 1):
        if one.who not in names:
            raise ServiceError(f'Line {number} is said by "{one.who}", who is not in the cast: {", ".join(names)}.', "lines")
        if one.line is None and not any(sign.isalnum() for sign in one.text):
            raise ServiceError(f"Line {number} has no words; write what {one.who} says.", "lines")
    if not all(0 <= line < len(storyline.lines) for line in kept) or len(set(kept)) < len(kept):
        raise ServiceError(f"The storyline has {len(storyline.lines)} lines, counted from 0; name each at most once.", "lines")
    return wanted


def _is_spoken(one: ScriptEntry, storyline: Storyline, assets: Assets) -> bool:
    """Whether a line needs a new sound: it is new, or other than what this program spoke, or shall replace a recording."""
    if one.line is None or one.speak:
        return True
    old = storyline.lines[one.line]
    changed = (one.who, one.text.strip()) != (old.who, old.text)
    return changed and bool(assets.phones(old.sound)) and any(sign.isalnum() for sign in one.text)
