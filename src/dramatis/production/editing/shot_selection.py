"""What an edit is about: the whole film, one shot, or a span, at whose ends shots are cut in two."""

from dataclasses import dataclass, replace
from itertools import pairwise

from dramatis.clock import Rate, Span
from dramatis.errors import BriefError
from dramatis.story import Cue, Segment, Shot, Storyline

_SHORTEST = 0.2  # seconds of a shot that is cut off


@dataclass(frozen=True)
class Selection:
    """`shot` by its place from 0 on, or `span` in seconds; neither: the whole film."""

    shot: int | None = None
    span: Span | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole film."""
        return self.shot is None and self.span is None


def selected(storyline: Storyline, selection: Selection) -> tuple[Storyline, frozenset[int]]:
    """The storyline, cut at the ends of a span, and the places of the shots that are meant. Raises `BriefError`."""
    if selection.span is not None:
        return _cut_out(storyline, selection.span)
    if selection.shot is None:
        return storyline, frozenset(range(len(storyline.shots)))
    if not 0 <= selection.shot < len(storyline.shots):
        raise BriefError(f"There is no shot {selection.shot + 1}: the storyline has {len(storyline.shots)}.")
    return storyline, frozenset({selection.shot})


def time_of(storyline: Storyline, selection: Selection) -> Span:
    """The stretch of the film that is meant; raises `BriefError`."""
    if selection.span is not None:
        _check_span(storyline, selection.span)
        return selection.span
    if selection.shot is None:
        return Span(0.0, storyline.seconds)
    selected(storyline, selection)
    return storyline.shots[selection.shot].span


def _check_span(storyline: Storyline, span: Span) -> None:
    if span.start < 0 or span.end > storyline.seconds + _SHORTEST or span.seconds < _SHORTEST:
        raise BriefError(
            f"The span {span.start:g}-{span.end:g} s is no part of the film: give two times from 0 to {storyline.seconds:g} s, "
            f"at least {_SHORTEST:g} s apart."
        )


def _cut_out(storyline: Storyline, span: Span) -> tuple[Storyline, frozenset[int]]:
    _check_span(storyline, span)
    shots: list[Shot] = []
    for shot in storyline.shots:
        edges = [_on_frame(at, storyline.canvas.rate) for at in (span.start, span.end)]
        inside = [at for at in edges if shot.span.start + _SHORTEST <= at <= shot.span.end - _SHORTEST]
        shots += _parts(shot, [shot.span.start, *inside, shot.span.end])
    places = frozenset(at for at, shot in enumerate(shots) if shot.span.overlap(span) > shot.span.seconds / 2)
    return replace(storyline, shots=tuple(shots)), places


def _on_frame(seconds: float, rate: Rate) -> float:
    return rate.time(rate.nearest(seconds))


def _parts(shot: Shot, edges: list[float]) -> list[Shot]:
    if len(edges) == 2:
        return [shot]
    first, *rest = (_part(shot, Span(a, b)) for a, b in pairwise(edges))
    return [first, *(replace(part, id="") for part in rest)]


def _part(shot: Shot, span: Span) -> Shot:
    """A part of a shot, which goes on from the one before it: its cues are those of the whole."""
    cues = tuple(cue for cue in shot.direction.cues if _touches(cue, span))
    pieces = tuple(_piece(piece, span) for piece in shot.segments if piece.span.overlap(span) > 0)
    return replace(shot, span=span, direction=replace(shot.direction, cues=cues), segments=pieces)


def _touches(cue: Cue, span: Span) -> bool:
    return cue.span.overlap(span) > 0 or cue.kind == "camera"


def _piece(piece: Segment, span: Span) -> Segment:
    return replace(piece, span=Span(max(piece.span.start, span.start), min(piece.span.end, span.end)))
