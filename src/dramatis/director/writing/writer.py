"""The writer: makes shots from the agreed claims; locked parts stay unchanged."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, Verdict
from dramatis.director.rounds.minutes import reason_of
from dramatis.director.writing.cues import actions, carried, changes, emotions, moves
from dramatis.director.writing.cutting import SHORTEST_SHOT, ShotSpan, stretches
from dramatis.director.writing.descriptions import lasting
from dramatis.director.writing.segments import segments
from dramatis.director.writing.shot_list import framing_seen, setups_for, shot_list, shot_moves
from dramatis.director.writing.timing import cut_points
from dramatis.story import FRAMINGS, Claim, Concept, Cue, Direction, Listening, Reason, Shot

_KINDS = ("emotion", "action", "camera")


def written(material: Material, verdict: Verdict, kept: Sequence[Shot] = ()) -> tuple[Shot, ...]:
    """The shots of the film; `kept` are those of an earlier plan, of which what is locked is taken over."""
    claims = verdict.deliberation.outcome
    audio = verdict.audio
    where = cut_points(audio, material.seconds)
    people = [*emotions(claims, material, where, audio), *actions(claims, material, audio)]
    held = [shot for shot in kept if shot.locked and shot.span.end <= material.seconds + 1e-3]
    setups = setups_for(material, verdict)
    if setups:
        cut = shot_list(material, verdict, setups, people, held)
        cameras = shot_moves(claims, [stretch.span for stretch in cut], audio)
    else:
        portraits = {who.name: who.portrait for who in material.cast}
        cut = _around(stretches(audio, portraits, material.seconds, changes(people, material.seconds)), held)
        runs = [(run, moves(claims, Span(run[0].span.start, run[-1].span.end), audio)) for run in _runs(cut)]
        cameras = [camera for run, camera in runs for _ in run]
    made = [_shot(stretch, camera, people, material, verdict) for stretch, camera in zip(cut, cameras, strict=True)]
    return tuple(_merged(shot, held) for shot in made)


def concept(material: Material, verdict: Verdict) -> Concept:
    """What holds for the whole film."""
    said = {kind: _agreed(kind, verdict.deliberation.outcome) for kind in ("setting", "style", "mood")}
    return Concept(material.prompt, **said)


def _agreed(kind: str, claims: Sequence[Claim]) -> str:
    """What is drawn; else what was read in the words; else what was heard or seen."""
    told = [claim for claim in claims if claim.kind == kind]
    read = [claim for claim in told if claim.expert == "text"]
    drawn = [claim for claim in told if claim.expert == "director" and kind != "mood"]
    return ", ".join(dict.fromkeys(claim.what for claim in drawn or read or told))


def _shot(stretch: ShotSpan, camera: list[Cue], people: list[Cue], material: Material, verdict: Verdict) -> Shot:
    span, claims, audio = stretch.span, verdict.deliberation.outcome, verdict.audio
    cast = material.names if material.limits.framings else _cast(stretch.picture, material)
    mine = [cue for cue in people if cue.who is None or cue.who in cast]
    felt = [cue for cue in mine if cue.span.overlap(span) > 0] + carried(mine, span, material.limits.cannot)
    cues = tuple(sorted(map(_rounded, [*felt, *camera]), key=lambda cue: (cue.span, cue.kind, cue.what)))
    here = [claim for claim in claims if _concerns(claim, span, cast)]
    speakers = speaking(span, audio)
    pieces = segments(span, audio, cues)
    words = lasting(cast, span, material, claims)
    if not words and not cues and material.limits.draws is None:
        words = material.prompt
    return Shot(
        span,
        stretch.picture,
        cast,
        Direction(words, _avoid(here, cues), cues),
        framing=stretch.framing or _framing(here, cast, material, verdict),
        focus=stretch.focus,
        speakers=speakers,
        listening=_listening(span, cast, material, verdict),
        segments=pieces,
        why=(*stretch.why, *_why(here, verdict)),
    )


def _framing(claims: Sequence[Claim], cast: tuple[str, ...], material: Material, verdict: Verdict) -> str:
    """The framing of a shot for which none is chosen: a picture's own, else what is agreed on, which no free camera needs."""
    if material.limits.framings:
        return ""
    seen = framing_seen(verdict, cast) if material.limits.needs_face else ""
    return seen or next((claim.what for claim in claims if claim.kind == "framing" and claim.what in FRAMINGS), "")


def _rounded(cue: Cue) -> Cue:
    """With times that a person can read."""
    span = Span(round(cue.span.start, 3), round(cue.span.end, 3))
    return replace(cue, span=span, intensity=round(cue.intensity, 3), rise=round(cue.rise, 3), fall=round(cue.fall, 3))


def _cast(picture: str, material: Material) -> tuple[str, ...]:
    """Who is in a picture, left to right."""
    here = [who.name for who in material.cast if who.portrait == picture]
    seen = [name for shown in material.pictures if shown.picture == picture for name, _ in shown.faces if name in here]
    return tuple(seen or here)


def _concerns(claim: Claim, span: Span, cast: tuple[str, ...]) -> bool:
    return (claim.span is None or claim.span.overlap(span) > 0) and (claim.who is None or claim.who in cast)


def _avoid(claims: list[Claim], cues: tuple[Cue, ...]) -> str:
    wanted = {cue.what for cue in cues}
    return ", ".join(dict.fromkeys(claim.what for claim in claims if claim.kind == "avoid" and claim.what not in wanted))


def speaking(span: Span, audio: AudioReport) -> tuple[str, ...]:
    """Who is heard in a span, who is heard most first."""
    tracks = audio.tracks
    heard = {
        who: sum(phrase.overlap(span) for track in tracks if track.who == who for phrase in track.phrases)
        for who in dict.fromkeys(track.who for track in tracks)
    }
    return tuple(sorted((who for who in heard if heard[who] > 0), key=lambda who: (-heard[who], who)))


def _listening(span: Span, cast: tuple[str, ...], material: Material, verdict: Verdict) -> tuple[Listening, ...]:
    """Who listens to whom: people in the picture listen to the others who speak in the film's pictures."""
    pairs = [(claim.who, claim.what) for claim in verdict.deliberation.outcome if claim.kind == "listener" and claim.who in cast]
    speakers = speaking(span, verdict.audio)
    pairs += [(name, speaker) for speaker in speakers for name in cast if name != speaker]
    seen = set(speakers) & set(material.names)
    return tuple(Listening(who, to) for who, to in dict.fromkeys(pairs) if who is not None and to in seen)


def _why(claims: list[Claim], verdict: Verdict) -> tuple[Reason, ...]:
    """Reasons of a shot: visible actions, the most confident first, other claims but lines, and settled conflicts."""
    told_of = [claim for claim in claims if claim.kind != "line" and (claim.kind != "avoid" or claim.expert == "text")]
    told_of.sort(key=lambda claim: (claim.kind not in _KINDS, -claim.confidence))
    reasons = [reason_of(claim) for claim in told_of]
    told = verdict.deliberation
    for conflict in told.conflicts:
        if any(told.claims[place] in claims for place in conflict.claims if place < len(told.claims)):
            reasons.append(Reason("director", f"conflict about {conflict.about}", conflict.how, 1.0))
    return tuple(dict.fromkeys(reasons))


def _runs(cut: list[ShotSpan]) -> list[list[ShotSpan]]:
    """Neighbours that show one picture: the camera goes on through their cuts."""
    return [list(run) for _, run in groupby(cut, key=lambda stretch: stretch.picture)]


def _around(cut: list[ShotSpan], held: list[Shot]) -> list[ShotSpan]:
    """The cuts, with locked shots unchanged; remaining parts that are too short are merged with a neighbour."""
    for shot in held:
        cut = [part for stretch in cut for part in _without(stretch, shot.span)]
        cut = sorted([*cut, ShotSpan(shot.span, shot.picture)], key=lambda stretch: stretch.span)
    fixed = {shot.span for shot in held}
    joined: list[ShotSpan] = []
    for stretch in cut:
        before = joined[-1] if joined else None
        if before is not None and _joins(before, stretch, fixed):
            picture = max(before, stretch, key=lambda part: part.span.seconds).picture
            joined[-1] = ShotSpan(Span(before.span.start, stretch.span.end), picture)
        else:
            joined.append(stretch)
    return joined


def _joins(one: ShotSpan, two: ShotSpan, fixed: set[Span]) -> bool:
    short = min(one.span.seconds, two.span.seconds) < SHORTEST_SHOT
    return bool(fixed) and short and one.span not in fixed and two.span not in fixed


def _without(stretch: ShotSpan, taken: Span) -> list[ShotSpan]:
    edges = [stretch.span.start, min(max(taken.start, stretch.span.start), stretch.span.end)]
    rest = [min(max(taken.end, stretch.span.start), stretch.span.end), stretch.span.end]
    return [ShotSpan(Span(a, b), stretch.picture) for a, b in (edges, rest) if b - a > 1e-3]


def _merged(shot: Shot, held: list[Shot]) -> Shot:
    """A new shot, with the locked parts of the old one."""
    old = next((other for other in held if abs(other.span.start - shot.span.start) < 1e-3), None)
    if old is None:
        return shot
    if old.locked is True:
        return old
    locks = old.locked if isinstance(old.locked, tuple) else ()
    mine = [cue for cue in shot.direction.cues if cue.kind not in locks]
    theirs = [cue for cue in old.direction.cues if cue.kind in locks]
    direction = Direction(
        old.direction.words if "words" in locks else shot.direction.words,
        old.direction.avoid if "avoid" in locks else shot.direction.avoid,
        tuple(sorted([*mine, *theirs], key=lambda cue: (cue.span, cue.kind, cue.what))),
    )
    return replace(
        shot,
        direction=direction,
        picture=old.picture,
        cast=old.cast,
        framing=old.framing if "framing" in locks else shot.framing,
        focus=old.focus if "framing" in locks else shot.focus,
        locked=old.locked,
        id=old.id,
        seed=old.seed,
    )
