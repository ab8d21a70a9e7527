"""The visual expert: positions and expressions of people in a picture, and what the picture allows.

Everything is read from the face mesh (478 points, MediaPipe's order) and from the pixels. A face is turned back to the front by
its own axes before its expression is read, and compared with what is usual for people at rest; a picture says little about a
feeling, so such claims are held less surely than what is heard.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dramatis.director.claims import Material, PersonReport, PictureInput, PictureReport, VisualReport
from dramatis.media.face import Face, framing_of
from dramatis.media.still import Still
from dramatis.story import Claim

Points = NDArray[np.float64]
MouthState = Literal["closed", "open", "teeth"]

_EYE_CORNERS, _FOREHEAD, _CHIN = (33, 263), 10, 152
_LIPS, _MOUTH_CORNERS = (13, 14), (61, 291)
_LIDS = ((159, 145, 33, 133), (386, 374, 362, 263))
_BROWS = ((105, 33), (334, 263))
_INNER_BROWS = (55, 285)
_COLOURS = {
    "black": (25, 25, 25), "grey": (128, 128, 128), "white": (240, 240, 240), "red": (190, 40, 40), "orange": (225, 135, 50),
    "yellow": (230, 205, 70), "green": (70, 140, 70), "cyan": (80, 180, 190), "blue": (55, 90, 180), "purple": (120, 70, 150),
    "pink": (225, 150, 175), "brown": (115, 75, 45), "beige": (215, 190, 160),
}  # fmt: skip
_MANY = 8  # colours that a picture is reduced to


def see(material: Material) -> VisualReport:
    """The report on every picture of the material."""
    scenes = tuple(_scene(pictured) for pictured in material.pictures)
    claims = [claim for scene in scenes for claim in _claims(scene)]
    return VisualReport(scenes, tuple(claims))


def _scene(pictured: PictureInput) -> PictureReport:
    still, faces = pictured.still, pictured.faces
    seen = [_seen(who, face, still, [other for _, other in faces if other is not face]) for who, face in faces]
    likely = [person.speaking for person in seen]
    people = tuple(replace(person, speaking=round(share / sum(likely), 2)) for person, share in zip(seen, likely, strict=True))
    sharp = _sharpness(still, tuple(face for _, face in faces))
    return PictureReport(pictured.picture, people, _light(still), _palette(still), sharp)


def _claims(scene: PictureReport) -> list[Claim]:
    claims = []
    for person in scene.people:
        share = person.box[3] - person.box[1]
        evidence = f"the face takes {share:.0%} of the picture's height"
        claims.append(Claim("visual", 1, "framing", person.framing, person.who, confidence=0.8, evidence=evidence))
        if person.expression != "calm" and person.strength >= 0.35:
            evidence = f"{person.who} looks so in the picture"
            strength = round(person.strength * 0.7, 2)
            claims.append(Claim("visual", 1, "emotion", person.expression, person.who, None, strength, 0.35, evidence))
    if scene.light or scene.palette:
        words = f"{scene.light} light; {', '.join(scene.palette)}".strip("; ")
        claims.append(
            Claim("visual", 1, "setting", words, confidence=0.5, evidence=f"brightness and colours of {Path(scene.picture).name}")
        )
    return claims


def _seen(who: str, face: Face, still: Still, others: list[Face]) -> PersonReport:
    x0, y0, x1, y1 = face.box
    wide, high = float(still.width), float(still.height)
    share = (y1 - y0) / high
    axes = _axes(face)
    yaw, pitch, roll = _angles(axes)
    expression, strength, mouth = _expression(face, axes)
    tall = max(y1 - y0, 1.0)
    bounds = (
        max([0.0, *(other.box[2] for other in others if other.box[2] <= x0)]),
        min([wide, *(other.box[0] for other in others if other.box[0] >= x1)]),
    )
    room = ((x0 - bounds[0]) / tall, (bounds[1] - x1) / tall, y0 / tall, (high - y1) / tall)
    central = 1.0 - abs((x0 + x1) / wide - 1.0)
    return PersonReport(
        who=who,
        box=(round(x0 / wide, 3), round(y0 / high, 3), round(x1 / wide, 3), round(y1 / high, 3)),
        framing=framing_of(share),
        yaw=round(yaw, 3),
        pitch=round(pitch, 3),
        roll=round(roll, 3),
        expression=expression,
        strength=round(strength, 2),
        mouth=mouth,
        room=(round(room[0], 2), round(room[1], 2), round(room[2], 2), round(room[3], 2)),
        hands=(high - y1) / tall > 1.6,
        speaking=round(0.2 + share + 0.3 * central + 0.4 * (mouth != "closed") + 0.3 * float(np.cos(yaw)), 3),
    )


def _axes(face: Face) -> NDArray[np.float64]:
    """The head's own axes (rows: right, down, towards the viewer) in the picture's."""
    mesh = face.mesh.astype(np.float64)
    right = mesh[_EYE_CORNERS[1]] - mesh[_EYE_CORNERS[0]]
    right /= max(float(np.linalg.norm(right)), 1e-9)
    down = mesh[_CHIN] - mesh[_FOREHEAD]
    down -= right * float(down @ right)
    down /= max(float(np.linalg.norm(down)), 1e-9)
    return np.stack([right, down, np.cross(down, right)])


def _angles(axes: NDArray[np.float64]) -> tuple[float, float, float]:
    """Yaw (to the picture's right), pitch (down), roll (clockwise), in radians."""
    right, down, _ = axes
    yaw = float(np.arctan2(right[2], np.hypot(right[0], right[1])))
    pitch = float(np.arctan2(down[2], np.hypot(down[0], down[1])))
    return yaw, pitch, float(np.arctan2(right[1], right[0]))


@dataclass(frozen=True)
class Posture:
    """How a face is held: yaw, pitch and roll in radians; how far the less open eye and the mouth are open, in distances
    between the outer corners of the eyes.
    """

    yaw: float
    pitch: float
    roll: float
    eyes: float
    mouth: float


def posture(face: Face) -> Posture:
    """Head angles, and the openings of eyes and mouth, measured with the face rotated to the front."""
    axes = _axes(face)
    points = face.mesh.astype(np.float64) @ axes.T
    unit = max(float(points[_EYE_CORNERS[1], 0] - points[_EYE_CORNERS[0], 0]), 1e-6)
    eyes = min(float(points[low, 1] - points[up, 1]) / unit for up, low, _, _ in _LIDS)
    return Posture(*_angles(axes), eyes, float(points[_LIPS[1], 1] - points[_LIPS[0], 1]) / unit)


def _expression(face: Face, axes: NDArray[np.float64]) -> tuple[str, float, MouthState]:
    """The emotion of a face, its strength (0..1), and its mouth."""
    points = face.mesh.astype(np.float64) @ axes.T
    unit = max(float(points[_EYE_CORNERS[1], 0] - points[_EYE_CORNERS[0], 0]), 1e-6)
    gap = float(points[_LIPS[1], 1] - points[_LIPS[0], 1]) / unit
    corners, middle = points[list(_MOUTH_CORNERS), 1].mean(), points[list(_LIPS), 1].mean()
    lift = float(middle - corners) / unit
    eyes = float(np.mean([(points[low, 1] - points[up, 1]) / unit for up, low, _, _ in _LIDS]))
    brows = float(np.mean([(points[eye, 1] - points[brow, 1]) / unit for brow, eye in _BROWS]))
    frown = float(points[_INNER_BROWS[1], 0] - points[_INNER_BROWS[0], 0]) / unit
    shown = {
        "excitement": 6.0 * (lift - 0.045),
        "sadness": 7.0 * (-lift - 0.03),
        "surprise": min(8.0 * (brows - 0.36), 12.0 * (eyes - 0.125)) + 2.0 * max(0.0, gap - 0.12),
        "anger": 8.0 * (0.22 - frown) + 5.0 * (0.24 - brows),
    }
    what = max(shown, key=lambda name: shown[name])
    strength = float(np.clip(shown[what], 0.0, 1.0))
    mouth: MouthState = "closed" if gap < 0.03 else "teeth" if gap < 0.14 else "open"
    return (what, strength, mouth) if strength > 0.2 else ("calm", 1.0 - strength, mouth)


def _light(still: Still) -> str:
    """The light in words: brightness, contrast, warmth."""
    small = still.pixels[:: max(1, still.height // 90), :: max(1, still.width // 90)].astype(np.float64)
    grey = small @ np.array([0.2126, 0.7152, 0.0722])
    bright, hard = float(grey.mean()), float(grey.std())
    warm = float(small[..., 0].mean() - small[..., 2].mean())
    words = ["dark" if bright < 70 else "bright" if bright > 165 else "even"]
    words += ["hard"] if hard > 75 else ["soft"] if hard < 40 else []
    words += ["warm"] if warm > 18 else ["cool"] if warm < -12 else []
    return " ".join(words)


def _palette(still: Still) -> tuple[str, ...]:
    """The names of the three colours that cover most of the picture."""
    from PIL import Image

    picture = Image.fromarray(still.pixels).resize((64, 64)).quantize(_MANY)
    table = np.array(picture.getpalette() or [0, 0, 0]).reshape(-1, 3)
    counts = np.bincount(np.asarray(picture).ravel(), minlength=len(table))
    covered: dict[str, int] = {}
    for colour, count in zip(table, counts, strict=False):
        name = min(_COLOURS, key=lambda known: float(((colour - np.array(_COLOURS[known])) ** 2).sum()))
        covered[name] = covered.get(name, 0) + int(count)
    return tuple(sorted(covered, key=lambda name: -covered[name])[:3])


def _sharpness(still: Still, faces: tuple[Face, ...]) -> float:
    """0 (blurred) .. 1: the finest octave's share of what the next one holds, on the faces (else everywhere)."""
    parts = [_grey(still, face.box) for face in faces] or [_grey(still, (0.0, 0.0, still.width, still.height))]
    ratios = []
    for grey in parts:
        if min(grey.shape) < 16:
            continue
        half = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2].reshape(grey.shape[0] // 2, 2, -1, 2).mean((1, 3))
        fine, coarse = (float(np.abs(np.diff(level, axis=1)).mean()) for level in (grey, half))
        ratios.append(fine / max(coarse, 1e-6))
    return round(float(np.clip((np.median(ratios) - 0.45) / 0.35, 0, 1)), 2) if ratios else 0.0


def _grey(still: Still, box: tuple[float, float, float, float]) -> Points:
    x0, y0, x1, y1 = (max(0, round(value)) for value in box)
    return still.pixels[y0:y1, x0:x1].astype(np.float64).mean(axis=2)
