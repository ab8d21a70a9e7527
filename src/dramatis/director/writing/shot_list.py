"""The shot list of a film with several framings: shots with their reasons, and the moves of the camera inside them.

A camera is free, or it crops a picture. Films up to ten seconds have one shot a scene, unless the words ask for
framings. A move that the words ask for happens in one shot.
"""

from collections.abc import Sequence
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.casting.places import scenes_of
from dramatis.director.claims import AudioReport, Material, Verdict
from dramatis.director.text.lexicon.entries import CUTS
from dramatis.director.writing.coverage import FROM, Fixed, Framed, Wanted, covered
from dramatis.director.writing.cues import camera_cue
from dramatis.director.writing.cutting import ShotSpan
from dramatis.director.writing.setups import (
    Setup,
    asked_for,
    asked_framings,
    concerns,
    free_setups,
    narrators,
    nearest,
    pictured_setups,
    room_for,
)
from dramatis.director.writing.timing import cut_points
from dramatis.story import CAMERAS, FRAMINGS, Claim, Cue, Reason, Shot

MOVE, UNTIMED = 8.0, 5.0
"""Most seconds of a camera move, and of one that the words ask for without a time."""
_THROUGHOUT = frozenset(("static", "handheld"))
_EPSILON = 1e-6  # s
_LEAST = 0.5  # s of a move inside a shot
_WHOLE = 5.0  # s; longer actions go on through cuts
_QUIET = "nobody in the film speaks"
_SPEAKS = 0.2  # of what is heard in a shot: somebody who says less listens


def setups_for(material: Material, verdict: Verdict) -> tuple[Setup, ...]:
    """The setups among which the director chooses, the establishing one first; () if each picture is filmed as it is.

    A picture is filmed closer if the words ask for a framing, or if it shows several people, each large enough alone, in a film
    that is long enough for more than one shot.
    """
    claims = verdict.deliberation.outcome
    if material.limits.framings:
        told = bool(narrators(verdict.audio, material.names))
        return free_setups(material.names, material.limits.framings, claims, told)
    pictured = material.pictures[0] if len(material.pictures) == 1 else None
    if pictured is None or not pictured.views or {name for name, _ in pictured.faces} != set(material.names):
        return ()
    singles = {view.focus for view in pictured.views}
    seen = [track.who for track in verdict.audio.tracks if track.who in material.names]
    several = len(material.names) > 1 and all((who,) in singles for who in seen)
    long = material.seconds > FROM and not in_one_take(claims)
    if not asked_framings(claims) and not (several and long):
        return ()
    return pictured_setups(material.names, framing_seen(verdict, material.names), pictured.views)


def framing_seen(verdict: Verdict, cast: Sequence[str]) -> str:
    """The framing of a picture as the visual expert sees it, of the first of its people."""
    return next((claim.what for claim in verdict.visual.claims if claim.kind == "framing" and claim.who in cast), "")


def in_one_take(claims: Sequence[Claim]) -> bool:
    """Whether the words ask for a film without cuts."""
    return any(claim.kind == "avoid" and claim.what == CUTS for claim in claims)


def shot_list(
    material: Material, verdict: Verdict, setups: tuple[Setup, ...], people: Sequence[Cue], held: Sequence[Shot]
) -> list[ShotSpan]:
    """The shots in order, without gaps; `people` are the cues of people, `held` are shots of which something is locked."""
    claims, audio = verdict.deliberation.outcome, verdict.audio
    pictures = {who.portrait for who in material.cast}
    picture = pictures.pop() if len(pictures) == 1 else ""
    where = cut_points(audio, material.seconds)
    scenes = tuple(scene.start for scene in scenes_of(claims, material.seconds)[1:])
    single = material.seconds <= FROM or in_one_take(claims)
    if single and not asked_framings(claims) and not held:
        room = _only_framing(material, verdict)
        return [ShotSpan(Span(*edges), picture, room) for edges in pairwise((0.0, *scenes, material.seconds))]
    fixed = tuple(Fixed(shot.span, _setup(shot) if _framed(shot) else None) for shot in held)
    setups = tuple(dict.fromkeys([*setups, *(kept.setup for kept in fixed if kept.setup is not None)]))
    speech = {who: tuple(p for track in audio.tracks if track.who == who for p in track.phrases) for who in material.names}
    wanted = Wanted(
        material.seconds,
        setups,
        tuple(concerns(setups, material, audio, claims, people)),
        where,
        speech,
        (*_asked_moves(claims, material.seconds), *(cue.span for cue in people if _in_one(cue, claims))),
        fixed,
        scenes,
        material.seed,
    )
    film = covered(wanted)
    return [_listed(number, film, picture, wanted, claims) for number in range(len(film))]


def _only_framing(material: Material, verdict: Verdict) -> str:
    """The framing of a film of one shot; "" where any will do: somebody speaks in it, or nobody is heard."""
    framings, heard = material.limits.framings, {track.who for track in verdict.audio.tracks}
    room = room_for(verdict.deliberation.outcome, framings)
    if room or not framings or (material.names and (not heard or heard & set(material.names))):
        return room
    return nearest("medium" if material.names else "wide", framings)


def shot_moves(claims: Sequence[Claim], spans: Sequence[Span], audio: AudioReport) -> list[list[Cue]]:
    """The camera's cues of each shot: every move in the shot in which most of it lies."""
    found: list[list[Cue]] = [[] for _ in spans]
    for claim in claims:
        if claim.kind != "camera" or claim.what not in CAMERAS:
            continue
        within = _within(claim, spans[-1].end)
        most = max(range(len(spans)), key=lambda number: spans[number].overlap(within))
        for number, span in enumerate(spans):
            if claim.what in _THROUGHOUT or _goes_on(claim) or number == most:
                shown = _shown(claim, within, span, spans[-1].end)
                if shown.seconds >= min(_LEAST, span.seconds):
                    found[number].append(camera_cue(claim, shown, audio))
    return [list(dict.fromkeys(cues)) for cues in found]


def _shown(claim: Claim, within: Span, shot: Span, seconds: float) -> Span:
    """When a move is seen in a shot: one without a time begins or, pulling out, ends with it."""
    if _goes_on(claim):
        return shot
    if _untimed(claim, seconds) and claim.what not in _THROUGHOUT:
        most = min(UNTIMED, shot.seconds)
        return Span(shot.end - most, shot.end) if claim.what == "pull out" else Span(shot.start, shot.start + most)
    start = max(within.start, shot.start)
    return Span(start, max(start, min(within.end, shot.end)))


def _goes_on(claim: Claim) -> bool:
    """Whether a move that nobody asked for goes on through all shots: nobody else moves in them."""
    return claim.expert == "director" and claim.span is None


def _asked_moves(claims: Sequence[Claim], seconds: float) -> list[Span]:
    """When the camera moves as the words ask, for moves that have a time; others are as long as their shot."""
    moves = [claim for claim in claims if claim.kind == "camera" and claim.what in CAMERAS and claim.what not in _THROUGHOUT]
    return [_within(claim, seconds) for claim in moves if claim.expert == "text" and not _untimed(claim, seconds)]


def _untimed(claim: Claim, seconds: float) -> bool:
    return claim.span is None or claim.span.overlap(Span(0.0, seconds)) >= seconds - _EPSILON


def _in_one(cue: Cue, claims: Sequence[Claim]) -> bool:
    """Whether an action is shown in one shot."""
    return cue.span.seconds <= _WHOLE and asked_for(cue, claims)


def _within(claim: Claim, seconds: float) -> Span:
    """When a camera cue is wanted; a move takes some seconds: a film may begin with one, or end with pulling out."""
    span = claim.span or Span(0.0, seconds)
    start, end = max(0.0, min(span.start, seconds)), max(0.0, min(span.end, seconds))
    most = UNTIMED if _untimed(claim, seconds) else MOVE
    if claim.what in _THROUGHOUT or end - start <= most or seconds <= FROM:
        return Span(start, max(start, end))
    return Span(end - most, end) if claim.what == "pull out" else Span(start, start + most)


def _framed(shot: Shot) -> bool:
    return shot.locked is True or (isinstance(shot.locked, tuple) and "framing" in shot.locked)


def _setup(shot: Shot) -> Setup:
    return Setup(shot.framing, shot.focus or shot.cast)


def _listed(number: int, film: Sequence[Framed], picture: str, wanted: Wanted, claims: Sequence[Claim]) -> ShotSpan:
    shot = film[number]
    everybody = tuple(wanted.speech)
    claim, evidence = _reason(shot, film[number - 1] if number else None, wanted)
    for asked in asked_framings(claims):
        if nearest(asked.what, [setup.framing for setup in wanted.setups if setup.framing]) == shot.setup.framing:
            evidence = asked.evidence if (asked.span or shot.span).overlap(shot.span) > 0 else evidence
    focus = () if shot.setup.focus == everybody else shot.setup.focus
    return ShotSpan(shot.span, picture, shot.setup.framing, focus, (Reason("director", claim, evidence, 1.0),))


def _reason(shot: Framed, before: Framed | None, wanted: Wanted) -> tuple[str, str]:
    """What kind of shot it is, of whom, and why."""
    focus, framing = shot.setup.focus, shot.setup.framing or "picture"
    said = {who: sum(phrase.overlap(shot.span) for phrase in spans) for who, spans in wanted.speech.items()}
    loudest = max(said, key=lambda who: said[who], default="")
    heard = [who for who in said if said[who] > _SPEAKS * sum(said.values())]
    names = " and ".join(focus)
    if not focus:
        return f"{framing}: the place", "nobody is seen"
    if (before is None or shot.span.start in wanted.scenes) and len(focus) == len(said) > 1:
        return f"establishing shot: {names}", "the first shot of a scene shows who is where"
    if shot.reaction:
        return f"reaction shot: {names} {'listens' if len(focus) == 1 else 'listen'} to {loudest}", f"{loudest} speaks"
    if len(focus) > 1:
        wide = shot.setup.step >= FRAMINGS.index("full")
        kind = "wide shot" if wide else "two-shot" if len(focus) == 2 else "group shot"
        return f"{kind}: {names}", f"{' and '.join(heard)} {'speaks' if len(heard) == 1 else 'speak'}" if heard else _QUIET
    answered = before.setup.focus[0] if before is not None and len(before.setup.focus) == 1 and not before.reaction else names
    if names in heard and answered != names:
        return f"reverse shot: {names} answers {answered}", f"{names} speaks for {said[names]:.1f} s"
    return f"{framing}: {names}", f"{names} speaks for {said[names]:.1f} s" if said[names] else _QUIET
