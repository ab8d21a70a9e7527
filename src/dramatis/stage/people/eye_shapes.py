"""Eyes and brows, and the geometry that their close-up shares."""

from dataclasses import dataclass

from dramatis.stage.paint import HAIR_PAINTS, INK, WHITE, Colour, Pen, Point, Tone, mix, oval, smooth
from dramatis.stage.people.head import Head, varied

EYE_X, EYE_Y = 0.178, 0.035
IRISES: tuple[Colour, ...] = (0x4A2E1C, 0x2F6FA8, 0x3D7A4C, 0x6B4A22)


@dataclass(frozen=True)
class EyeShape:
    """One eye on its head; `side` -1 is the picture's left."""

    head: Head
    side: int
    size: float
    half: float
    """Half its width in face coordinates."""
    up: float
    """How far the upper lid is up from the eye's middle; `down` is the lower one."""
    down: float

    def at(self, u: float, v: float) -> Point:
        """A spot beside the eye's middle, `u` outwards and `v` down."""
        return self.head.at(self.side * (EYE_X + u), EYE_Y + v)

    @property
    def top(self) -> list[Point]:
        """The upper lid's edge from the inner to the outer corner."""
        half, up = self.half, self.up
        return [self.at(u, v) for u, v in ((-half, 0.012), (-half * 0.62, -up * 0.72), (0.0, -up), (half * 0.66, -up * 0.74))] + [
            self.at(half, -0.008)
        ]

    @property
    def low(self) -> list[Point]:
        """The lower lid's edge from the outer to the inner side."""
        half, down = self.half, self.down
        return [self.at(half * 0.6, down * 0.78), self.at(0.0, down), self.at(-half * 0.6, down * 0.8)]

    @property
    def look(self) -> Point:
        """The middle of the iris."""
        gaze = self.head.pose.gaze
        return self.head.at(self.side * EYE_X + 0.040 * gaze[0], EYE_Y - 0.016 + 0.034 * gaze[1])

    @property
    def squeeze(self) -> float:
        """How narrow a turned head makes circles on it."""
        x = self.side * EYE_X
        return max(0.55, abs(self.head.at(x + 0.05, EYE_Y)[0] - self.head.at(x - 0.05, EYE_Y)[0]) / 0.1)

    @property
    def colour(self) -> Colour:
        """Of the iris."""
        return IRISES[int(abs(varied(self.head.person.identity, 3)) * 3.99)]


def eye_of(head: Head, side: int) -> EyeShape:
    """An eye with its lids in this pose."""
    pose, size = head.pose, 1 + 0.07 * varied(head.person.identity, 2) + (0.06 if head.female else 0.0)
    if not head.grown:
        size *= 1.12
    up, down = 0.098 * size * min(pose.lids, 1.5), 0.062 * size * (1 - 0.55 * pose.squint)
    return EyeShape(head, side, size, 0.100 * size, up, min(down, 0.022 + up))


def eye_at(head: Head, side: int) -> Point:
    """The middle of an eye."""
    return head.at(side * EYE_X, EYE_Y)


def draw_eye(pen: Pen, eye: EyeShape, tones: Tone) -> None:
    """Ball, iris, lashes and the lower lid's edge."""
    top, low, look, size = eye.top, eye.low, eye.look, eye.size
    ball = smooth([*top, *low])
    pen.area(ball, 0xFDFBF7)
    pen.canvas.save()
    pen.canvas.clipPath(ball, True)
    pen.area(oval(look, 0.066 * eye.squeeze * size, 0.069 * size), eye.colour)
    pen.area(oval(look, 0.036 * eye.squeeze * size, 0.038 * size), 0x14101A)
    pen.dot((look[0] - 0.024, look[1] - 0.028), 0.021 * size, WHITE)
    pen.canvas.restore()
    pen.line(smooth(top, closed=False), mix(INK, tones.shade, 0.1), 0.030 if eye.head.female else 0.024)
    if eye.head.female:
        tip = eye.at(eye.half + 0.026, -0.034 * min(1, eye.head.pose.lids + 0.3))
        pen.line(smooth([top[-1], tip], closed=False), INK, 0.020)
    pen.line(smooth(low, closed=False), tones.shade, 0.012, 0.7)


def brow_spots(head: Head, side: int) -> tuple[tuple[float, float], ...]:
    """Inner end, middle and outer end of a brow in face coordinates, for the picture's right side."""
    inner, outer = head.pose.brows
    lift, y = side * head.pose.one_brow, -0.138
    ends = (-0.095 * inner - 0.05 * lift, -0.082 * outer - 0.08 * lift)
    middle = (ends[0] + ends[1]) / 2 - 0.022
    return (0.078, y + 0.002 + ends[0]), (0.165, y - 0.004 + middle), (0.265, y + 0.022 + ends[1])


def brow_colour(head: Head) -> Colour:
    """Darker than the hair."""
    colour = HAIR_PAINTS[head.person.hair_colour]
    return mix(colour, INK, 0.60 if colour != HAIR_PAINTS["black"] else 0.0)


def draw_brow(pen: Pen, head: Head, side: int) -> None:
    """A brow, thickest in its middle."""
    spots, thick = brow_spots(head, side), 0.044 if head.female else 0.056
    upper = [head.at(side * u, v - thick / 2) for u, v in spots]
    lower = [head.at(side * u, v + thick / 2) for u, v in (spots[1], spots[0])]
    pen.area(smooth([*upper, *lower], round_=0.9), brow_colour(head))
