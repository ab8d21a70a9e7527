"""All edits of a storyline at once, as the command line and the service have them."""

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dramatis.clock import Span
from dramatis.errors import BriefError
from dramatis.production.editing.line_edits import NewWords, Workbench, dubbed, extended, translated
from dramatis.production.editing.picture_edits import with_background, with_kept, with_look, with_portrait, with_seed
from dramatis.production.editing.shot_selection import Selection, selected, time_of
from dramatis.story import Region, Storyline

_ASSET = re.compile(r"asset_[0-9a-f]{32}")


@dataclass(frozen=True)
class Edits:
    """`voices` are `NAME=FILE`, `said` `NAME=TEXT`, `extend` either, `portraits` `NAME=FILE`, `looks` `NAME=WORDS`; `keep` is
    `x0,y0,x1,y1`. They hold in the selection, but looks and what is added at the end.
    """

    voices: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    translate: str | None = None
    extend: tuple[str, ...] = ()
    background: str | None = None
    portraits: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    keep: str | None = None
    seed: int | None = None
    selection: Selection = field(default_factory=Selection)


def edited(storyline: Storyline, edits: Edits, bench: Workbench) -> Storyline:
    """The storyline with all edits: pictures first, on the film's clock as it is, then voices. Raises `DramatisError`."""
    if edits == Edits(selection=edits.selection):
        raise BriefError("Nothing is to be edited; give another voice, words, a background, a picture, a region or a seed.")
    if edits.selection.shot is not None and edits.selection.span is not None:
        raise BriefError("A shot and a span were given; give one of the two, or neither for the whole film.")
    span = time_of(storyline, edits.selection)
    made = _heard_otherwise(_seen_otherwise(storyline, edits, bench), edits, span, bench)
    added = [_new_words(text, "--extend") for text in edits.extend]
    return extended(made, added, bench) if added else made


def changed_shots(before: Storyline, after: Storyline) -> tuple[int, ...]:
    """The numbers, from 1 on, of the shots that are not as any shot was."""
    known = {_filmed(before, at) for at in range(len(before.shots))}
    return tuple(at + 1 for at in range(len(after.shots)) if _filmed(after, at) not in known)


def parsed_selection(shot: int | None, span: str | None) -> Selection:
    """From a number from 1 on, and `1.5-3`; raises `BriefError`."""
    if span is None:
        return Selection(None if shot is None else shot - 1)
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[-–:]\s*(\d+(?:\.\d+)?)\s*s?\s*", span)
    if match is None or float(match[1]) >= float(match[2]):
        raise BriefError(f'"{span}" is no span; give two times in seconds, such as 1.5-3.')
    return Selection(None if shot is None else shot - 1, Span(float(match[1]), float(match[2])))


def _seen_otherwise(storyline: Storyline, edits: Edits, bench: Workbench) -> Storyline:
    if not (edits.background or edits.portraits or edits.looks or edits.keep or edits.seed is not None):
        return storyline
    made, places = selected(storyline, edits.selection)
    for name, picture in map(partial(_pair, "--portrait NAME=FILE"), edits.portraits):
        made = with_portrait(made, name, picture, places)
    for name, look in map(partial(_pair, "--look NAME=WORDS"), edits.looks):
        made = with_look(made, name, look, bench.limits)
    if edits.background:
        made = with_background(made, edits.background, places, bench.limits)
    if edits.keep:
        made = with_kept(made, _region(edits.keep), places)
    return made if edits.seed is None else with_seed(made, edits.seed, places)


def _heard_otherwise(storyline: Storyline, edits: Edits, span: Span, bench: Workbench) -> Storyline:
    given = [NewWords(name, sound=path) for name, path in map(partial(_pair, "--voice NAME=FILE"), edits.voices)]
    given += [NewWords(name, text=text) for name, text in map(partial(_pair, "--say NAME=TEXT"), edits.said)]
    made = dubbed(storyline, given, span, bench) if given else storyline
    return translated(made, edits.translate, span, bench) if edits.translate else made


def _new_words(text: str, option: str) -> NewWords:
    name, value = _pair(f"{option} NAME=FILE or NAME=TEXT", text)
    return NewWords(name, sound=value) if _ASSET.fullmatch(value) or _is_file(value) else NewWords(name, text=value)


def _is_file(value: str) -> bool:
    try:
        return Path(value).is_file()
    except (OSError, ValueError):  # a text that is no file name
        return False


def _pair(option: str, text: str) -> tuple[str, str]:
    """`NAME=VALUE`; `option` says how it is written."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise BriefError(f'"{text[:80]}" names nobody; write it as {option}.')
    return name.strip(), value.strip()


def _region(text: str) -> Region:
    try:
        x0, y0, x1, y1 = (float(part) for part in text.split(","))
    except ValueError:
        raise BriefError(f'"{text[:80]}" is no region; give x0,y0,x1,y1 in parts of the picture, such as 0,0,0.5,1.') from None
    return (x0, y0, x1, y1)


def _filmed(storyline: Storyline, at: int) -> str:
    """What decides a shot's footage."""
    shot = storyline.shots[at]
    near = [line for line in storyline.lines if line.start < shot.span.end]
    heard = [line for line in near if line.start >= shot.span.start or line is near[-1]]
    cast = [who for who in storyline.cast if who.name in shot.cast]
    facts = (shot.span, shot.picture, shot.background, shot.cast, shot.direction, shot.framing, shot.focus, shot.seed)
    return repr((facts, heard, cast, storyline.seed, storyline.canvas))
