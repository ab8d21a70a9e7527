"""Assigns the faces of a picture to characters."""

from collections.abc import Sequence
from dataclasses import replace

from dramatis.errors import BriefError, FaceError
from dramatis.media.face import Box, Face
from dramatis.production.assets import Assets
from dramatis.story import Brief, Canvas, Character, on_screen
from dramatis.story.job_files import JobFile, best_reading, brief_with_boxes
from dramatis.take import Limits

LISTENER = "listener"
"""What the names of people begin with who are in a picture and were not cast."""
LEAST_FACE = 40
"""Minimum height of a face on the canvas, in pixels."""

_PROMINENT = 0.3  # of the largest face's size


def faces_of(picture: str, characters: Sequence[Character], assets: Assets) -> dict[str, Face]:
    """The face of each character, in pixels of the picture as the assets gives it, by name.

    Characters with a point or a box come first; the others take the remaining faces from left to right. Raises `FaceError` if
    there is no face, and `BriefError` if there are more characters than faces.
    """
    found = list(assets.faces(picture))
    chosen: dict[str, Face] = {}
    scale = assets.reduced(picture) if any(who.face for who in characters) else 1.0
    for who in characters:
        if who.face is not None:
            chosen[who.name] = _pointed(who, tuple(scale * value for value in who.face), found, assets)
    rest = [who for who in characters if who.face is None]
    found = _prominent(found, assets.faces(picture))
    if len(rest) > len(found):
        raise _too_few(picture, characters, assets.faces(picture))
    chosen.update({who.name: face for who, face in zip(rest, _largest(found, len(rest)), strict=True)})
    still = assets.picture(picture)
    for name, face in chosen.items():
        if face.upside_down:
            raise FaceError(f'The face of "{name}" in {picture} is upside down; turn the picture by half and try again.')
        if not face.lies_in(still.width, still.height):
            raise FaceError(
                f'The mouth of "{name}" lies outside {picture}, which cuts the face off; give one with the whole face.'
            )
    return chosen


def bystanders(picture: str, characters: Sequence[Character], assets: Assets) -> tuple[Face, ...]:
    """The prominent upright faces of a picture that are not assigned, left to right."""
    taken = [id(face) for face in faces_of(picture, characters, assets).values()]
    prominent = _prominent(assets.faces(picture), assets.faces(picture))
    return tuple(face for face in prominent if id(face) not in taken and not face.upside_down)


def with_listeners(cast: tuple[Character, ...], assets: Assets, canvas: Canvas, limits: Limits) -> tuple[Character, ...]:
    """The cast, and all other clearly visible people, as listeners."""
    if not limits.needs_face:
        return cast
    added: list[Character] = []
    for picture in dict.fromkeys(who.portrait for who in on_screen(cast)):
        here = [who for who in on_screen(cast) if who.portrait == picture]
        still, scale = assets.picture(picture), assets.reduced(picture)
        zoom = max(canvas.width / still.width, canvas.height / still.height)
        for face in bystanders(picture, here, assets)[: max(0, limits.most_cast - len(here))]:
            if (face.box[3] - face.box[1]) * min(1.0, zoom) >= LEAST_FACE:
                x, y = (round(value / scale, 1) for value in centre(face))
                added.append(Character(f"{LISTENER}{len(added) + 1}", picture, face=(x, y)))
    taken = {who.name for who in cast}
    fresh = tuple(replace(who, name=f"{who.name}_") if who.name in taken else who for who in added)
    return (*cast, *fresh)


def in_sight(cast: Sequence[Character], assets: Assets) -> list[tuple[Character, Face]]:
    """All characters with a picture and their faces, by picture and from left to right."""
    found: list[tuple[Character, Face]] = []
    for picture in dict.fromkeys(who.portrait for who in cast if who.portrait):
        here = {who.name: who for who in cast if who.portrait == picture}
        faces = faces_of(picture, tuple(here.values()), assets)
        found += [(here[name], face) for name, face in sorted(faces.items(), key=lambda entry: centre(entry[1])[0])]
    return found


def brief_of(job: JobFile, assets: Assets) -> tuple[Brief, str]:
    """The brief of a job file with the reading of its boxes that fits the picture, and a note about it (empty without boxes)."""
    if not job.boxes:
        return job.brief, ""
    picture = job.brief.cast[0].portrait
    still, scale = assets.picture(picture), assets.reduced(picture)

    def score(box: Box) -> float:
        scaled = tuple(scale * value for value in box)
        frame = (0.0, 0.0, float(still.width), float(still.height))
        inside = max((_inside(face.box, scaled) for face in assets.faces(picture)), default=0.0)
        return inside + 0.5 * _inside(scaled, frame)

    reading = best_reading(job, score)
    order = "[y0, x0, y1, x1]" if reading == "y first" else "[x0, y0, x1, y1]"
    return brief_with_boxes(job, reading), f"The boxes of the job file were read as {order}: that fits the faces in {picture}."


def centre(face: Face) -> tuple[float, float]:
    """The middle of a face's box."""
    x0, y0, x1, y1 = face.box
    return (x0 + x1) / 2, (y0 + y1) / 2


def _prominent(faces: Sequence[Face], everybody: Sequence[Face]) -> list[Face]:
    """Faces that are not in the far background (and no patterns mistaken for a face)."""
    largest = max((face.size for face in everybody), default=0.0)
    return [face for face in faces if face.size >= _PROMINENT * largest]


def _largest(found: list[Face], count: int) -> list[Face]:
    """The largest faces, as many as needed, left to right, so that people in the background are not cast by accident."""
    largest = sorted(found, key=lambda face: -face.size)[:count]
    return [face for face in found if any(face is one for one in largest)]


def _pointed(who: Character, place: tuple[float, ...], found: list[Face], assets: Assets) -> Face:
    """The face that a character's point or box means; it is taken out of `found`."""
    inside = [face for face in found if _meant(face, place)]
    if len(place) == 2:
        x, y = place
        inside = sorted(inside or found, key=lambda face: (centre(face)[0] - x) ** 2 + (centre(face)[1] - y) ** 2)
    else:  # a user who draws a box has seen that the face is upright
        inside = sorted((face for face in inside if not face.upside_down), key=lambda face: -face.size)
    if inside:
        found[:] = [face for face in found if face is not inside[0]]
        return inside[0]
    face = _looked_closer(who.portrait, place, assets)
    if face is None:
        shown = ", ".join(f"{value:g}" for value in who.face or ())
        raise FaceError(
            f'No face was found at [{shown}] in {who.portrait} for "{who.name}"; point at a face, or give a box around it.'
        )
    return face


def _looked_closer(picture: str, place: tuple[float, ...], assets: Assets) -> Face | None:
    from dramatis.media.faces.face_finding import face_in_box

    if len(place) != 4:
        return None
    still = assets.picture(picture)
    x0, y0, x1, y1 = max(0.0, place[0]), max(0.0, place[1]), min(place[2], still.width), min(place[3], still.height)
    return face_in_box(still, (x0, y0, x1, y1)) if x1 > x0 and y1 > y0 else None


def _meant(face: Face, place: tuple[float, ...]) -> bool:
    if len(place) == 2:
        return _holds(face.box, place[0], place[1])
    x0, y0, x1, y1 = place
    return _holds((x0, y0, x1, y1), *centre(face))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(inner: Box | tuple[float, ...], outer: Box | tuple[float, ...]) -> float:
    """The part of `inner` that lies in `outer`, 0 to 1."""
    width = min(inner[2], outer[2]) - max(inner[0], outer[0])
    height = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return width * height / area if width > 0 and height > 0 and area > 0 else 0.0


def _too_few(picture: str, characters: Sequence[Character], faces: Sequence[Face]) -> BriefError | FaceError:
    if not faces:
        return FaceError(
            f"No face was found in {picture}; give a picture in which a face is larger and seen from the front or side, "
            'or say where it is with a box in a brief ("face": [x0, y0, x1, y1]).'
        )
    count = len(_prominent(faces, faces))
    shown = "one face" if count == 1 else f"{count} faces"
    small = f" (and {len(faces) - count} far smaller, which can be pointed at with PICTURE@X,Y)" if count < len(faces) else ""
    return BriefError(
        f"{picture} shows {shown}{small}, but {len(characters)} characters are cast from it; give fewer voices or more portraits."
    )
