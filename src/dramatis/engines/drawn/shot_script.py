"""From a take to a script of the stage. It depends on the shot alone, not on where the shot is cut into takes."""

import zlib
from collections.abc import Sequence

from dramatis.clock import Span
from dramatis.conditioning.reading import scenery_of
from dramatis.engines.drawn.composition import AIMED, aim_of, reach_of, room_for_hands, seats
from dramatis.engines.drawn.persons import people_of
from dramatis.engines.drawn.spoken_lines import utterances
from dramatis.media.value_cache import ValueCache
from dramatis.stage.lens import unit
from dramatis.stage.play.pacing import timed
from dramatis.stage.play.script import SETS, STYLES, Doing, Mood, Part, Place, Script
from dramatis.story import Cue
from dramatis.take import Take

_LONG = 8.0  # s; a shot does not say how long it is, and what happens in a place happens within these
_RISES = frozenset({"stand up", "walk in", "dance"})
_RISING, _FOR_EVER = 0.7, 1e6  # s of getting up; of sitting, if nothing ends it
_NEARER = 1e-4  # units by which whoever reaches over to others is drawn before them
_REST = ("calm", 1 / 3)


def script_of(take: Take, cache: ValueCache) -> Script:
    """The script of the shot that a take is part of, on the film's clock."""
    size = (take.canvas.width, take.canvas.height)
    one = unit(size)
    spoken = [utterances(role, cache) for role in take.cast]
    parts = [
        Part(
            person,
            0.5 + seat.x * one / size[0],
            0.5 + seat.y * one / size[1],
            seat.scale + _NEARER * any(cue.what in AIMED for cue in _cues(take, "action", role.name)),
            moods(_cues(take, "emotion", role.name)),
            _doings(take, number),
            spoken[number],
        )
        for number, (role, person, seat) in enumerate(zip(take.cast, people_of(take.cast, take.seed), seats(take), strict=True))
    ]
    style, place = _where(take)
    script = Script(_LONG, place, tuple(parts), style=style, seed=take.motion_seed % (1 << 16))
    return timed(script, until=take.span.end, hands=room_for_hands(take))


def _where(take: Take) -> tuple[str, Place]:
    """Style and place: what words leave open is chosen by the seed."""
    scenery, dice = scenery_of(take.direction.words), zlib.crc32(f"place {take.seed}".encode())
    place = Place(
        scenery.set or SETS[dice % (len(SETS) - 1)],
        scenery.light or "day",
        scenery.weather or "clear",
        scenery.happening or "nothing",
        dice % (1 << 16),
    )
    return scenery.style or STYLES[2], place


def _cues(take: Take, kind: str, who: str) -> list[Cue]:
    return [cue for cue in take.direction.cues if cue.kind == kind and cue.who in (None, who)]


def moods(cues: Sequence[Cue]) -> tuple[Mood, ...]:
    """Emotions one after the other: of those at once the strongest, and calm between them."""
    if not cues:
        return ()
    spans = [
        Span(max(0.0, cue.span.start + cue.rise / 2 - 0.2), max(cue.span.start, cue.span.end - cue.fall / 2)) for cue in cues
    ]
    edges = sorted({0.0, *(edge for span in spans for edge in (span.start, span.end))})
    made: list[tuple[str, float, float]] = []
    for start in edges:
        here = [cue for cue, span in zip(cues, spans, strict=True) if span.start <= start < span.end]
        best = max(here, key=lambda cue: (cue.intensity, -cue.span.start), default=None)
        what, much = (best.what, best.intensity) if best else _REST
        if not made or made[-1][:2] != (what, much):
            made.append((what, much, start))
    ends = [start for *_, start in made[1:]] + [max(edges[-1], made[-1][2]) + _LONG]
    return tuple(Mood(what, Span(start, end), much) for (what, much, start), end in zip(made, ends, strict=True))


def _doings(take: Take, number: int) -> tuple[Doing, ...]:
    """The actions of a character; what is handed over or pointed at is the one who is spoken to."""
    cues = _cues(take, "action", take.cast[number].name)
    return tuple(
        Doing(
            cue.what,
            _seated(cue, cues) if cue.what == "sit down" else cue.span,
            cue.intensity,
            aim_of(take, number, cue) if cue.what in AIMED else None,
            reach_of(take, number, cue),
        )
        for cue in cues
    )


def _seated(cue: Cue, cues: Sequence[Cue]) -> Span:
    """How long somebody sits: until they get up. A cue without a length says that they sit already."""
    start = cue.span.start - (0.0 if cue.span.seconds else 2 * _RISING)
    rises = (one.span.start + _RISING for one in cues if one.what in _RISES and one.span.start > start)
    return Span(start, min(rises, default=_FOR_EVER))
