"""From a brief to a storyline: who is in the film, when each voice is heard, and from which picture each moment is shot.

With one picture the film is one shot. With several it goes from picture to picture: in the pause before somebody else
speaks the film cuts to the picture of who speaks next; while voices overlap it stays where it is, and no shot is
shorter than `SHORTEST_SHOT`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dramatis.clock import Rate, Span
from dramatis.errors import BriefError
from dramatis.production.casting import bystanders, centre, faces_of
from dramatis.production.gallery import Gallery
from dramatis.story import Brief, Canvas, Character, Direction, Line, Shot, Storyline
from dramatis.story.checks import LONG_SIDE, SHORT_SIDE, check_brief, check_storyline
from dramatis.take import Limits

Direct = Callable[[str, Span, tuple[str, ...]], Direction]
"""Words, the shot's span and who is in it -> the direction."""

SHORTEST_SHOT = 1.2
"""Seconds."""
TAIL = 0.4
"""Seconds that a film goes on after the last voice."""
LEAST_FACE = 40
"""Pixels of height that a face needs on the canvas."""
_LEAD = 0.2  # seconds by which a cut comes before the next speaker
_WORTH = 0.8  # seconds that somebody must go on speaking to be cut to; an interjection is heard off screen
_SAME = 0.1  # seconds by which voices that are meant to be heard together may differ in length
_SHORT_SIDE = 720


def write(brief: Brief, voices: Mapping[str, str], gallery: Gallery, limits: Limits, direct: Direct) -> Storyline:
    """The plan for a brief; `voices` is where each speaking character's sound lies. Raises `DramatisError`."""
    check_brief(brief)
    if not voices:
        raise BriefError("Nobody in the brief has a voice; give a sound with --voice, or a text with --say.")
    canvas = _canvas(brief, gallery, limits)
    cast = _with_listeners(brief.cast, gallery, canvas, limits)
    lines = _lines(brief, voices, gallery)
    end = max(line.start + gallery.sound(line.sound).seconds for line in lines) + TAIL
    frames = max(1, canvas.rate.nearest(end))
    film = Span(0.0, canvas.rate.time(frames))
    whole = direct(brief.prompt, film, tuple(who.name for who in cast))
    shots = tuple(
        Shot(span, picture, names, _directed(whole, direct(brief.prompt, span, names), span))
        for span, picture in _cuts(cast, lines, gallery, film.end)
        for names in [_left_to_right(picture, cast, gallery, limits)]
    )
    return check_storyline(Storyline(canvas, cast, lines, shots, brief.seed, brief.engine))


def _canvas(brief: Brief, gallery: Gallery, limits: Limits) -> Canvas:
    rate = Rate.of(brief.fps)
    if isinstance(brief.size, tuple):
        return Canvas(*brief.size, rate)
    first = gallery.picture(brief.cast[0].portrait)
    short = brief.size or _SHORT_SIDE
    scale = short / min(first.width, first.height)
    scale *= min(1.0, LONG_SIDE / (scale * max(first.width, first.height)), SHORT_SIDE / short)
    step = max(2, limits.size_step)

    def whole(side: float) -> int:
        return max(step, round(side * scale / step) * step)

    return Canvas(whole(first.width), whole(first.height), rate)


def _with_listeners(cast: tuple[Character, ...], gallery: Gallery, canvas: Canvas, limits: Limits) -> tuple[Character, ...]:
    """The cast, and everybody else who can be seen clearly: they listen."""
    if not limits.needs_face:
        return cast
    added: list[Character] = []
    for picture in dict.fromkeys(who.portrait for who in cast):
        here = [who for who in cast if who.portrait == picture]
        still, scale = gallery.picture(picture), gallery.reduced(picture)
        zoom = max(canvas.width / still.width, canvas.height / still.height)
        for face in bystanders(picture, here, gallery)[: max(0, limits.most_cast - len(here))]:
            if (face.box[3] - face.box[1]) * min(1.0, zoom) >= LEAST_FACE:
                x, y = (round(value / scale, 1) for value in centre(face))
                added.append(Character(f"listener{len(added) + 1}", picture, face=(x, y)))
    taken = {who.name for who in cast}
    fresh = tuple(replace(who, name=f"{who.name}_") if who.name in taken else who for who in added)
    return (*cast, *fresh)


def _lines(brief: Brief, voices: Mapping[str, str], gallery: Gallery) -> tuple[Line, ...]:
    speaking = [who.name for who in brief.cast if who.name in voices]
    lengths = [gallery.sound(voices[name]).seconds for name in speaking]
    together = brief.order == "together" or (brief.order == "auto" and max(lengths) - min(lengths) <= _SAME)
    starts = [0.0 if together else sum(lengths[:at]) for at in range(len(lengths))]
    return tuple(Line(name, voices[name], round(start, 4)) for name, start in zip(speaking, starts, strict=True))


def _directed(film: Direction, shot: Direction, span: Span) -> Direction:
    """What people do runs through the film, across its cuts; each shot has camera moves of its own."""
    people = [cue for cue in film.cues if cue.kind != "camera" and cue.span.overlap(span) > 0]
    moves = [cue for cue in shot.cues if cue.kind == "camera"]
    return replace(shot, avoid=film.avoid, cues=tuple(sorted([*people, *moves], key=lambda cue: cue.span)))


def _left_to_right(picture: str, cast: tuple[Character, ...], gallery: Gallery, limits: Limits) -> tuple[str, ...]:
    here = [who for who in cast if who.portrait == picture]
    if len(here) < 2 or not limits.needs_face:
        return tuple(who.name for who in here)
    faces = faces_of(picture, here, gallery)
    return tuple(sorted(faces, key=lambda name: centre(faces[name])[0]))


@dataclass(frozen=True)
class _Phrase:
    span: Span
    picture: str


def _cuts(cast: tuple[Character, ...], lines: tuple[Line, ...], gallery: Gallery, end: float) -> list[tuple[Span, str]]:
    """Spans and pictures of the shots, without gaps from 0 s to `end`."""
    pictures = {who.name: who.portrait for who in cast}
    if len(set(pictures.values())) == 1:
        return [(Span(0.0, end), cast[0].portrait)]
    phrases = [
        _Phrase(Span(line.start + part.start, line.start + part.end), pictures[line.who])
        for line in lines
        for part in gallery.phrases(line.sound)
    ]
    return _alternated(sorted(phrases, key=lambda phrase: phrase.span), end) or [(Span(0.0, end), pictures[lines[0].who])]


def _alternated(phrases: list[_Phrase], end: float) -> list[tuple[Span, str]]:
    if not phrases:
        return []
    shots: list[tuple[float, str]] = [(0.0, phrases[0].picture)]
    heard_until = phrases[0].span.end
    for phrase in phrases[1:]:
        start, picture = shots[-1]
        cut = max(heard_until, phrase.span.start - _LEAD, start + SHORTEST_SHOT)
        worth_it = phrase.span.end - cut >= _WORTH and end - cut >= SHORTEST_SHOT
        if phrase.picture != picture and worth_it:
            shots.append((cut, phrase.picture))
        heard_until = max(heard_until, phrase.span.end)
    ends = [start for start, _ in shots[1:]] + [end]
    return [(Span(start, stop), picture) for (start, picture), stop in zip(shots, ends, strict=True)]
