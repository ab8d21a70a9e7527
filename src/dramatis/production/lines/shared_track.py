"""One recording in which two people speak: which of the characters says which turn, and notes that say how sure that is.

The turns are lines of the storyline, one for each, which a user may give to somebody else there. Where it is not sure enough that
two people speak, all lines are those of the character whose voice it is.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dramatis.director.audio.music import mostly_sung
from dramatis.director.text.known import sounding
from dramatis.errors import DramatisError
from dramatis.production.assets import Assets
from dramatis.speech.recognition.turns import Turns
from dramatis.speech.recognition.whisper import INSTALL
from dramatis.story import Line, Storyline

SURE, LIKELY = 0.75, 0.5
"""How sure it has to be that two people speak: to give turns to both, and to have a line for each turn."""
_COMPARED = 12  # pieces of a recording of somebody who is alone in the film
_NAMED = 4  # turns that a note names


@dataclass(frozen=True)
class SharedTrack:
    """The lines of a recording, in order; whether two characters share them; a note for the user."""

    lines: tuple[Line, ...] = ()
    shared: bool = False
    note: str = ""


def shared_track(owner: str, sound: str, others: Sequence[tuple[str, str]], assets: Assets) -> SharedTrack:
    """Who says what in the recording of `owner`. `others` are (name, sex: f, m or "") of those who may be heard in it, `owner`
    among them, in the order in which they speak or sit.
    """
    if assets.phones(sound):
        return SharedTrack()
    found = assets.turns(sound)
    name = Path(sound).name
    if found is None:
        return SharedTrack(
            note=f'Whether two people speak in {name} is not known without the extra "words" ({INSTALL}): {owner} says all of it.'
        )
    if found.confidence < LIKELY or len({turn.voice for turn in found.turns}) < 2:
        return SharedTrack()
    names = _given(found, others) if _sure(found) else (owner, owner)
    lines = tuple(
        Line(names[turn.voice], sound, turn.span.start, part=turn.span, confidence=turn.confidence) for turn in found.turns
    )
    return SharedTrack(lines, _sure(found), _note(name, found, names))


def second_voice(storyline: Storyline, assets: Assets) -> str:
    """A note if two people seem to speak in the recording of somebody who is alone in a film; nothing in the film depends on it,
    and to find it takes a moment.
    """
    sounds = {line.sound for line in storyline.lines}
    if len(storyline.cast) != 1 or len(sounds) != 1:
        return ""
    owner, sound = storyline.cast[0].name, sounds.pop()
    with suppress(DramatisError):
        if assets.phones(sound) or mostly_sung(assets.analysis(sound)):
            return ""
        found = assets.turns(sound, _COMPARED)
        if found is not None and _sure(found) and len({turn.voice for turn in found.turns}) > 1:
            said = f"Two people seem to speak in {Path(sound).name} ({found.confidence:.0%} sure), and {owner} says all of it"
            return f"{said}: give a picture of two people, or a second portrait, to film both."
    return ""


def _sure(found: Turns) -> bool:
    return found.confidence >= SURE


def _given(found: Turns, others: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The names of the first and the second voice: a woman's and a man's to a woman and a man, else in order."""
    sexes = [sounding(pitch, list(found.pitches)) for pitch in found.pitches]
    first, second = others[:2]
    turned = sorted(sexes) == ["f", "m"] and (first[1], second[1]) == (sexes[1], sexes[0])
    return (second[0], first[0]) if turned else (first[0], second[0])


def _note(name: str, found: Turns, names: tuple[str, str]) -> str:
    spans = [f"{names[turn.voice]} from {turn.span.start:.1f} to {turn.span.end:.1f} s" for turn in found.turns]
    listed = ", ".join(spans[:_NAMED]) + (f" and {len(spans) - _NAMED} more" if len(spans) > _NAMED else "")
    if _sure(found):
        return (
            f'Two people take turns in {name} ({found.confidence:.0%} sure): {listed}; correct "who" of a line in the storyline.'
        )
    times = ", ".join(f"{turn.span.start:.1f} to {turn.span.end:.1f} s" for turn in found.turns if turn.voice)
    return (
        f"Perhaps a second person speaks in {name} from {times} ({found.confidence:.0%} sure): {names[0]} says all of it; "
        'name somebody else as "who" of these lines in the storyline if so.'
    )
