"""From a script to one pose per character and time: emotions, actions, speech and idle motion.

A pose depends only on the script and the time. Inertia (hair, cloth) is a filter over
a short window of the preceding motion, evaluated for each frame, so frames can be requested in any order.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dramatis.speech.coarticulation import Shapes
from dramatis.stage.people.company import company
from dramatis.stage.people.gestures import GESTURES, phase_of
from dramatis.stage.people.glances import GLANCES
from dramatis.stage.people.idle_motion import Actor, attention, blinks, idle, mouth_at, talk
from dramatis.stage.people.moods import Channels, Times, added, emotion
from dramatis.stage.people.pose import Pose
from dramatis.stage.people.skeleton import hanging, skeleton_of
from dramatis.stage.people.things import keeping, received, things, with_kept
from dramatis.stage.play.script import Doing, Script

_LAGS = np.linspace(0.03, 0.48, 10)  # s of head motion that moves the hair
_ADDED = (
    "smile",
    "purse",
    "inner",
    "outer",
    "one_brow",
    "lids",
    "squint",
    "gaze_x",
    "gaze_y",
    "yaw",
    "pitch",
    "roll",
    "turn",
    "lean_x",
    "lean_y",
    "bow",
    "shrug",
    "seated",
    "sunk",
    "stride",
    "tears",
    "flush",
    "left_turn",
    "right_turn",
    "left_tucked",
    "right_tucked",
)
_ELSEWHERE = {"turn left": 1.0, "turn right": 1.0, "look left": 1.0, "look right": 1.0, "look up": 1.0, "shake head": 0.5}
"""By how much who does this no longer faces the others."""
_FACING = frozenset({"yaw", "gaze_x", "turn"})


def perform(script: Script, times: NDArray[np.float64], mouths: Sequence[Shapes | None] = ()) -> list[list[Pose]]:
    """For each part of the script, its pose at each of these instants (seconds).

    `mouths` are mouth tracks that are known already (`mouths.RATE`, from 0 s on), by part; None: made from the script's phones.
    """
    times = np.asarray(times, np.float64)
    known = [*mouths, *[None] * (len(script.parts) - len(mouths))]
    return [_poses(Actor(script, number, known[number]), times) for number in range(len(script.parts))]


def _poses(actor: Actor, times: Times) -> list[Pose]:
    mouth = mouth_at(actor.spoken, times)
    track, kept = _motion(actor, times), keeping(actor, times)
    hair = _lag(actor, times, track)
    hands = _hands(actor, times, with_kept(track, kept, actor))
    glasses, held = things(actor, times)
    blink = np.maximum(blinks(actor, times), np.clip(track.pop("shut", np.zeros(len(times))), 0, 1))
    columns = {name: track.get(name, np.zeros(len(times))) for name in _ADDED}
    lids = np.clip(1 + columns["lids"], 0.25, 1.5) * (1 - blink)
    shown = _shown(track, kept, len(times))
    poses = []
    for k in range(len(times)):
        c = {name: float(values[k]) for name, values in columns.items()}
        poses.append(
            Pose(
                mouth=mouth[k],
                smile=_limited(c["smile"], 1.0),
                purse=_limited(c["purse"], 1.0),
                brows=(_limited(c["inner"], 1.15), _limited(c["outer"], 1.15)),
                one_brow=c["one_brow"],
                lids=float(lids[k]),
                squint=_limited(c["squint"], 1.0),
                gaze=(_limited(c["gaze_x"], 1.0), _limited(c["gaze_y"], 1.0)),
                yaw=_limited(c["yaw"], 50.0),
                pitch=_limited(c["pitch"], 32.0),
                roll=_limited(c["roll"], 25.0),
                turn=_limited(c["turn"], 40.0),
                lean=(c["lean_x"], c["lean_y"]),
                bow=c["bow"],
                shrug=_limited(c["shrug"], 1.0),
                left_hand=hands[0][k],
                right_hand=hands[1][k],
                hands=shown[k],
                waving=(c["left_turn"], c["right_turn"]),
                tucked=(c["left_tucked"] > 0, c["right_tucked"] > 0),
                hair=hair[k],
                held=held[k],
                glasses_on=glasses[k],
                seated=c["seated"],
                sunk=c["sunk"],
                stride=c["stride"],
                solid=actor.part.blinks is not None,
                tears=c["tears"],
                flush=c["flush"],
            )
        )
    return poses


def _limited(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _motion(actor: Actor, times: Times) -> Channels:
    """Everything but the mouth and inertia."""
    track = added(idle(actor, times), emotion(actor.part.moods, times), talk(actor, times), _social(actor, times))
    for doing in actor.part.doings:
        track = _gesture(track, doing, times, actor.way(doing.to))
    for giver, doing in received(actor):
        track = _gesture(track, replace(doing, to=None), times, actor.way(giver))
    track["lean_y"] = track.get("lean_y", 0.0) - 0.035 * track.pop("bounce", np.zeros(len(times))) * np.abs(
        np.sin(2 * math.pi * 1.1 * times)
    )
    return track


def _social(actor: Actor, times: Times) -> Channels:
    """What others are to somebody; who turns elsewhere forgets them for that time."""
    if actor.part.blinks is None:
        return attention(actor, times)
    track = company(actor, times)
    for doing in actor.part.doings:
        free = 1 - _ELSEWHERE.get(doing.what, 0.0) * phase_of(doing, times, 1).part
        track = {name: values * free if name in _FACING else values for name, values in track.items()}
    return track


def _gesture(track: Channels, doing: Doing, times: Times, way: int) -> Channels:
    """Add an action; a hand moves to its target in proportion to the action's strength."""
    moment = phase_of(doing, times, way)
    if not (moment.part > 0).any() and doing.what != "walk in":  # who walks in is not there before
        return track
    channels = (GESTURES.get(doing.what) or GLANCES[doing.what])(moment)
    targets = {"left_x", "left_y", "right_x", "right_y"} & channels.keys()
    track = added(track, {name: np.asarray(values) for name, values in channels.items() if name not in targets})
    for name in targets:
        share = channels[name.split("_")[0]]
        track[name] = track.get(name, np.zeros(len(times))) + share * channels[name]
    return track


def _hands(
    actor: Actor, times: Times, track: Channels
) -> tuple[list[tuple[float, float] | None], list[tuple[float, float] | None]]:
    """Where the two hands are; None while they hang."""
    body = skeleton_of(actor.part.person, Pose())
    found: list[list[tuple[float, float] | None]] = []
    for name, side in (("left", -1), ("right", 1)):
        share = np.clip(track.get(name, np.zeros(len(times))), 0, 1)
        rest = hanging(side, body.half, body.high)
        x, y = (track.get(f"{name}_{axis}", np.zeros(len(times))) + (1 - share) * rest[k] for k, axis in enumerate("xy"))
        arc = side * 0.45 * share * (1 - share) * 4 * 0.5
        found.append([(float(x[k] + arc[k]), float(y[k])) if share[k] > 0.001 else None for k in range(len(times))])
    return found[0], found[1]


def _shown(track: Channels, kept: Times, count: int) -> list[tuple[str, str]]:
    fists, pointing = (track.get(name, np.zeros(count)) > 0.5 for name in ("fists", "pointing"))
    both = ["point" if pointing[k] else "fist" if fists[k] else "open" for k in range(count)]
    return [(one, "fist" if kept[k] > 0.5 else one) for k, one in enumerate(both)]


def _lag(actor: Actor, times: Times, track: Channels) -> list[tuple[float, float]]:
    """How far hair is behind the head: the answer of a damped spring to the motion before."""
    now = _place(track, len(times))
    before = (times[:, None] - _LAGS[None, :]).ravel()
    past = [values.reshape(len(times), -1) for values in _place(_motion(actor, before), len(before))]
    weight = np.exp(-4.5 * _LAGS) * np.sin(2 * math.pi * _LAGS / 0.55)
    weight = weight / weight.sum()
    lag = [0.85 * ((values - here[:, None]) * weight).sum(axis=1) for values, here in zip(past, now, strict=True)]
    return [(_limited(float(x), 0.22), _limited(float(y), 0.12)) for x, y in zip(*lag, strict=True)]


def _place(track: Channels, count: int) -> tuple[Times, Times]:
    """Position of the head, as input of the hair's motion."""
    zero = np.zeros(count)
    yaw, roll, pitch = (np.radians(track.get(name, zero)) for name in ("yaw", "roll", "pitch"))
    x = track.get("lean_x", zero) + 0.36 * np.sin(yaw) + 0.55 * np.sin(roll)
    return x, track.get("lean_y", zero) + 0.3 * np.sin(pitch) + 0.012 * track.get("bow", zero)
