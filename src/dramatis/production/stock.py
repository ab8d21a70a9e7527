"""Loads what a storyline needs: pictures cropped to the canvas, faces, mattes, voices on the film's clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.errors import BriefError, FaceError
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import mix
from dramatis.production.assets import Assets
from dramatis.production.lines.voice_tracks import VoiceTrack, voice_tracks
from dramatis.production.pictures.backdrops import before
from dramatis.production.pictures.casting import LEAST_FACE, faces_of
from dramatis.production.pictures.framing import Framing, closer, framing
from dramatis.production.pictures.looks import seen
from dramatis.speech.spectrum import RATE
from dramatis.story import Canvas, Character, Shot, Storyline
from dramatis.take import Limits, Look, Role, View

SOUND_RATE = 48000
"""Sample rate in Hz of the film's sound."""
LOUDNESS_RATE = RATE
"""Values per second of a stock's loudness."""

_COVERS = {"mask": "a mask", "hand": "a hand", "object": "something in front of it"}
_SAME_RATE = 1e-3  # frames a second


@dataclass(frozen=True, eq=False)
class Stock:
    """All inputs of the takes.

    `looks` by (picture, name); `voices` by name, then by shot's span; `sound` the film's, 48 kHz stereo;
    `loudness` of the loudest voice, 0..1, `LOUDNESS_RATE` values per second; `words` say how people look, by name, for an engine
    that draws them; `closer` by picture and view, then by name: looks in crops of the picture, in which some faces may lie
    outside; `before` by shot's span and name: looks before another background.
    """

    looks: Mapping[tuple[str, str], Look]
    voices: Mapping[str, Mapping[Span, VoiceTrack]]
    sound: Waveform
    loudness: NDArray[np.float32]
    words: Mapping[str, str] = field(default_factory=dict)
    closer: Mapping[tuple[str, View], Mapping[str, Look]] = field(default_factory=dict)
    before: Mapping[Span, Mapping[str, Look]] = field(default_factory=dict)

    def roles(self, shot: Shot) -> tuple[Role, ...]:
        """The cast of a shot, left to right; without a voice a role listens, without a picture the engine generates it."""
        shown = self.before.get(shot.span) or self.closer.get((shot.picture, View(shot.framing, shot.focus)), {})
        return tuple(self._role(name, shot, shown) for name in shot.cast)

    def _role(self, name: str, shot: Shot, shown: Mapping[str, Look]) -> Role:
        look = shown.get(name) or self.looks.get((shot.picture, name))
        track = self.voices.get(name, {}).get(shot.span)
        words = self.words.get(name, "")
        return Role(name, look, words=words) if track is None else Role(name, look, track.sound, words, track.phones)

    @property
    def mouth_notes(self) -> tuple[str, ...]:
        """A note for each speaker whose mouth does not speak as a person's: covered in the picture, or an animal's."""
        shown = [*self.looks.items(), *(((at[0], name), look) for at, crop in self.closer.items() for name, look in crop.items())]
        notes = []
        for (picture, name), look in shown:
            if look.covered and name in self.voices:
                notes.append(
                    f'The mouth of "{name}" is hidden by {_COVERS[look.covered]} in {picture}: it stays shut, head and eyes act.'
                )
            elif look.animal and name in self.voices:
                notes.append(
                    f'"{name}" is filmed as an animal in {picture}: its jaw moves, and its mouth stays as open as it is there.'
                )
        return tuple(dict.fromkeys(notes))


def load_stock(storyline: Storyline, assets: Assets, limits: Limits) -> Stock:
    """Read all files of the storyline. Raises `DramatisError` for input that this engine cannot use."""
    looks, crops = _looks(storyline, assets, limits)
    voices = voice_tracks(storyline, assets, limits.hears_phones)
    sound = mix([(assets.sound(line.sound, line.part), line.start) for line in storyline.lines], storyline.seconds, SOUND_RATE)
    stock = Stock(looks, voices, sound, _loudness(storyline, assets), _words(storyline, limits), crops)
    return _on_backgrounds(stock, storyline, assets, limits)


def check_canvas(storyline: Storyline, assets: Assets, limits: Limits) -> None:
    """Refuse a canvas that the engine cannot film, or that the faces of a picture do not fit. Raises `DramatisError`."""
    _check(storyline, limits)
    for picture, names in _scenes(storyline).items() if limits.needs_face else ():
        found = faces_of(picture, [who for who in storyline.cast if who.name in names], assets)
        frame = framing(assets.picture(picture), storyline.canvas, tuple(found.values()), picture)
        for name, face in found.items():
            _check_face(frame.scale * (face.box[3] - face.box[1]), frame.scale, picture, name)


def framed(stock: Stock, storyline: Storyline, assets: Assets, limits: Limits) -> Stock:
    """The stock of the same film on another canvas, for another engine: no file is read again. Raises `DramatisError`."""
    looks, crops = _looks(storyline, assets, limits)
    bare = replace(stock, looks=looks, words=_words(storyline, limits), closer=crops, before={})
    return _on_backgrounds(bare, storyline, assets, limits)


def _on_backgrounds(stock: Stock, storyline: Storyline, assets: Assets, limits: Limits) -> Stock:
    """The stock with what is shown of shots that have another background. Raises `DramatisError`."""
    found: dict[Span, dict[str, Look]] = {}
    for shot in storyline.shots:
        if shot.background and limits.needs_face:
            looks = {role.name: role.look for role in stock.roles(shot) if role.look is not None}
            found[shot.span] = before(looks, shot.background, storyline.canvas, assets)
    return replace(stock, before=found)


def _looks(
    storyline: Storyline, assets: Assets, limits: Limits
) -> tuple[dict[tuple[str, str], Look], dict[tuple[str, View], dict[str, Look]]]:
    """Everybody by picture and name, as they lie on the storyline's canvas, and in the closer views that shots have."""
    _check(storyline, limits)
    looks: dict[tuple[str, str], Look] = {}
    crops: dict[tuple[str, View], dict[str, Look]] = {}
    for picture, names in _scenes(storyline).items():
        cast = [who for who in storyline.cast if who.name in names]
        views = {View(shot.framing, shot.focus) for shot in storyline.shots if shot.picture == picture}
        found = {view: _closer(picture, cast, view, storyline.canvas, assets) for view in views} if limits.needs_face else {}
        crops.update({(picture, view): crop for view, crop in found.items() if crop})
        if not all(found.values()) or not found:
            whole = looks_of(picture, cast, storyline.canvas, assets, limits)
            looks.update({(picture, name): look for name, look in whole.items()})
    return looks, crops


def _closer(picture: str, cast: Sequence[Character], view: View, canvas: Canvas, assets: Assets) -> dict[str, Look]:
    """Everybody in a closer view of a picture; nobody, if the picture does not allow it and is filmed as it is."""
    source, faces = assets.picture(picture), faces_of(picture, cast, assets)
    frame = closer(source, canvas, faces, view)
    return {} if frame is None else _seen(picture, faces, frame, canvas, assets)


def _words(storyline: Storyline, limits: Limits) -> dict[str, str]:
    """How everybody looks, for an engine that draws people from words."""
    return {} if limits.draws is None else {who.name: who.look for who in storyline.cast}


def _check(storyline: Storyline, limits: Limits) -> None:
    canvas, step = storyline.canvas, limits.size_step
    if canvas.width % step or canvas.height % step:
        raise BriefError(
            f'The engine "{limits.name}" films widths and heights that are multiples of {step}, '
            f"not {canvas.width}x{canvas.height}."
        )
    if canvas.width * canvas.height > limits.most_pixels:
        raise BriefError(
            f'The engine "{limits.name}" films at most {limits.most_pixels} pixels, {canvas.width}x{canvas.height} are more.'
        )
    if limits.only_fps and abs(canvas.rate.fps - limits.fps) > _SAME_RATE:
        raise BriefError(f'The engine "{limits.name}" films {limits.fps:g} frames a second, not {canvas.rate.fps:g}.')
    if canvas.alpha and not limits.alpha:
        raise BriefError(f'The engine "{limits.name}" films people with their background; use portrait or drawn to leave it out.')
    for number, shot in enumerate(storyline.shots, 1):
        if limits.needs_face and not shot.picture:
            raise BriefError(
                f'Shot {number} has no picture, which the engine "{limits.name}" needs; give one with --portrait, '
                "or film it with --engine drawn."
            )
        if len(shot.cast) > limits.most_cast:
            raise BriefError(
                f'Shot {number} has {len(shot.cast)} characters, but the engine "{limits.name}" films at most '
                f"{limits.most_cast} at once; give fewer voices, or each character a picture of its own."
            )


def _scenes(storyline: Storyline) -> dict[str, set[str]]:
    """Pictures, and the characters filmed from each."""
    scenes: dict[str, set[str]] = {}
    for shot in (shot for shot in storyline.shots if shot.picture):
        scenes.setdefault(shot.picture, set()).update(shot.cast)
    return scenes


def looks_of(picture: str, cast: Sequence[Character], canvas: Canvas, assets: Assets, limits: Limits) -> dict[str, Look]:
    """The look of each character of one picture, on the canvas. Raises `DramatisError`."""
    source = assets.picture(picture)
    if not limits.needs_face:
        still = framing(source, canvas, (), picture).still(source, canvas)
        return {who.name: Look(still) for who in cast}
    found = faces_of(picture, cast, assets)
    return _seen(picture, found, framing(source, canvas, tuple(found.values()), picture), canvas, assets)


def _seen(picture: str, found: Mapping[str, Face], frame: Framing, canvas: Canvas, assets: Assets) -> dict[str, Look]:
    """Looks in a crop; of those who lie outside it only the face, to know where they are."""
    still = frame.still(assets.picture(picture), canvas)
    everybody = {name: frame.face(face) for name, face in found.items()}
    faces = {name: face for name, face in everybody.items() if face.lies_in(still.width, still.height)}
    for name, face in faces.items():
        _check_face(face.box[3] - face.box[1], frame.scale, picture, name)
    name = digest_of("looks", code_digest(seen.__module__), still.digest, *(face.digest for face in faces.values()))
    found_there = assets.cache.get(name, partial(seen, still, tuple(faces.values())))
    looks = {
        name: Look(still, face, matte, cover.mouth, cover.front, animal)
        for (name, face), (matte, cover, animal) in zip(faces.items(), found_there, strict=True)
    }
    return {name: looks.get(name) or Look(still, face) for name, face in everybody.items()}


def _check_face(height: float, scale: float, picture: str, name: str) -> None:
    if height < LEAST_FACE:
        raise FaceError(
            f'The face of "{name}" in {picture} is {height:.0f} pixels high in the film, {LEAST_FACE} are needed; '
            "choose a larger --size, or a picture that is cut closer around the face."
        )
    if scale > 1 and height / scale < LEAST_FACE:
        raise FaceError(
            f'The face of "{name}" in {picture} is {height / scale:.0f} pixels high, {LEAST_FACE} are needed; '
            "give a picture of higher resolution."
        )


def _loudness(storyline: Storyline, assets: Assets) -> NDArray[np.float32]:
    """Loudness of the loudest voice, 100 values per second."""
    loudest = np.zeros(max(1, round(storyline.seconds * LOUDNESS_RATE)), np.float32)
    for line in storyline.lines:
        place = loudest[round(line.start * LOUDNESS_RATE) :]
        heard = assets.analysis(line.sound, line.part).loudness[: len(place)]
        place[: len(heard)] = np.maximum(place[: len(heard)], heard)
    return loudest
