"""Acting: from a voice's score, the direction's cues and random motion to one pose per frame.

Every track is a function of the film's clock, so a take may begin and end anywhere. Motion during speech follows
the literature on talking heads: accents of brows and head on stressed syllables, blinks at phrase ends, saccades and
fixations, continuous head motion; a listener looks at the speaker.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Span
from dramatis.engines.portrait.geometry.channels import CHANNEL, CHANNELS, Pose
from dramatis.engines.portrait.motion.motion_curves import Times, Track, ease, hold, pulse, source, wander
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.speech.analysis import VoiceAnalysis, analyse
from dramatis.speech.score import MOUTH, RATE, Score, score
from dramatis.story import BODY_ACTIONS, Cue
from dramatis.take import Look, Role, Take

_WIDEST = -0.3  # of a lid
_BLINK_PAUSE = 3.6  # mean seconds between blinks: about 16 a minute
_TAKEN_OVER, _COMES_IN = 0.2, 0.6  # seconds from the first frame, which is the picture, to full motion
_MUZZLE, _UNDER_CLOTH = 0.6, 0.35  # jaw opening of animals, and under a mask
_EXPRESSION: dict[str, dict[str, float]] = {
    "calm": {"smile": 0.15},
    "excitement": {"smile": 0.7, "brow_in": 0.3, "brow_out": 0.4, "squint": 0.35, "lid": -0.08},
    "confusion": {"brow_down_r": 0.65, "brow_out_l": 0.6, "brow_in_l": 0.25, "squint": 0.2, "frown": 0.25, "roll": 0.06},
    "sadness": {"brow_in": 1.0, "brow_out": 0.2, "frown": 1.0, "lid": 0.2, "pitch": 0.06},
    "surprise": {"brow_in": 0.8, "brow_out": 0.85, "lid": -0.25, "pitch": -0.03},
    "anger": {"brow_down": 1.0, "squint": 0.5, "frown": 0.7, "lid": 0.06, "pitch": 0.03},
}
"""Channels at full strength; `brow_*` and `lid` without a side mean both sides."""

_LIVELY = {"calm": 0.75, "excitement": 1.45, "confusion": 1.0, "sadness": 0.6, "surprise": 1.15, "anger": 1.25}


_HEAD_ACTIONS = ("turn left", "turn right", "bow")
CANNOT = (*(action for action in BODY_ACTIONS if action not in _HEAD_ACTIONS), "orbit", "follow")
"""Actions that take more than a head and shoulders, and camera moves that take more than a picture."""


@dataclass(frozen=True, eq=False)
class _Part:
    """Input of one character: the times, its score (None: no voice), all scores, and its random generators."""

    times: Times
    own: Score | None
    others: tuple[tuple[float, VoiceAnalysis], ...]
    """For each other speaker: direction (-1 left .. 1 right) and what is heard of it."""
    cues: tuple[Cue, ...]
    seed: int
    name: str

    def wander(self, purpose: str, hertz: float) -> Track:
        return wander(self.times, hertz, source(self.seed, self.name, purpose))


class _Tracks:
    """Accumulates channels: `frames channels`."""

    def __init__(self, frames: int) -> None:
        self.values = np.zeros((frames, len(CHANNELS)))

    def add(self, channel: str, track: Track | float) -> None:
        """Add to a channel; a paired channel (`lid`, `brow_in` ...) without its side means both."""
        for name in (channel,) if channel in CHANNEL else (f"{channel}_l", f"{channel}_r"):
            self.values[:, CHANNEL[name]] += track


def animate(take: Take, index: int, cache: ValueCache = NOWHERE) -> Pose:
    """Poses `frames channels` of one role of a take; voice analysis is cached in `cache`."""
    part = _part(take, index, cache)
    tracks = _Tracks(len(part.times))
    talking = _talking(part.own, part.times)
    lively = _emotions(tracks, part)
    _speak(tracks, part, lively)
    _accents(tracks, part, lively)
    _head(tracks, part, talking, lively)
    _gaze(tracks, part, talking)
    _listen(tracks, part, talking)
    for cue in part.cues:
        if cue.kind == "action" and cue.what not in CANNOT:
            _action(tracks, part.times, cue)
    _blinks(tracks, part)
    _begin(tracks, part.times)
    _restrain(tracks, take.cast[index].look)
    low = np.zeros(len(CHANNELS))
    low[[CHANNEL[c] for c in ("gaze_x", "gaze_y", "yaw", "pitch", "roll", "shift_x", "shift_y", "lean", "breath")]] = -2
    low[[CHANNEL["lid_l"], CHANNEL["lid_r"]]] = _WIDEST
    return np.clip(tracks.values, low, 1.0).astype(np.float32)


def _begin(tracks: _Tracks, times: Times) -> None:
    """A film's first frame is its picture: openings are taken over at once, other movements come in during its first moments."""
    others = [index for name, index in CHANNEL.items() if name not in MOUTH]
    tracks.values[:, others] *= ease(times / _COMES_IN)[:, None]
    tracks.add("untouched", 1 - ease(times / _TAKEN_OVER))


def _restrain(tracks: _Tracks, look: Look | None) -> None:
    """A covered mouth and an animal's are not parted; the jaw of an animal moves, and under a mask slightly."""
    if look is None or not (look.covered or look.animal):
        return
    jaw = tracks.values[:, CHANNEL["jaw"]] * (_MUZZLE if look.animal else _UNDER_CLOTH)
    tracks.values[:, [CHANNEL[name] for name in (*MOUTH, "smile", "frown")]] = 0.0
    tracks.values[:, CHANNEL["jaw"]] = jaw if look.animal or look.covered == "mask" else 0.0


def _part(take: Take, index: int, cache: ValueCache) -> _Part:
    role = take.cast[index]
    span = Span(take.span.start, take.span.end)
    others = []
    for other in take.cast:
        if other is not role and other.voice is not None:
            others.append((_direction(role, other), analyse(other.voice, cache)))
    own = score(role.voice, span, cache) if role.voice is not None else None
    cues = tuple(cue for cue in take.direction.cues if cue.who in (None, role.name))
    return _Part(take.times, own, tuple(others), cues, take.motion_seed, role.name)


def _direction(role: Role, other: Role) -> float:
    """Side of another character in the picture: -1 left, 1 right."""
    if role.look is None or other.look is None or role.look.face is None or other.look.face is None:
        return 0.0
    return float(np.sign(other.look.face.box[0] - role.look.face.box[0]))


def _at(values: NDArray[np.float32], times: Times) -> Track:
    """A 100 Hz track at given times; held at the ends."""
    return np.interp(times * RATE, np.arange(len(values)), values)


def _talking(voice: Score | VoiceAnalysis | None, times: Times) -> Track:
    """Speech activity of a character, 0..1, averaged over a second."""
    if voice is None:
        return np.zeros(len(times))
    return np.max([np.zeros(len(times)), *(hold(times, p.start - 0.4, p.end + 0.5, 0.5, 0.6) for p in voice.phrases)], axis=0)


def _emotions(tracks: _Tracks, part: _Part) -> Track:
    """Expressions over time; returns the liveliness of the character (1: neutral)."""
    lively = np.ones(len(part.times))
    swell = 1 + 0.22 * part.wander("feeling", 0.25)
    for cue in part.cues:
        if cue.kind != "emotion":
            continue
        strength = hold(part.times, cue.span.start, cue.span.end, cue.rise, cue.fall) * cue.intensity
        for channel, amount in _EXPRESSION[cue.what].items():
            tracks.add(channel, strength * swell * amount)
        lively += strength * (_LIVELY[cue.what] - 1)
    return lively


def _speak(tracks: _Tracks, part: _Part, lively: Track) -> None:
    if part.own is None:
        return
    for k, channel in enumerate(MOUTH):
        gain = 0.85 + 0.15 * lively if channel in ("jaw", "lower", "upper") else 1.0
        tracks.add(channel, _at(part.own.mouth[:, k], part.times) * gain)


def _accents(tracks: _Tracks, part: _Part, lively: Track) -> None:
    """Brows and head mark some of the stressed syllables."""
    if part.own is None:
        return
    generator = source(part.seed, part.name, "accents")
    for at, strength in part.own.stress:
        brow, nod, turn = generator.random(3)
        if at < part.times[0] - 1 or at > part.times[-1] + 1:
            continue
        accent = pulse(part.times, at, 0.12, 0.06, 0.30) * strength * lively
        tracks.add("brow_out", 0.30 * accent * (brow < 0.55))
        tracks.add("brow_in", 0.22 * accent * (brow < 0.55))
        tracks.add("pitch", 0.050 * pulse(part.times, at + 0.04, 0.16, 0.05, 0.34) * strength * lively * (nod < 0.7))
        tracks.add("yaw", 0.03 * accent * (turn - 0.5))


def _head(tracks: _Tracks, part: _Part, talking: Track, lively: Track) -> None:
    """Slow drifts of head and body, larger while speaking; breathing."""
    energy = (0.45 + 0.55 * talking) * lively
    for channel, slow, quick in (("yaw", 0.060, 0.022), ("pitch", 0.030, 0.016), ("roll", 0.034, 0.010)):
        tracks.add(channel, energy * (slow * part.wander(f"{channel} slow", 0.22) + quick * part.wander(f"{channel} quick", 0.8)))
    tracks.add("shift_x", 0.020 * energy * part.wander("sway", 0.16))
    tracks.add("shift_y", 0.010 * energy * part.wander("bob", 0.3))
    tracks.add("lean", 0.012 * energy * part.wander("lean", 0.14))
    phase = 2 * np.pi * (part.times / 3.9 + 0.25 * part.wander("breath", 0.1))
    tracks.add("breath", 0.5 - 0.5 * np.cos(phase))


def _blink_times(part: _Part) -> list[float]:
    """All blinks from 0 s to the take's end; drawn to the ends of phrases."""
    generator = source(part.seed, part.name, "blinks")
    ends = [phrase.end for phrase in part.own.phrases] if part.own is not None else []
    now, blinks = 0.0, list[float]()
    while now < part.times[-1] + 1:
        wait, drawn = generator.gamma(4.0, (_BLINK_PAUSE - 1.0) / 4.0), generator.random()
        now += 1.0 + wait
        near = [end for end in ends if abs(end - now) < 0.9 and end > (blinks[-1] if blinks else 0) + 0.8]
        if near and drawn < 0.75:
            now = near[0]
        blinks.append(now)
    return blinks


def _blinks(tracks: _Tracks, part: _Part) -> None:
    """Close both lids from their current position."""
    shut = np.zeros(len(part.times))
    for at in _blink_times(part):
        if part.times[0] - 1 < at < part.times[-1] + 1:
            shut = np.maximum(shut, pulse(part.times, at, 0.09, 0.05, 0.17))
    for channel in ("lid_l", "lid_r"):
        rest = np.clip(tracks.values[:, CHANNEL[channel]], _WIDEST, 1)
        tracks.values[:, CHANNEL[channel]] = rest + shut * (1 - rest)


def _gaze(tracks: _Tracks, part: _Part, talking: Track) -> None:
    """Fixations near the viewer with small jumps; while speaking people also look away a little."""
    generator = source(part.seed, part.name, "gaze")
    now, x, y = 0.0, 0.0, 0.0
    gaze_x, gaze_y = np.zeros(len(part.times)), np.zeros(len(part.times))
    while now < part.times[-1] + 0.1:
        stay, away, dx, dy = generator.gamma(3.0, 0.45) + 0.3, generator.random(), *generator.normal(0, 1, 2)
        goal = (0.24 * dx, 0.10 * dy - 0.05) if away < 0.35 else (0.05 * dx, 0.03 * dy)
        arrived = ease((part.times - now) / 0.05)
        gaze_x += (goal[0] - x) * arrived
        gaze_y += (goal[1] - y) * arrived
        (x, y), now = goal, now + stay
    wide = 0.7 + 0.3 * talking
    gaze_x = np.clip(gaze_x, -0.4, 0.4) * wide
    tracks.add("gaze_x", gaze_x - 2.0 * tracks.values[:, CHANNEL["yaw"]])
    tracks.add("gaze_y", np.clip(gaze_y, -0.25, 0.25) * wide - 1.6 * tracks.values[:, CHANNEL["pitch"]])
    tracks.add("lid", 0.35 * np.clip(gaze_y, 0, 0.25))


def _listen(tracks: _Tracks, part: _Part, talking: Track) -> None:
    """While another speaks and this one does not: look there, nod now and then at the ends of phrases."""
    generator = source(part.seed, part.name, "listening")
    for direction, voice in part.others:
        attention = _talking(voice, part.times) * (1 - talking)
        tracks.add("gaze_x", 0.42 * direction * attention)
        tracks.add("yaw", 0.07 * direction * attention)
        for phrase in voice.phrases:
            chance, size = generator.random(2)
            if chance < 0.5:
                nod = pulse(part.times, phrase.end - 0.1, 0.25, 0.05, 0.4) * (0.03 + 0.03 * size) * (1 - talking)
                tracks.add("pitch", nod)
            else:
                tracks.add("brow_out", 0.25 * size * pulse(part.times, phrase.end - 0.3, 0.2, 0.2, 0.4) * (1 - talking))


def _action(tracks: _Tracks, times: Times, cue: Cue) -> None:
    """Perform one action within its span."""
    start, end, much = cue.span.start, cue.span.end, 0.5 + 0.5 * cue.intensity
    shown = hold(times, start, end, 0.35, 0.45) * much
    swing = np.sin(2 * np.pi * 1.35 * (times - start))
    settle = pulse(times, start + 1.0, 0.4, 0.3, 0.9)
    brief = pulse(times, start + min(0.5, (end - start) / 2), 0.3, 0.5, 0.6) * much
    moves: dict[str, dict[str, Track]] = {
        "nod": {"pitch": 0.11 * swing * hold(times, start, min(end, start + 1.8), 0.3, 0.4) * much},
        "shake head": {"yaw": 0.16 * swing * hold(times, start, min(end, start + 2.2), 0.3, 0.4) * much},
        "look left": {"yaw": -0.21 * shown, "gaze_x": -0.5 * shown},
        "look right": {"yaw": 0.21 * shown, "gaze_x": 0.5 * shown},
        "turn left": {"yaw": -0.24 * shown, "shift_x": -0.04 * shown, "gaze_x": -0.3 * shown},
        "turn right": {"yaw": 0.24 * shown, "shift_x": 0.04 * shown, "gaze_x": 0.3 * shown},
        "look up": {"pitch": -0.17 * shown, "gaze_y": -0.35 * shown},
        "look down": {"pitch": 0.23 * shown, "gaze_y": 0.3 * shown, "lid": 0.25 * shown},
        "lean in": {"lean": 0.13 * shown, "shift_y": 0.03 * shown},
        "smile": {"smile": 0.6 * shown, "squint": 0.25 * shown},
        "bow": {"pitch": 0.24 * shown, "shift_y": 0.10 * shown, "lid": 0.35 * shown, "gaze_y": 0.2 * shown},
        "brow raise": {"brow_in": brief, "brow_out": brief},
        "blink": {"lid": pulse(times, start + 0.15, 0.1, 0.08, 0.18)},
        "sigh": {"breath": 1.6 * brief, "shift_y": 0.03 * settle, "pitch": 0.05 * shown, "lid": 0.2 * shown},
    }
    for channel, track in moves[cue.what].items():
        tracks.add(channel, track)
