"""Measure a finished film: landmarks found again in its frames, its sound, and the storyline beside it."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from dramatis.evaluation.film import measures, voice_curves
from dramatis.evaluation.film.cast import CastMember, cast_of, narrators, sound_of, still_camera, storyline_of
from dramatis.evaluation.film.figures import FaceMeasures, Measures, as_table, to_json
from dramatis.evaluation.film.frame_measures import FrameMeasures
from dramatis.evaluation.film.preservation import lost
from dramatis.evaluation.film.sharpness import extent, reference
from dramatis.evaluation.film.tracking import track
from dramatis.evaluation.film.voice_curves import VoiceCurves
from dramatis.media.videos.video import frame_at, probe
from dramatis.story import Storyline, on_screen
from dramatis.take import Event, OnEvent

__all__ = ["FaceMeasures", "Measures", "as_table", "measure", "to_json"]

_BETWEEN = 0.48  # seconds between two frames whose sharpness and background are looked at
_LOOKS = 5  # frames of a shot that are compared with its picture
_TAKEN_OVER = 0.2  # seconds in which a film goes over from its picture, whose mouth may be open, to a mouth at rest
_SPEECH_ROOM = 0.1  # seconds around speech that still belong to it


def measure(path: str, on_event: OnEvent | None = None) -> Measures:
    """Everything that can be measured on a film; raises `PictureError` (no film) or `BriefError` (a broken storyline)."""
    storyline = storyline_of(path)
    sampled = FrameMeasures(step=max(1, probe(path).canvas.rate.nearest(_BETWEEN)), still_camera=still_camera(storyline))
    sighting = track(path, on_event=on_event, watch=sampled.look)
    people = cast_of(sighting, storyline, sound_of(path))
    voices = [voice_curves.hear(person.voice) if person.voice is not None and person.known else None for person in people]
    told = [voice_curves.hear(voice) for voice in narrators(storyline, sighting.rate.time(sighting.frames))]
    film_scale = max((measures.largest(person.track.opening) for person in people), default=1.0)
    faces = []
    for number, person in enumerate(people):
        others = [*told, *(voice for k, voice in enumerate(voices) if k != number and voice is not None)]
        face = _face(person, voices[number], others, film_scale)
        faces.append(replace(face, sharpness=_sharpness(person, sampled), brows_in_blinks=_brows(person, sampled)))
        if on_event is not None:
            on_event(Event("measuring", number + 1, len(people), person.name))
    return Measures(
        film=Path(path).name,
        width=sighting.width,
        height=sighting.height,
        fps=round(sighting.rate.fps, 3),
        seconds=sighting.rate.time(sighting.frames),
        faces=tuple(faces),
        background=sampled.background,
        lost=_lost(path, people, storyline),
        notes=_notes(people, storyline),
    )


def _face(person: CastMember, voice: VoiceCurves | None, others: list[VoiceCurves], film_scale: float) -> FaceMeasures:
    """The figures of one character; `others` are the voices of the other ones, `film_scale` the film's largest opening."""
    opening, rate = person.track.opening, person.track.rate.fps
    frames = len(opening)
    scale = measures.largest(opening) if voice is not None else film_scale  # a listener hardly opens its mouth
    silent = measures.quiet(voice.speech, frames, rate) if voice is not None else np.full(frames, person.known)
    around = np.zeros(frames, bool)
    for other in others:
        around |= ~measures.quiet(other.speech, frames, rate, _SPEECH_ROOM)
    speaking = None if voice is None else ~measures.quiet(voice.speech, frames, rate, _SPEECH_ROOM)
    quiet = silent & ~around & (np.arange(frames) >= _TAKEN_OVER * rate)
    spans = voice_curves.closures(person.voice) if voice is not None and person.voice is not None else ()
    at_rest = opening[quiet & np.isfinite(opening)]
    return FaceMeasures(
        name=person.name,
        seen=float(person.track.seen.mean()),
        largest=scale,
        rest=float(np.median(at_rest)) / scale if at_rest.size else None,
        lag=measures.lag(opening, voice.loudness, rate) if voice is not None else None,
        correlation=measures.correlation(opening, voice.loudness, rate) if voice is not None else None,
        correlation_in_speech=measures.correlation(opening, voice.loudness, rate, speaking) if voice is not None else None,
        closures=measures.closed(opening, spans, rate),
        closures_heard=len(spans),
        silence_motion=measures.motion(opening, quiet, scale) if voice is not None else None,
        listener_motion=measures.motion(opening, silent & around, scale),
        sharpness=None,
        blinks=measures.blinks(person.track.lids, rate),
        brows_in_blinks=None,
        head=_head(person),
        expression=measures.spread(person.track.brows),
    )


def _lost(path: str, people: tuple[CastMember, ...], storyline: Storyline | None) -> float | None:
    """The worst of `lost` over all shots, on frames spread over each; None where no picture is known."""
    known = {person.name: person for person in people if person.picture is not None}
    found = []
    for shot in storyline.shots if storyline is not None else ():
        cast = [known[name] for name in shot.cast if name in known]
        if cast and cast[0].picture is not None:
            faces = [person.face for person in cast if person.face is not None]
            times = np.linspace(shot.span.start, shot.span.end, _LOOKS + 1, endpoint=False)[
                1:
            ]  # the first frame may be the picture
            found.append(lost([frame_at(path, float(at)).pixels for at in times], cast[0].picture, faces))
    return max(found, default=None)


def _head(person: CastMember) -> tuple[float, float, float]:
    yaw, pitch, roll = (measures.spread(person.track.pose[:, axis]) for axis in range(3))
    return yaw, pitch, roll


def _sharpness(person: CastMember, sampled: FrameMeasures) -> float | None:
    """Median over the frames of the face's gradient against the picture's at the same size."""
    if person.picture is None or person.face is None:
        return None
    known: dict[int, float] = {}
    ratios = []
    scales = extent(person.track.mesh) / extent(person.face.mesh)
    for frame, value in sampled.gradients_of(person.track):
        step = round(float(np.log(scales[frame])) * 100)  # sizes within one percent share a reference
        if step not in known:
            known[step] = reference(person.picture, person.face, float(np.exp(step / 100)))
        ratios.append(value / max(known[step], 1e-6))
    return float(np.median(ratios)) if ratios else None


def _brows(person: CastMember, sampled: FrameMeasures) -> float | None:
    """The worse brow's share of its contrast in the worst of the blinks."""
    sides = sampled.brows_of(person.track)
    shares = [measures.kept_in_blinks(side, person.track.lids, person.track.rate.fps) for side in sides]
    return min((share for share in shares if share is not None), default=None)


def _notes(people: tuple[CastMember, ...], storyline: Storyline | None) -> tuple[str, ...]:
    notes = []
    if storyline is None:
        notes.append("No storyline lies beside the film: its sound was taken for the voice, and sharpness was not measured.")
    if any(not person.known for person in people):
        notes.append("Whose voice is heard is not known for every face, so those lips were not measured.")
    if storyline is not None and not on_screen(storyline.cast):
        notes.append("Nobody is seen in the film: a narrator's mouth is not looked for.")
    elif not people:
        notes.append("No face was found in the film.")
    return tuple(notes)
