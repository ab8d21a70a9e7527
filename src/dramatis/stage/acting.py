"""From a script to one pose for each character and instant: emotions, actions, speech, and what keeps a person alive.

Any instant stands alone: a pose depends on the script and the time only. What has inertia (hair, cloth) is a filter over
a short window of the motion before, evaluated anew, so frames may be asked for in any order.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.stage.body import body_of, hanging
from dramatis.stage.gestures import GESTURES, moment_of
from dramatis.stage.head import varied
from dramatis.stage.moods import Channels, Times, ease, emotion
from dramatis.stage.mouths import RATE, mouth_track
from dramatis.stage.pose import Pose
from dramatis.stage.script import Doing, Part, Script

_LAGS = np.linspace(0.03, 0.48, 10)  # s; how far back hair feels the head's motion
_BLINK, _SHUTS, _OPENS = 3.1, 0.09, 0.16  # s between blinks, and of one
_GLANCE = 1.5  # s between small movements of the eyes
_ADDED = (
    "smile", "purse", "inner", "outer", "one_brow", "lids", "squint", "gaze_x", "gaze_y", "yaw", "pitch", "roll", "turn", "lean_x", "lean_y",
    "bow", "shrug", "seated", "stride", "tears", "flush", "left_turn", "right_turn",
)  # fmt: skip


def perform(script: Script, times: NDArray[np.float64]) -> list[list[Pose]]:
    """For each part of the script, its pose at each of these instants (seconds)."""
    times = np.asarray(times, np.float64)
    return [_poses(_Role(script, number), times) for number in range(len(script.parts))]


@dataclass(frozen=True)
class _Role:
    """One part in its script."""

    script: Script
    number: int

    @property
    def part(self) -> Part:
        return self.script.parts[self.number]

    @property
    def seed(self) -> int:
        """Of blinks, glances and sway."""
        return self.script.seed * 31 + self.number * 7 + 3

    def way(self, other: int | None) -> int:
        """Which side another character is on; with nobody there, where there is more room."""
        if other is not None and other < len(self.script.parts) and other != self.number:
            return 1 if self.script.parts[other].x >= self.part.x else -1
        return 1 if self.part.x <= 0.55 else -1


def _poses(role: _Role, times: Times) -> list[Pose]:
    part = role.part
    speaking = _spoken(part)
    mouth = _mouth(speaking, times)
    track = _motion(role, times)
    hair = _lag(role, times, track)
    hands = _hands(role, times, track)
    glasses, held = _things(role, times)
    blink = _blinks(role, times)
    columns = {name: track.get(name, np.zeros(len(times))) for name in _ADDED}
    lids = np.clip(1 + columns["lids"], 0.25, 1.5) * (1 - blink)
    shown = _shown(track, len(times))
    poses = []
    for k in range(len(times)):
        c = {name: float(values[k]) for name, values in columns.items()}
        poses.append(
            Pose(
                mouth=mouth[k], smile=_limited(c["smile"], 1.0), purse=_limited(c["purse"], 1.0), brows=(_limited(c["inner"], 1.15), _limited(c["outer"], 1.15)),
                one_brow=c["one_brow"], lids=float(lids[k]), squint=_limited(c["squint"], 1.0),
                gaze=(_limited(c["gaze_x"], 1.0), _limited(c["gaze_y"], 1.0)), yaw=_limited(c["yaw"], 50.0), pitch=_limited(c["pitch"], 32.0),
                roll=_limited(c["roll"], 25.0), turn=_limited(c["turn"], 40.0), lean=(c["lean_x"], c["lean_y"]), bow=c["bow"],
                shrug=_limited(c["shrug"], 1.0), left_hand=hands[0][k], right_hand=hands[1][k], hands=shown[k],
                waving=(c["left_turn"], c["right_turn"]), hair=hair[k], held=held[k], glasses_on=glasses[k],
                seated=c["seated"], stride=c["stride"], tears=c["tears"], flush=c["flush"],
            )
        )  # fmt: skip
    return poses


def _spoken(part: Part) -> NDArray[np.float32]:
    """`T 8` at `mouths.RATE`: the mouth over all lines of a part; at rest before and after."""
    phones = sorted((phone for speech in part.speech for phone in speech.phones), key=lambda phone: phone[1])
    if not phones:
        return np.zeros((1, 8), np.float32)
    return mouth_track(phones, max(end for _, _, end in phones) + 0.5)


def _mouth(spoken: NDArray[np.float32], times: Times) -> NDArray[np.float32]:
    """`T 8` at any instants."""
    at = np.clip(times * RATE, 0, len(spoken) - 1)
    low = np.minimum(at.astype(np.int64), max(0, len(spoken) - 2))
    share = (at - low)[:, None]
    return (spoken[low] * (1 - share) + spoken[np.minimum(low + 1, len(spoken) - 1)] * share).astype(np.float32)


def _limited(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _motion(role: _Role, times: Times) -> Channels:
    """Everything but the mouth and what follows by inertia."""
    track = _added(_idle(role, times), emotion(role.part.moods, times), _talk(role, times), _attention(role, times))
    for doing in role.part.doings:
        track = _gesture(track, doing, times, role.way(doing.to))
    for giver, doing in _received(role):
        track = _gesture(track, Doing("hand over", doing.span, doing.intensity), times, role.way(giver))
    track["lean_y"] = track.get("lean_y", 0.0) - 0.035 * track.pop("bounce", np.zeros(len(times))) * np.abs(
        np.sin(2 * math.pi * 1.1 * times)
    )
    return track


def _added(*tracks: Channels) -> Channels:
    total: Channels = {}
    for track in tracks:
        for name, values in track.items():
            total[name] = total[name] + values if name in total else values
    return total


def _gesture(track: Channels, doing: Doing, times: Times, way: int) -> Channels:
    """An action on top of the rest; where a hand is wanted, it goes there by the action's share."""
    moment = moment_of(doing, times, way)
    if not (moment.part > 0).any():
        return track
    channels = GESTURES[doing.what](moment)
    targets = {"left_x", "left_y", "right_x", "right_y"} & channels.keys()
    track = _added(track, {name: values for name, values in channels.items() if name not in targets})
    for name in targets:
        share = channels[name.split("_")[0]]
        track[name] = track.get(name, np.zeros(len(times))) + share * channels[name]
    return track


def _received(role: _Role) -> list[tuple[int, Doing]]:
    """What others hand over to this character, with who gives it."""
    return [
        (number, doing)
        for number, part in enumerate(role.script.parts)
        for doing in part.doings
        if doing.what == "hand over" and doing.to == role.number and number != role.number
    ]


def _hands(
    role: _Role, times: Times, track: Channels
) -> tuple[list[tuple[float, float] | None], list[tuple[float, float] | None]]:
    """Where the two hands are; None while they hang."""
    body = body_of(role.part.person, Pose())
    found: list[list[tuple[float, float] | None]] = []
    for name, side in (("left", -1), ("right", 1)):
        share = np.clip(track.get(name, np.zeros(len(times))), 0, 1)
        rest = hanging(side, body.half, body.high)
        x, y = (track.get(f"{name}_{axis}", np.zeros(len(times))) + (1 - share) * rest[k] for k, axis in enumerate("xy"))
        arc = side * 0.45 * share * (1 - share) * 4 * 0.5
        found.append([(float(x[k] + arc[k]), float(y[k])) if share[k] > 0.001 else None for k in range(len(times))])
    return found[0], found[1]


def _shown(track: Channels, count: int) -> list[tuple[str, str]]:
    fists, pointing = (track.get(name, np.zeros(count)) > 0.5 for name in ("fists", "pointing"))
    return [("point", "point") if pointing[k] else ("fist", "fist") if fists[k] else ("open", "open") for k in range(count)]


def _things(role: _Role, times: Times) -> tuple[list[bool], list[str | None]]:
    """Whether the glasses are on, and what the right hand holds."""
    glasses, held = [True] * len(times), [None] * len(times)  # type: list[bool], list[str | None]
    wears = role.part.person.glasses != "none"
    for doing in role.part.doings:
        for k, time in enumerate(times):
            phase = (time - doing.span.start) / max(1e-3, doing.span.seconds)
            within = 0 <= phase < 1
            if doing.what == "drink" and within:
                held[k] = "cup"
            elif doing.what == "hand over" and within and (phase < 0.6 or doing.to is None):
                held[k] = "box"
            elif doing.what == "take off glasses" and wears and phase > 0.38:
                glasses[k], held[k] = False, "glasses" if within else held[k]
    for _, doing in _received(role):
        for k, time in enumerate(times):
            phase = (time - doing.span.start) / max(1e-3, doing.span.seconds)
            held[k] = "box" if 0.6 <= phase < 1 else held[k]
    return glasses, held


def _idle(role: _Role, times: Times) -> Channels:
    """Breath, sway, and eyes that never rest long."""
    a, b = 6.28 * varied(role.seed, 11), 6.28 * varied(role.seed, 12)
    step = np.floor(times / _GLANCE)
    late = ease((times / _GLANCE - step) * _GLANCE / 0.12)
    glances = [_jitter(role.seed, step - 1, k) * (1 - late) + _jitter(role.seed, step, k) * late for k in (21, 22)]
    return {
        "lean_y": 0.010 * np.sin(2 * math.pi * 0.27 * times + a),
        "shrug": 0.035 * np.sin(2 * math.pi * 0.27 * times + a + 0.4),
        "yaw": 2.4 * np.sin(2 * math.pi * 0.13 * times + b) + 1.2 * np.sin(2 * math.pi * 0.31 * times + a),
        "roll": 1.5 * np.sin(2 * math.pi * 0.11 * times + a + b),
        "pitch": 1.0 * np.sin(2 * math.pi * 0.21 * times + b),
        "lean_x": 0.014 * np.sin(2 * math.pi * 0.09 * times + a),
        "gaze_x": 0.16 * glances[0],
        "gaze_y": 0.10 * glances[1],
    }


def _jitter(seed: int, step: Times, which: int) -> Times:
    """`T`, -1..1: a number for every step."""
    value = np.sin(seed * 12.9898 + step * 78.233 + which * 37.719) * 43758.5453
    return 2 * (value - np.floor(value)) - 1


def _blinks(role: _Role, times: Times) -> Times:
    """`T`, 0 open .. 1 shut."""
    shut = np.zeros(len(times))
    for back in (-1, 0, 1):
        step = np.floor(times / _BLINK) + back
        away = times - (step + 0.5 + 0.35 * _jitter(role.seed, step, 31)) * _BLINK
        shut = np.maximum(shut, np.where(away < 0.05, ease(1 + away / _SHUTS), ease(1 - (away - 0.05) / _OPENS)))
    return shut


def _talk(role: _Role, times: Times) -> Channels:
    """A speaker's head and brows move with the loud syllables."""
    if not any(speech.phones for speech in role.part.speech):
        return {}
    spoken = _spoken(role.part)
    open_, slow = (
        np.mean([_mouth(spoken, times - lag)[:, 0] for lag in lags], axis=0) for lags in ((0.0, 0.06, 0.12), (0.1, 0.3, 0.5))
    )
    active = _speaks(role.part, times)
    return {
        "pitch": 7.0 * open_ - 3.0 * slow,
        "inner": 0.30 * slow,
        "outer": 0.30 * slow,
        "yaw": 4.0 * active * np.sin(2 * math.pi * 0.45 * times + role.seed),
        "roll": 2.5 * active * np.sin(2 * math.pi * 0.33 * times + 2 * role.seed),
    }


def _speaks(part: Part, times: Times) -> Times:
    """`T`, 0..1: whether the part speaks, with soft edges."""
    found = np.zeros(len(times))
    for speech in part.speech:
        if speech.phones:
            start, end = speech.phones[0][1], speech.phones[-1][2]
            found = np.maximum(found, np.minimum(ease((times - start + 0.35) / 0.35), ease((end + 0.45 - times) / 0.45)))
    return found


def _attention(role: _Role, times: Times) -> Channels:
    """Listeners turn to who speaks and nod at the end of a line; a speaker turns a little to the others."""
    track: Channels = {}
    mine = _speaks(role.part, times)
    others = [(number, part) for number, part in enumerate(role.script.parts) if number != role.number]
    for number, part in others:
        side, theirs = role.way(number), _speaks(part, times) * (1 - mine)
        track = _added(track, {"gaze_x": side * 0.55 * theirs, "yaw": side * 17 * theirs, "turn": side * 5 * theirs})
        for speech in part.speech:
            if speech.phones:
                after = times - speech.phones[-1][2] + 0.2
                track = _added(track, {"pitch": 9 * np.sin(math.pi * np.clip(after / 0.5, 0, 1)) ** 2})
    if others:
        track = _added(track, {"yaw": role.way(others[0][0]) * 7 * mine})
    return track


def _lag(role: _Role, times: Times, track: Channels) -> list[tuple[float, float]]:
    """How far hair is behind the head: a damped swing over the motion before."""
    now = _place(track, len(times))
    before = (times[:, None] - _LAGS[None, :]).ravel()
    past = [values.reshape(len(times), -1) for values in _place(_motion(role, before), len(before))]
    weight = np.exp(-_LAGS / 0.16) * np.cos(2 * math.pi * _LAGS / 0.62)
    weight = weight / np.abs(weight).sum()
    lag = [0.85 * ((values - here[:, None]) @ weight) for values, here in zip(past, now, strict=True)]
    return [(_limited(float(x), 0.22), _limited(float(y), 0.12)) for x, y in zip(*lag, strict=True)]


def _place(track: Channels, count: int) -> tuple[Times, Times]:
    """Where the head is, as hair feels it."""
    zero = np.zeros(count)
    yaw, roll, pitch = (np.radians(track.get(name, zero)) for name in ("yaw", "roll", "pitch"))
    x = track.get("lean_x", zero) + 0.36 * np.sin(yaw) + 0.55 * np.sin(roll)
    return x, track.get("lean_y", zero) + 0.3 * np.sin(pitch) + 0.012 * track.get("bow", zero)
