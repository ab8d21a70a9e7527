"""Other lines for a plan: said otherwise, by somebody else, in another order, more or fewer; shots and cues move with them.

The film is parted into blocks, one for each line with half of the silence around it (lines that overlap share one). Blocks are
put into the new order, as long as what is said in them now is; time within a block is stretched. A run of blocks in rising order
keeps its shots; a new line is shown by a shot beside it in which its speaker is framed, or by a shot of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dramatis.clock import Span
from dramatis.production.lines.film_length import TAIL
from dramatis.production.lines.screenplay import PAUSE
from dramatis.story import Character, Cue, Line, Shot, Storyline

SHORTEST = 0.6
"""Seconds of a shot; what is left of a shorter one belongs to its neighbour."""
_TOGETHER = 0.3  # seconds by which lines that share a block overlap
_APART = 0.15  # seconds between lines that became neighbours
_NOTHING = 0.08  # seconds of a cue that is dropped
_EDGE = 0.01  # seconds between the ends of a cue and of a shot that end together


@dataclass(frozen=True)
class NewLine:
    """A line of the new script, the length of its sound in seconds, and which line it was (None: none)."""

    line: Line
    seconds: float
    was: int | None = None


@dataclass(frozen=True)
class _LineBlock:
    """Lines that are moved together: where they were (None: nowhere), and where they are; `marks` are pairs of instants then and
    now, in order.
    """

    lines: tuple[NewLine, ...]
    was: Span | None
    now: Span
    marks: tuple[tuple[float, float], ...] = ()


def rescripted(storyline: Storyline, script: Sequence[NewLine], lengths: Sequence[float]) -> Storyline:
    """The storyline with the lines of a script, in its order; `lengths` are those of its sounds so far, in seconds. Segments of
    shots and cues on words are still to be timed by what is heard (`storyboard.heard_anew`).
    """
    groups = _groups(storyline.lines, lengths)
    edges = _edges(storyline, groups, lengths)
    blocks = _placed(storyline, script, groups, edges, lengths)
    lines, places = _lines(blocks)
    shots = _shots(storyline, blocks)
    rate = storyline.canvas.rate
    shots[-1] = replace(shots[-1], span=Span(shots[-1].span.start, rate.time(max(1, rate.nearest(shots[-1].span.end)))))
    return replace(storyline, lines=lines, shots=tuple(_anchored(shot, places) for shot in shots)).identified


def _groups(lines: Sequence[Line], lengths: Sequence[float]) -> list[list[int]]:
    """Lines by when they start; those that overlap lie together."""
    found: list[list[int]] = []
    until = 0.0
    for at in sorted(range(len(lines)), key=lambda place: lines[place].start):
        if found and lines[at].start < until - _TOGETHER:
            found[-1].append(at)
        else:
            found.append([at])
        until = max(until, lines[at].start + lengths[at])
    return found


def _edges(storyline: Storyline, groups: list[list[int]], lengths: Sequence[float]) -> list[float]:
    """Where blocks begin and end: in the middle of the silence between their lines."""
    spans = [_span(storyline.lines, group, lengths) for group in groups]
    cuts = [(one.end + two.start) / 2 if one.end <= two.start else two.start for one, two in pairwise(spans)]
    return [0.0, *cuts, storyline.seconds]


def _span(lines: Sequence[Line], group: list[int], lengths: Sequence[float]) -> Span:
    return Span(min(lines[at].start for at in group), max(lines[at].start + lengths[at] for at in group))


def _placed(
    storyline: Storyline, script: Sequence[NewLine], groups: list[list[int]], edges: list[float], lengths: Sequence[float]
) -> list[_LineBlock]:
    """The blocks in the order of the script; lines of one block stay together, where the first of them is now."""
    group_of = {at: number for number, group in enumerate(groups) for at in group}
    order: dict[object, list[NewLine]] = {}
    for place, new in enumerate(script):
        order.setdefault(("new", place) if new.was is None else group_of[new.was], []).append(new)
    blocks: list[_LineBlock] = []
    clock = 0.0
    for key, members in order.items():
        was = Span(edges[key], edges[key + 1]) if isinstance(key, int) else None
        old = _span(storyline.lines, groups[key], lengths) if isinstance(key, int) else None
        lead, tail = (old.start - was.start, was.end - old.end) if was and old else (PAUSE / 2, PAUSE / 2)
        before = blocks[-1] if blocks else None
        if before and before.now.end - _said_until(before) + lead < _APART:
            lead += PAUSE
        begin = clock + max(0.0, lead)
        starts = [begin + (storyline.lines[new.was].start - old.start if new.was is not None and old else 0.0) for new in members]
        said = max(start + new.seconds for start, new in zip(starts, members, strict=True))
        now = Span(clock, said + max(0.0, tail))
        placed = tuple(replace(new, line=replace(new.line, start=round(at, 4))) for new, at in zip(members, starts, strict=True))
        marks = ((was.start, clock), (old.start, begin), (old.end, said), (was.end, now.end)) if was and old else ()
        blocks.append(_LineBlock(placed, was, now, marks))
        clock = now.end
    last = blocks[-1]
    return [*blocks[:-1], replace(last, now=Span(last.now.start, max(last.now.end, _said_until(last) + TAIL)))]


def _said_until(block: _LineBlock) -> float:
    return max(new.line.start + new.seconds for new in block.lines)


def _lines(blocks: Sequence[_LineBlock]) -> tuple[tuple[Line, ...], dict[int, int]]:
    """All lines, and where each of the old ones is."""
    new = [one for block in blocks for one in block.lines]
    return tuple(one.line for one in new), {one.was: place for place, one in enumerate(new) if one.was is not None}


def _runs(blocks: Sequence[_LineBlock]) -> list[list[_LineBlock]]:
    """Blocks in rising order of where they were; new ones lie in the run before them."""
    runs: list[list[_LineBlock]] = [[]]
    latest = -1.0
    for block in blocks:
        if block.was is not None:
            if block.was.start < latest:
                runs.append([])
            latest = block.was.start
        runs[-1].append(block)
    return runs


def _shots(storyline: Storyline, blocks: Sequence[_LineBlock]) -> list[Shot]:
    made: list[Shot] = []
    for run in _runs(blocks):
        found = [piece for shot in storyline.shots if (piece := _piece(shot, run)) is not None]
        made += _filled(found, run, storyline)
    return _tidy(made)


def _piece(shot: Shot, run: Sequence[_LineBlock]) -> Shot | None:
    """What a run shows of a shot, on the new clock; None: nothing."""
    kept = [block for block in run if block.was is not None and block.was.overlap(shot.span) > 1e-6]
    if not kept:
        return None
    span = Span(_now(shot.span.start, kept, late=False), _now(shot.span.end, kept, late=True))
    cues = (_piece_of_cue(cue, run) for cue in shot.direction.cues)
    direction = replace(shot.direction, cues=tuple(cue for cue in cues if cue is not None))
    return replace(shot, span=span, direction=direction) if span.seconds > 1e-6 else None


def _piece_of_cue(cue: Cue, run: Sequence[_LineBlock]) -> Cue | None:
    kept = [block for block in run if block.was is not None and block.was.overlap(cue.span) > 0]
    if not kept:
        return None
    span = Span(round(_now(cue.span.start, kept, late=False), 3), round(_now(cue.span.end, kept, late=True), 3))
    if cue.kind == "action":  # is done once, where most of it was
        if not any(block.was is not None and block.was.holds(cue.span.middle) for block in kept):
            return None
        start = max(0.0, _now(cue.span.middle, kept, late=False) - cue.span.seconds / 2)
        span = Span(round(start, 3), round(start + cue.span.seconds, 3))
    at = cue.at
    if at is not None and at.said is not None:
        at = replace(at, said=round(_now(at.said, kept, late=False), 3))
    return replace(cue, span=span, at=at) if span.seconds > _NOTHING else None


def _now(instant: float, kept: Sequence[_LineBlock], late: bool) -> float:
    """When an instant is now; outside of what is kept, where that begins or ends."""
    inside = [block for block in kept if block.marks[0][0] <= instant <= block.marks[-1][0]]
    if not inside:
        first, last = kept[0].marks[0], kept[-1].marks[-1]
        before = [block.marks[-1] for block in kept if block.marks[-1][0] <= instant]
        return first[1] if instant <= first[0] else last[1] if instant >= last[0] else before[-1][1]
    marks = (inside[0] if late else inside[-1]).marks
    for (then, now), (after, later) in pairwise(marks):
        if instant <= after and after > then:
            return now + (instant - then) * (later - now) / (after - then)
    return marks[-1][1]


def _filled(shots: list[Shot], run: Sequence[_LineBlock], storyline: Storyline) -> list[Shot]:
    """Shots of a run without gaps: new lines lie in them, or are shots themselves."""
    found = list(shots)
    for block in run:
        if block.was is None and not any(shot.span.start <= block.now.start and shot.span.end >= block.now.end for shot in found):
            _show(block, found, storyline)
    found.sort(key=lambda shot: shot.span)
    edges = [run[0].now.start, *(shot.span.start for shot in found[1:]), run[-1].now.end]
    return [replace(shot, span=Span(*edge)) for shot, edge in zip(found, pairwise(edges), strict=True)]


def _show(block: _LineBlock, found: list[Shot], storyline: Storyline) -> None:
    who = block.lines[0].line.who
    unseen = {one.name for one in storyline.cast if one.off_screen}
    for place, shot in enumerate(found):
        beside = abs(shot.span.end - block.now.start) < 1e-6 or abs(shot.span.start - block.now.end) < 1e-6
        if beside and (who in unseen or (who in shot.cast and (not shot.focus or who in shot.focus))):
            span = Span(min(shot.span.start, block.now.start), max(shot.span.end, block.now.end))
            longer = {cue: _longer(cue, shot.span, span) for cue in shot.direction.cues}
            found[:] = [_with(one, longer) for one in found]
            found[place] = replace(found[place], span=span)
            return
    found.append(_own_shot(block, who, storyline))


def _longer(cue: Cue, was: Span, now: Span) -> Cue:
    """A feeling or a move that lasted as long as its shot does so still."""
    if cue.kind == "action":
        return cue
    start = now.start if abs(cue.span.start - was.start) < _EDGE else cue.span.start
    end = now.end if abs(cue.span.end - was.end) < _EDGE else cue.span.end
    return replace(cue, span=Span(round(start, 3), round(end, 3)))


def _with(shot: Shot, others: dict[Cue, Cue]) -> Shot:
    return replace(shot, direction=replace(shot.direction, cues=tuple(others.get(cue, cue) for cue in shot.direction.cues)))


def _own_shot(block: _LineBlock, who: str, storyline: Storyline) -> Shot:
    """A shot of whoever says a new line: like another one in which they are seen; of a narrator, like the first one."""
    person = next(one for one in storyline.cast if one.name == who)
    if person.off_screen:
        first = storyline.shots[0]
        return replace(first, span=block.now, direction=replace(first.direction, cues=()), locked=False, id="")
    like = next((shot for shot in storyline.shots if who in shot.cast), storyline.shots[0])
    cast = like.cast if who in like.cast else (who,)
    picture = like.picture if who in like.cast else person.portrait
    focus = () if picture and len(_seen(picture, storyline.cast)) > 1 else (who,)
    return Shot(block.now, picture, cast, replace(like.direction, cues=()), like.framing, focus)


def _seen(picture: str, cast: Sequence[Character]) -> list[str]:
    return [who.name for who in cast if who.portrait == picture]


def _tidy(shots: list[Shot]) -> list[Shot]:
    """Without shots that are too short, and with each id once."""
    kept: list[Shot] = []
    for shot in shots:
        before = kept[-1] if kept else None
        again = before is not None and bool(before.id) and before.id == shot.id
        if before is not None and (again or min(shot.span.seconds, before.span.seconds) < SHORTEST):
            longer = max(before, shot, key=lambda one: one.span.seconds)
            cues = _joined((*before.direction.cues, *shot.direction.cues)) if again else longer.direction.cues
            direction = replace(longer.direction, cues=tuple(cues))
            kept[-1] = replace(longer, span=Span(before.span.start, shot.span.end), direction=direction)
        else:
            kept.append(shot)
    seen: set[str] = set()
    named = []
    for shot in kept:
        named.append(replace(shot, id="") if shot.id in seen else shot)
        seen.add(shot.id)
    edges = [0.0, *(round(shot.span.start, 3) for shot in named[1:]), round(named[-1].span.end, 3)]
    return [replace(shot, span=Span(*edge)) for shot, edge in zip(named, pairwise(edges), strict=True)]


def _joined(cues: Sequence[Cue]) -> list[Cue]:
    """Cues, with the parts of one that was parted together again."""
    found: list[Cue] = []
    for cue in cues:
        near = [at for at, one in enumerate(found) if _same(one, cue) and one.span.start <= cue.span.end + _NOTHING]
        place = next((at for at in near if cue.span.start <= found[at].span.end + _NOTHING), None)
        if place is None:
            found.append(cue)
        else:
            span = Span(min(found[place].span.start, cue.span.start), max(found[place].span.end, cue.span.end))
            found[place] = replace(found[place], span=span)
    return found


def _same(one: Cue, two: Cue) -> bool:
    return replace(one, span=two.span, at=None) == replace(two, at=None)


def _anchored(shot: Shot, places: dict[int, int]) -> Shot:
    """A shot whose cues lie on the words of the new lines."""
    cues = tuple(
        cue if cue.at is None else replace(cue, at=replace(cue.at, line=places[cue.at.line]) if cue.at.line in places else None)
        for cue in shot.direction.cues
    )
    return replace(shot, direction=replace(shot.direction, cues=cues))
