"""Moving objects, by the laws of motion in closed form: any time can be drawn without earlier ones.

Lengths are units of the picture, gravity is chosen so that a fall of the picture's height takes about two thirds of a second.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import skia

from dramatis.stage.paint import smooth
from dramatis.stage.places.brush import tint
from dramatis.stage.play.script import Place

GRAVITY = 4.2
"""Units per square second."""
BOUNCE = 0.80
"""The share of its speed that a ball keeps when it bounces."""
GROUND = 0.44
"""Where the ground is, down from the picture's middle."""
GROUNDED = frozenset({"bouncing ball", "toppling stack"})
"""What happens on the ground."""
_AGAIN = 9.0  # s after which another ball comes
_RADIUS = 0.075
_THROWN, _IN_SIGHT = 0.62, 1.2  # units: how high a ball comes in; beside the picture's middle
_BLOCK, _BLOCKS = 0.13, 5
_PUSHED = 0.35  # of the film's length: when the stack is pushed


def draw_happening(canvas: skia.Canvas, place: Place, time: float, seconds: float) -> None:
    """What happens at an instant of a film of this length; drawn at the people's depth, in units from the picture's middle."""
    if place.happening == "bouncing ball":
        _draw_ball(canvas, place.seed, time % _AGAIN)
    elif place.happening == "falling leaves":
        _draw_leaves(canvas, place.seed, time)
    elif place.happening == "toppling stack":
        _draw_stack(canvas, place.seed, time - _PUSHED * seconds)


def ball_at(seed: int, time: float) -> tuple[float, float]:
    """The ball's middle: thrown in from one side, it falls and bounces lower and lower."""
    way, speed = (1 if seed % 2 else -1), 0.55 + 0.05 * (seed % 5)
    height = _THROWN
    x = -way * 0.95 + way * speed * time
    fall = math.sqrt(2 * height / GRAVITY)
    if time < fall:
        return x, GROUND - _RADIUS - height + GRAVITY * time * time / 2
    lift, start = BOUNCE * GRAVITY * fall, fall
    while lift > 0.15 and time >= start + 2 * lift / GRAVITY:
        start += 2 * lift / GRAVITY
        lift *= BOUNCE
    since = min(time - start, 2 * lift / GRAVITY)
    return x, GROUND - _RADIUS - max(0.0, lift * since - GRAVITY * since * since / 2)


def ball_bounces(seed: int) -> tuple[tuple[float, float], ...]:
    """When the ball hits the ground while it is in sight (seconds), and how fast it then is (units a second)."""
    fall = math.sqrt(2 * _THROWN / GRAVITY)
    found, at, speed = list[tuple[float, float]](), fall, GRAVITY * fall
    while speed * BOUNCE > 0.15 and abs(ball_at(seed, at)[0]) < _IN_SIGHT:
        found.append((at, speed))
        speed *= BOUNCE
        at += 2 * speed / GRAVITY
    return tuple(found)


def block_falls(seconds: float) -> tuple[float, ...]:
    """When the blocks of a stack hit the ground, in a film of this length."""
    return tuple(_PUSHED * seconds + math.sqrt(2 * _BLOCK * number / GRAVITY) for number in range(1, _BLOCKS))


def _draw_ball(canvas: skia.Canvas, seed: int, time: float) -> None:
    x, y = ball_at(seed, time)
    hue = 40 * (seed % 9)
    shadow = 0.5 + 0.5 * (GROUND - y - _RADIUS)
    canvas.drawOval(_rect(x, GROUND, _RADIUS * shadow * 2, 0.014), skia.Paint(AntiAlias=True, Color=0x50201828))
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(math.degrees(x / _RADIUS))
    canvas.drawCircle(0, 0, _RADIUS, skia.Paint(AntiAlias=True, Color=0xFF000000 | tint(0.70, 0.17, hue)))
    stripe = smooth(
        [
            (-_RADIUS * 0.9, -0.012),
            (0, -0.030),
            (_RADIUS * 0.9, -0.012),
            (_RADIUS * 0.9, 0.014),
            (0, 0.0),
            (-_RADIUS * 0.9, 0.014),
        ]
    )
    canvas.drawPath(stripe, skia.Paint(AntiAlias=True, Color=0xFFFFFFFF))
    canvas.restore()


@lru_cache(maxsize=8)
def _leaves(seed: int) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in row) for row in np.random.default_rng([seed, 31]).uniform(size=(26, 5)))


def _draw_leaves(canvas: skia.Canvas, seed: int, time: float) -> None:
    leaf = smooth([(-0.045, 0.0), (0.0, -0.022), (0.045, 0.0), (0.0, 0.022)])
    for x, y, slow, phase, colour in _leaves(seed):
        swing = 2 * math.pi * (0.55 * time + phase)
        down = (y * 1.3 + time * (0.16 + 0.12 * slow)) % 1.3 - 0.65
        canvas.save()
        canvas.translate((x - 0.5) * 2.6 + 0.09 * math.sin(swing), down + 0.03 * math.cos(2 * swing))
        canvas.rotate(360 * phase + 55 * math.sin(swing))
        canvas.drawPath(leaf, skia.Paint(AntiAlias=True, Color=0xFF000000 | tint(0.66 + 0.1 * slow, 0.14, 35 + 65 * colour)))
        canvas.restore()


@dataclass(frozen=True)
class Brick:
    """A block's middle, and how far it has turned (degrees, clockwise)."""

    x: float
    y: float
    turn: float


def stack_at(seed: int, since: float) -> tuple[Brick, ...]:
    """The stack's blocks from the lowest up, so long after the push (before it: upright)."""
    way = 1 if seed % 2 else -1
    foot = -way * 0.46
    return tuple(_block(foot, way, k, since) for k in range(_BLOCKS))


def _block(foot: float, way: int, number: int, since: float) -> Brick:
    """Higher blocks are pushed faster; each flies, falls, and slides to rest on one of its sides."""
    height = GROUND - _BLOCK * (number + 0.5)
    if since <= 0 or number == 0:
        return Brick(foot, height, 0.0)
    speed = 0.16 * number
    fall = math.sqrt(2 * (GROUND - _BLOCK / 2 - height) / GRAVITY)
    if since < fall:
        return Brick(foot + way * speed * since, height + GRAVITY * since * since / 2, way * 90 * number * since / (fall * 2))
    slid = 0.35 * speed * (1 - math.exp(-(since - fall) / 0.2))
    settled = 1 - math.exp(-(since - fall) / 0.08)
    flat = 90 * round(number / 2 + 0.1)
    return Brick(foot + way * (speed * fall + slid), GROUND - _BLOCK / 2, way * (45 * number + (flat - 45 * number) * settled))


def _draw_stack(canvas: skia.Canvas, seed: int, since: float) -> None:
    for number, block in enumerate(stack_at(seed, since)):
        canvas.save()
        canvas.translate(block.x, block.y)
        canvas.rotate(block.turn)
        colour = 0xFF000000 | tint(0.74, 0.12, 72 * number + 30 * (seed % 7))
        canvas.drawRoundRect(_rect(0, 0, _BLOCK * 0.97, _BLOCK * 0.97), 0.015, 0.015, skia.Paint(AntiAlias=True, Color=colour))
        canvas.drawCircle(0, 0, 0.03, skia.Paint(AntiAlias=True, Color=0xB0FFFFFF))
        canvas.restore()


def _rect(x: float, y: float, width: float, height: float) -> skia.Rect:
    return skia.Rect.MakeLTRB(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
