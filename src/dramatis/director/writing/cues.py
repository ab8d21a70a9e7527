"""Turns claims into cues: emotion curves with transitions, actions on their words, camera moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from re import compile as pattern

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material
from dramatis.director.text.lexicon.entries import LOOK_SECONDS, SECONDS
from dramatis.director.writing.anchoring import spoken_word
from dramatis.director.writing.timing import CutPoint, snapped
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS, Claim, Cue, SpokenWord

RISE, FALL, CROSSING, SLOWLY = 0.6, 0.8, 1.0, 4.0
"""Seconds: out of rest, back to it, from one emotion into the next, and if that happens "gradually"."""
INSTEAD = {
    "turn left": "look left",
    "turn right": "look right",
    "bow": "nod",
    "wave": "nod",
    "point": "lean in",
    "shrug": "brow raise",
    "clap": "smile",
    "raise both hands": "brow raise",
    "dance": "smile",
    "fold arms": "lean in",
}
"""Substitutes for cues that an engine cannot perform; the original cue stays in the plan and in the report."""
_LASTING = {"sit down": ("stand up", "walk in", "dance"), "take off glasses": (), "hand over": ()}
"""Actions after which somebody is no longer as before, and what ends that."""
_AWAITED = frozenset({"walk in", "sit down"})
"""Actions before which somebody is not there, or their chair is empty."""
_LEAD = 0.1  # s by which an action begins before its word
_ON_WORD = 0.05  # s between a word's beginning and that of what begins with it
_SNAP = 0.6  # s that a change of emotion moves to a pause
_SAME = 1.05  # claims of about the same length are combined; otherwise the shorter one wins
_SAME_TIME = 0.5  # s between actions that are one
_BRIEF, _STEP = 0.6, 0.15  # s and intensity; less than this is no change
_GRADUALLY = pattern(r"gradual|slowly|bit by bit|more and more|little by little|step by step|逐渐|渐渐|慢慢|越来越|缓缓")


@dataclass(frozen=True)
class _Piece:
    span: Span
    claims: tuple[Claim, ...]
    at: SpokenWord | None = None


def emotions(claims: Sequence[Claim], material: Material, where: tuple[CutPoint, ...], audio: AudioReport) -> list[Cue]:
    """Cues of all emotions; those of one character cross over from one into the next."""
    felt = [claim for claim in claims if claim.kind == "emotion" and claim.what in EMOTIONS and claim.intensity > 0]
    names: Iterable[str | None] = material.names if any(claim.who for claim in felt) else [None]
    cues = []
    for who in names:
        mine = [claim for claim in felt if claim.who in (None, who)]
        pieces = _pieces([replace(claim, span=_settled(claim, material.seconds, where, audio)) for claim in mine])
        pieces = [replace(piece, at=_begun(piece.claims, piece.span.start, audio)) for piece in pieces]
        cues += [replace(cue, who=who) for cue in _crossing(pieces, material.seconds)]
    return cues


def actions(claims: Sequence[Claim], material: Material, audio: AudioReport) -> list[Cue]:
    """Cues of all actions, each on its word if it has one, and what is shown instead of what the engine cannot show."""
    cues = []
    for claim in claims:
        if claim.kind != "action" or claim.what not in ACTIONS or (claim.who is not None and claim.who not in material.names):
            continue
        word = spoken_word(claim, audio)
        span = _acted(claim, material, audio) if word is None else _on(word, claim.what, material.seconds)
        if span is None:
            continue
        cue = Cue("action", claim.what, span, claim.who, _intensity(claim), to=claim.to, at=word)
        cues.append(cue)
        shown = INSTEAD.get(claim.what, "")
        if claim.what in material.limits.cannot and shown and shown not in material.limits.cannot:
            cues.append(replace(cue, what=shown, span=_lasting(span.start, shown, material.seconds)))
    return [cue for place, cue in enumerate(cues) if not any(_doubled(cue, other) for other in cues[:place])]


def carried(cues: Sequence[Cue], span: Span, cannot: Sequence[str]) -> list[Cue]:
    """What actions outside a shot mean for it: who sits, has taken off the glasses or gave something away before goes on so, as a
    cue without a length at its start; who walks in or sits down later has not yet.
    """
    found: list[Cue] = []
    for cue in (cue for cue in cues if cue.kind == "action" and cue.what not in cannot):
        if cue.what in _LASTING and cue.span.end <= span.start:
            undone = any(one.what in _LASTING[cue.what] and _after(one, cue) and one.span.end <= span.start for one in cues)
            found += [] if undone else [replace(cue, span=Span(span.start, span.start), at=None)]
        elif cue.what in _AWAITED and cue.span.start >= span.end:
            found.append(cue)
    return found


def _after(one: Cue, cue: Cue) -> bool:
    """Whether a cue comes later, of the same character."""
    return one.span.start >= cue.span.end and (one.who is None or cue.who is None or one.who == cue.who)


def _doubled(cue: Cue, earlier: Cue) -> bool:
    """Whether the character already performs that action at that time."""
    near = abs(cue.span.start - earlier.span.start) < _SAME_TIME or cue.span.overlap(earlier.span) > 0.5 * cue.span.seconds
    return cue.what == earlier.what and earlier.who in (None, cue.who) and near


def moves(claims: Sequence[Claim], span: Span, audio: AudioReport) -> list[Cue]:
    """Cues of the camera for a run of shots that show one picture; a claim without a span holds for all of it."""
    cues = []
    for claim in claims:
        if claim.kind != "camera" or claim.what not in CAMERAS:
            continue
        within = claim.span or span
        start, end = max(within.start, span.start), min(within.end, span.end)
        if end - start >= min(0.5, span.seconds):
            cues.append(camera_cue(claim, Span(start, end), audio))
    return list(dict.fromkeys(cues))


def camera_cue(claim: Claim, span: Span, audio: AudioReport) -> Cue:
    """The cue of a move that is shown in a span."""
    return Cue("camera", claim.what, span, None, _intensity(claim), at=_begun([claim], span.start, audio))


def changes(cues: Iterable[Cue], seconds: float) -> tuple[float, ...]:
    """Instants at which an emotion begins, between a film's start and its end."""
    starts = {cue.span.start + cue.rise / 2 for cue in cues if cue.kind == "emotion"}
    return tuple(sorted(at for at in starts if 1.0 < at < seconds - 1.0))


def _intensity(claim: Claim) -> float:
    """The shown intensity: claims from the voice with low confidence are weakened."""
    sure = min(1.0, 2 * claim.confidence) if claim.expert == "audio" else 1.0
    return min(1.0, max(0.05, sure * claim.intensity))


def _settled(claim: Claim, seconds: float, where: tuple[CutPoint, ...], audio: AudioReport) -> Span:
    """The span of an emotion inside the film; what words put somewhere moves to a pause nearby."""
    if claim.span is None:
        return Span(0.0, seconds)
    start, end = max(0.0, min(claim.span.start, seconds)), max(0.0, min(claim.span.end, seconds))
    if end > start:
        start, end = 0.0 if start < _BRIEF else start, seconds if seconds - end < _BRIEF else end
    if claim.expert == "audio" or claim.at:
        return Span(start, end)
    start, end = (at if at in (0.0, seconds) else snapped(at, where, audio, _SNAP) for at in (start, end))
    return Span(start, max(start, end))


def _pieces(claims: list[Claim]) -> list[_Piece]:
    """Resolve overlapping claims: the shorter one wins; nearly equal neighbours are merged."""
    spans = [claim.span for claim in claims if claim.span is not None and claim.span.seconds > 0]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    found: list[_Piece] = []
    for start, end in pairwise(edges):
        here = [claim for claim in claims if claim.span is not None and claim.span.start <= start and end <= claim.span.end]
        if not here:
            continue
        least = min(claim.span.seconds for claim in here if claim.span is not None)
        held = tuple(claim for claim in here if claim.span is not None and claim.span.seconds <= least * _SAME)
        piece = _Piece(Span(start, end), held)
        if found and found[-1].span.end == start and (piece.span.seconds < _BRIEF or _alike(found[-1], piece)):
            found[-1] = _Piece(Span(found[-1].span.start, end), found[-1].claims)
        else:
            found.append(piece)
    return found


def _alike(one: _Piece, two: _Piece) -> bool:
    first, second = _feelings(one), _feelings(two)
    return first.keys() == second.keys() and all(abs(first[what] - second[what]) <= _STEP for what in first)


def _feelings(piece: _Piece) -> dict[str, float]:
    """Intensity of each emotion of a piece; a doubled one counts once."""
    felt: dict[str, float] = {}
    for claim in piece.claims:
        felt[claim.what] = max(felt.get(claim.what, 0.0), _intensity(claim))
    return felt


def _crossing(pieces: list[_Piece], seconds: float) -> list[Cue]:
    cues = []
    for index, piece in enumerate(pieces):
        before = pieces[index - 1] if index and pieces[index - 1].span.end == piece.span.start else None
        after = pieces[index + 1] if index + 1 < len(pieces) and pieces[index + 1].span.start == piece.span.end else None
        into, out = _crossed(before, piece), _crossed(piece, after)
        rise = into or (0.0 if piece.span.start <= 0 else min(RISE, piece.span.seconds / 2))
        fall = out or (0.0 if piece.span.end >= seconds else min(FALL, piece.span.seconds / 2))
        span = Span(max(0.0, piece.span.start - into / 2), min(seconds, piece.span.end + out / 2))
        cues += [Cue("emotion", what, span, None, much, rise, fall, piece.at) for what, much in _feelings(piece).items()]
    return cues


def _crossed(one: _Piece | None, two: _Piece | None) -> float:
    """Seconds in which one piece becomes the next; 0 at an end."""
    if one is None or two is None:
        return 0.0
    slow = any(_GRADUALLY.search(claim.evidence) for claim in two.claims)
    return min(SLOWLY if slow else CROSSING, 0.8 * min(one.span.seconds, two.span.seconds))


def _lasting(start: float, what: str, seconds: float) -> Span:
    length = min(SECONDS.get(what) or LOOK_SECONDS, seconds)
    start = max(0.0, min(start, seconds - length))
    return Span(start, start + length)


def _on(word: SpokenWord, what: str, seconds: float) -> Span:
    """When an action happens that lands on a word."""
    return _lasting((word.said or 0.0) - _LEAD, what, seconds)


def _begun(claims: Iterable[Claim], start: float, audio: AudioReport) -> SpokenWord | None:
    """The word with which claims begin, if they begin with one."""
    words = [word for claim in claims if (word := spoken_word(claim, audio)) is not None]
    return next((word for word in words if word.said is not None and abs(word.said - start) <= _ON_WORD), None)


def _acted(claim: Claim, material: Material, audio: AudioReport) -> Span | None:
    """When an action happens that lands on no word; None outside the film."""
    seconds = material.seconds
    if claim.span is not None:
        start, end = max(0.0, claim.span.start), min(seconds, claim.span.end)
        return Span(start, end) if end > start else None
    if claim.what == "smile":
        return Span(0.0, seconds)
    first = next((phrase for track in audio.tracks if claim.who in (None, track.who) for phrase in track.phrases), None)
    return _lasting(first.start if first else seconds / 3, claim.what, seconds)
