"""All edits of a storyline at once, as the command line and the service have them."""

from dataclasses import dataclass, field

from dramatis.errors import BriefError
from dramatis.production.editing.line_edits import EditContext, NewWords, dubbed, extended, translated
from dramatis.production.editing.picture_edits import with_background, with_kept, with_look, with_portrait, with_seed, with_size
from dramatis.production.editing.shot_selection import Selection, selected, time_of
from dramatis.story import Region, Storyline
from dramatis.story.checks import check_storyline


@dataclass(frozen=True)
class Edits:
    """`lines` are said instead of those in the selection, `extend` after everything else. `background` is a picture's path, or
    words where places are drawn; `portraits` and `looks` are pairs of a name and a picture's path, or words. `size` is
    that of the film, in pixels.
    """

    lines: tuple[NewWords, ...] = ()
    translate: str = ""
    extend: tuple[NewWords, ...] = ()
    background: str = ""
    portraits: tuple[tuple[str, str], ...] = ()
    looks: tuple[tuple[str, str], ...] = ()
    keep: Region | None = None
    seed: int | None = None
    selection: Selection = field(default_factory=Selection)
    size: tuple[int, int] | None = None


def edited(storyline: Storyline, edits: Edits, context: EditContext) -> Storyline:
    """The storyline with all edits: pictures first, on the film's clock as it is, then voices. Raises `DramatisError`."""
    if edits == Edits(selection=edits.selection):
        raise BriefError("Nothing is to be edited; give other voices, words, backgrounds, pictures, a region, a size or a seed.")
    if edits.selection.shot is not None and edits.selection.span is not None:
        raise BriefError("A shot and a span were given; give one of the two, or neither for the whole film.")
    span = time_of(storyline, edits.selection)
    made = _seen_otherwise(storyline, edits, context)
    made = with_size(made, edits.size, context.assets, context.limits) if edits.size else made
    made = dubbed(made, edits.lines, span, context) if edits.lines else made
    made = translated(made, edits.translate, span, context) if edits.translate else made
    return (extended(made, edits.extend, context) if edits.extend else made).identified


def changed_shots(before: Storyline, after: Storyline) -> tuple[int, ...]:
    """The numbers, from 1 on, of the shots that are not as any shot was."""
    known = {_filmed(before, at) for at in range(len(before.shots))}
    return tuple(at + 1 for at in range(len(after.shots)) if _filmed(after, at) not in known)


def _seen_otherwise(storyline: Storyline, edits: Edits, context: EditContext) -> Storyline:
    if not (edits.background or edits.portraits or edits.looks or edits.keep or edits.seed is not None):
        return storyline
    made, places = selected(storyline, edits.selection)
    for name, picture in edits.portraits:
        made = with_portrait(made, name, picture, places)
    for name, look in edits.looks:
        made = with_look(made, name, look, context.limits)
    if edits.background:
        made = with_background(made, edits.background, places, context.limits)
    if edits.keep:
        made = with_kept(made, edits.keep, places)
    return check_storyline(made if edits.seed is None else with_seed(made, edits.seed, places))


def _filmed(storyline: Storyline, at: int) -> str:
    """What decides a shot's footage."""
    shot = storyline.shots[at]
    near = [line for line in storyline.lines if line.start < shot.span.end]
    heard = [line for line in near if line.start >= shot.span.start or line is near[-1]]
    cast = [who for who in storyline.cast if who.name in shot.cast]
    facts = (shot.span, shot.picture, shot.background, shot.cast, shot.direction, shot.framing, shot.focus, shot.seed)
    return repr((facts, heard, cast, storyline.seed, storyline.canvas))
