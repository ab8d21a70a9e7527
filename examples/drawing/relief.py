"""Skin and cloth as reliefs: a height for every pixel, lit by a warm key, a soft sky and a cool rim.

Red light travels farther in skin than blue, so each channel sees a differently softened relief and wraps differently
around the terminator; that is what makes it look like skin and not like clay.
"""

from dataclasses import dataclass

import numpy as np

from drawing.paper import Array, Colour, Frame


@dataclass(frozen=True)
class Light:
    """The lights of a set: directions point towards the light (x right, y down, z to the viewer), colours are linear."""

    key: Colour = (-0.52, -0.5, 0.69)
    key_colour: Colour = (1.52, 1.3, 1.06)
    sky: Colour = (0.27, 0.27, 0.33)
    ground: Colour = (0.23, 0.15, 0.12)
    rim: Colour = (0.86, -0.38, -0.33)
    rim_colour: Colour = (0.95, 1.05, 1.35)


@dataclass(frozen=True)
class Surface:
    """How a relief takes light: softening of the relief per channel (face units), wrap per channel, gloss, how much of
    each channel hollows swallow, and how deep cast shadows are."""

    soft: Colour = (0.035, 0.016, 0.008)
    wrap: Colour = (0.42, 0.24, 0.18)
    gloss: float = 0.16
    sharpness: float = 22.0
    rim: float = 0.55
    hollow: Colour = (0.75, 0.75, 0.75)
    shade: float = 1.0


SKIN = Surface()
CLOTH = Surface(soft=(0.004, 0.004, 0.004), wrap=(0.3, 0.3, 0.3), gloss=0.02, sharpness=6.0, rim=0.3)


def bump(x: Array, y: Array, at: tuple[float, float], size: tuple[float, float], turn: float = 0.0) -> Array:
    """A Gaussian hill of height 1."""
    cos, sin = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    dx, dy = x - at[0], y - at[1]
    return np.exp(-(((cos * dx + sin * dy) / size[0]) ** 2) - ((cos * dy - sin * dx) / size[1]) ** 2)


def normals(height: Array, frame: Frame) -> tuple[Array, Array, Array]:
    """Unit normals of a relief, in the picture's axes."""
    down, across = np.gradient(height * frame.unit)
    length = np.sqrt(1 + down**2 + across**2)
    return -across / length, -down / length, 1 / length


def unit(direction: Colour) -> Colour:
    """A direction of length one."""
    length = sum(value**2 for value in direction) ** 0.5
    return direction[0] / length, direction[1] / length, direction[2] / length


def cast_shadow(height: Array, frame: Frame, light: Light, reach: float = 0.7) -> Array:
    """1 where the key light arrives, 0 in the relief's own soft shadow: a march over the relief towards the light."""
    x, y, z = unit(light.key)
    flat = (x * x + y * y) ** 0.5
    deepest = np.zeros_like(height)
    for step in np.linspace(0.03, reach, 28):
        ahead = frame.shift(height, -x / flat * step, -y / flat * step)
        deepest = np.maximum(deepest, (ahead - height - step * z / flat) / (0.05 + 0.22 * step))
    return 1 - frame.soften(deepest.clip(0, 1), 0.018)


def lit(height: Array, albedo: Array, frame: Frame, light: Light, surface: Surface) -> Array:
    """The relief as seen: `H W 3` sRGB. `albedo` is linear."""
    shadow = 1 - surface.shade * (1 - cast_shadow(frame.soften(height, 0.01), frame, light))
    hollow = sum(((frame.soften(height, size) - height) / size).clip(0, 1) for size in (0.04, 0.1, 0.22))
    key, rim = unit(light.key), unit(light.rim)
    colours = []
    for channel in range(3):
        nx, ny, nz = normals(frame.soften(height, surface.soft[channel]), frame)
        wrap = surface.wrap[channel]
        open_sky = np.exp(-surface.hollow[channel] * hollow)
        facing = ((nx * key[0] + ny * key[1] + nz * key[2] + wrap) / (1 + wrap)).clip(0, 1)
        leak = (0.16, 0.05, 0.03)[channel] if surface.wrap[0] > surface.wrap[2] else 0.0
        direct = facing**1.15 * (leak + (1 - leak) * shadow) * light.key_colour[channel] * (0.35 + 0.65 * open_sky)
        around = (light.sky[channel] * (0.5 - 0.5 * ny) + light.ground[channel] * (0.5 + 0.5 * ny)) * open_sky
        back = (nx * rim[0] + ny * rim[1] + nz * rim[2]).clip(0, 1) * (0.35 + 0.65 * (1 - nz))
        colours.append(albedo[..., channel] * (direct + around + surface.rim * back * light.rim_colour[channel]))
    nx, ny, nz = normals(frame.soften(height, 0.012), frame)
    half = unit((key[0], key[1], key[2] + 1))
    shine = (nx * half[0] + ny * half[1] + nz * half[2]).clip(0, 1)
    gloss = surface.gloss * (0.75 * shine**surface.sharpness + 0.35 * shine ** (4 * surface.sharpness)) * shadow
    image = np.stack(colours, -1) + gloss[..., None] * np.array(light.key_colour, np.float32)
    return develop(image)


def develop(linear: Array) -> Array:
    """Linear light to sRGB with a gentle shoulder."""
    linear = np.maximum(linear, 0)
    shoulder = linear * (1 + linear / 2.6) / (1 + linear * 0.72)
    return (
        np.where(shoulder < 0.0031308, shoulder * 12.92, 1.055 * np.maximum(shoulder, 1e-6) ** (1 / 2.4) - 0.055)
        .clip(0, 1)
        .astype(np.float32)
    )


def linear(colour: Colour | Array) -> Array:
    """sRGB to linear."""
    value = np.asarray(colour, np.float32)
    return np.where(value < 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)
