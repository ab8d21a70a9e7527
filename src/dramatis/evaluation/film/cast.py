"""Assigns faces of a finished film, from left to right, to characters and voices, by the storyline beside the film.

Without a storyline the film's sound is the voice of its only face; with several faces the speaker is unknown.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dramatis.errors import BriefError, DramatisError
from dramatis.evaluation.film.tracking import FaceTrack, Sighting, seen_again
from dramatis.media.face import Face
from dramatis.media.faces.face_finding import find_faces
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import mix, read_sound
from dramatis.media.sounds.tracks import read_track
from dramatis.media.still import Still
from dramatis.story import Storyline
from dramatis.story.document import parse, storyline_from, storyline_located

_RATE = 16000
_STRAY = 0.3  # of the largest face: smaller ones are passers-by, or no faces


@dataclass(frozen=True, eq=False)
class CastMember:
    """One character of a film: its face, its own voice on the film's clock, and the picture and face it was filmed from.

    `voice` is None for one who never speaks; `known` is false where nobody can say whose voice is heard.
    """

    name: str
    track: FaceTrack
    voice: Waveform | None
    known: bool
    picture: Still | None = None
    face: Face | None = None


def storyline_of(film: str) -> Storyline | None:
    """The storyline beside a film, its files found; None if there is none. Raises `BriefError` if it is not valid."""
    path = Path(film).with_suffix(".storyline.json")
    if not path.is_file():
        return None
    try:
        return storyline_located(storyline_from(parse(path)), path)
    except BriefError as fault:
        raise BriefError(f"{path.name}, the plan beside the film, cannot be used: {fault}") from fault


def still_camera(storyline: Storyline | None) -> bool:
    """Whether no shot has a camera move."""
    if storyline is None:
        return True
    cues = [cue for shot in storyline.shots for cue in shot.direction.cues]
    return all(cue.kind != "camera" or cue.what == "static" for cue in cues)


def sound_of(film: str) -> Waveform | None:
    """The film's own sound, or None."""
    try:
        return read_track(film)
    except DramatisError:
        return None


def cast_of(sighting: Sighting, storyline: Storyline | None, sound: Waveform | None) -> tuple[CastMember, ...]:
    """The film's characters; all detected faces if there is no storyline."""
    if storyline is None:
        sizes = [_size(track) for track in sighting.faces]
        faces = [track for track, size in zip(sighting.faces, sizes, strict=True) if size > _STRAY * max(sizes)]
        alone = len(faces) == 1
        names = ["face"] if alone else [f"face {n + 1}" for n in range(len(faces))]
        pairs = zip(names, faces, strict=True)
        return tuple(CastMember(name, track, sound, alone and sound is not None) for name, track in pairs)
    seconds = sighting.rate.time(sighting.frames)
    people = []
    for number, character in enumerate(storyline.cast):
        if character.off_screen:
            continue
        track = _track(sighting, storyline, number)
        picture, face = _source(storyline, number)
        try:
            voice, known = _voice(storyline, character.name, seconds), True
        except DramatisError:
            only = len({line.who for line in storyline.lines}) == 1
            voice, known = (sound, sound is not None) if only else (None, False)
        people.append(CastMember(character.name, track, voice, known, picture, face))
    return tuple(person for person in people if person.track.seen.any())


def narrators(storyline: Storyline | None, seconds: float) -> tuple[Waveform, ...]:
    """The voices of those who are heard and not seen, while others listen; those whose sounds are gone are left out."""
    found = []
    for who in storyline.cast if storyline is not None else ():
        with suppress(DramatisError):
            voice = _voice(storyline, who.name, seconds) if storyline and who.off_screen else None
            found += [voice] if voice is not None else []
    return tuple(found)


def _voice(storyline: Storyline, who: str, seconds: float) -> Waveform | None:
    """All lines of one character on the film's clock, 16 kHz; None without any. Raises `VoiceError`."""
    lines = [line for line in storyline.lines if line.who == who]
    if not lines:
        return None
    mixed = mix([(read_sound(line.sound).part(line.part), line.start) for line in lines], seconds, _RATE)
    return Waveform(np.ascontiguousarray(mixed.mono[:, None]), _RATE)


def _track(sighting: Sighting, storyline: Storyline, number: int) -> FaceTrack:
    """One character's meshes over all shots that it is in."""
    name = storyline.cast[number].name
    mesh = np.full((sighting.frames, 478, 3), np.nan, np.float32)
    for shot in storyline.shots:
        if name in shot.cast:
            span = slice(sighting.rate.nearest(shot.span.start), sighting.rate.nearest(shot.span.end) + 1)
            chosen = _chosen(sighting, storyline, number, len(shot.cast))
            if chosen is None:
                place, faces = shot.cast.index(name), _largest(sighting, span, len(shot.cast))
                chosen = faces[place] if place < len(faces) else None
            if chosen is not None:
                mesh[span] = chosen.mesh[span]
    return FaceTrack(sighting.rate, mesh)


def _largest(sighting: Sighting, span: slice, people: int) -> list[FaceTrack]:
    """As many faces of a shot as it has people, the largest ones, from left to right."""
    shown = [FaceTrack(track.rate, track.mesh[span]) for track in sighting.faces]
    order = sorted(range(len(shown)), key=lambda n: _size(shown[n]), reverse=True)
    return [sighting.faces[n] for n in sorted(order[:people]) if _size(shown[n]) > 0]


def _size(track: FaceTrack) -> float:
    """Of a face as long as it is seen, in pixels; 0 if it never is."""
    return float(np.nanmedian(track.size)) if track.seen.any() else 0.0


def _chosen(sighting: Sighting, storyline: Storyline, number: int, people: int) -> FaceTrack | None:
    """The face that the brief points at, where the film shows more faces than the shot has people."""
    character = storyline.cast[number]
    if character.face is None or len(sighting.faces) <= people:
        return None
    still = _picture(character.portrait)
    if still is None:
        return None
    scale = max(sighting.width / still.width, sighting.height / still.height)
    point = np.array(_point(character.face)) - np.array([still.width, still.height]) / 2
    wanted = point * scale + np.array([sighting.width, sighting.height]) / 2
    return min(sighting.faces, key=lambda track: _far(track, wanted))


def _far(track: FaceTrack, wanted: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    seen = track.mesh[track.seen]
    return float(np.linalg.norm(seen[0, :, :2].mean(axis=0) - wanted)) if len(seen) else np.inf


def _point(face: tuple[float, ...]) -> tuple[float, float]:
    return (face[0], face[1]) if len(face) == 2 else ((face[0] + face[2]) / 2, (face[1] + face[3]) / 2)


def _picture(path: str) -> Still | None:
    try:
        return read_still(path)
    except DramatisError:
        return None


def _source(storyline: Storyline, number: int) -> tuple[Still | None, Face | None]:
    """The picture of one character and its face in it; None where the picture is gone."""
    character = storyline.cast[number]
    still = _picture(character.portrait)
    faces = find_faces(still) if still is not None else ()
    if still is None or not faces:
        return still, None
    if character.face is not None:
        point = np.array(_point(character.face))
        return still, seen_again(still, min(faces, key=lambda face: float(np.linalg.norm(face.mesh[:, :2].mean(axis=0) - point))))
    together = [n for n, other in enumerate(storyline.cast) if other.portrait == character.portrait]
    largest = sorted(sorted(faces, key=lambda face: -face.size)[: len(together)], key=lambda face: face.box[0] + face.box[2])
    return still, seen_again(still, largest[min(together.index(number), len(largest) - 1)])
