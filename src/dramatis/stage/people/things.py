"""What somebody has in the hand or no longer wears, and what was handed over and is kept."""

import numpy as np

from dramatis.stage.people.idle_motion import Actor
from dramatis.stage.people.moods import Channels, Times, ease
from dramatis.stage.play.script import Doing

_CHANGES = 0.6  # of a hand-over's time, when the thing is in the other hand
_TAKES = 0.35  # s in which a hand comes to where it keeps something, or leaves that
_BESIDE, _ASIDE, _BELOW = 0.22, 0.15, 0.70  # heads from the neck's base: of the hand, further to whom one faces; down


def received(actor: Actor) -> list[tuple[int, Doing]]:
    """What others hand over to this character, with who gives it."""
    return [
        (number, doing)
        for number, part in enumerate(actor.script.parts)
        for doing in part.doings
        if doing.what == "hand over" and doing.to == actor.number and number != actor.number
    ]


def things(actor: Actor, times: Times) -> tuple[list[bool], list[str | None]]:
    """Whether the glasses are on, and what the right hand holds."""
    glasses, held = [True] * len(times), ["box" if kept > 0 else None for kept in keeping(actor, times)]
    wears = actor.part.person.glasses != "none"
    for doing in actor.part.doings:
        for k, time in enumerate(times):
            phase = (time - doing.span.start) / max(1e-3, doing.span.seconds)
            within = 0 <= phase < 1
            if doing.what == "drink" and within:
                held[k] = "cup"
            elif doing.what == "hand over" and within and (phase < _CHANGES or doing.to is None):
                held[k] = "box"
            elif doing.what == "take off glasses" and wears and phase > 0.38:
                glasses[k], held[k] = False, "glasses" if within else held[k]
    for _, doing in received(actor):
        for k, time in enumerate(times):
            phase = (time - doing.span.start) / max(1e-3, doing.span.seconds)
            held[k] = "box" if _CHANGES <= phase < 1 else held[k]
    return glasses, held


def keeping(actor: Actor, times: Times) -> Times:
    """`T`, 0..1: how far the right hand keeps what was handed over, until it is handed on; in films that people watch."""
    kept = np.zeros(len(times))
    if actor.part.blinks is None:
        return kept
    given = [doing.span.start for doing in actor.part.doings if doing.what == "hand over"]
    for _, doing in received(actor):
        got = doing.span.start + _CHANGES * doing.span.seconds
        left = min((start for start in given if start >= got), default=np.inf)
        came = ease((times - got) / _TAKES) if doing.span.seconds else np.ones(len(times))  # it was given before the shot
        kept = np.maximum(kept, came * (1 - ease((times - left) / _TAKES)))
    return kept


def with_kept(track: Channels, kept: Times, actor: Actor) -> Channels:
    """The track with the right hand before the body while it keeps something and does nothing else."""
    share = np.clip(track.get("right", np.zeros(len(kept))), 0, 1)
    free = kept * (1 - share)
    if not free.any():
        return track
    place = _BESIDE + _ASIDE * actor.way(None if len(actor.script.parts) < 2 else 1 - min(1, actor.number)), _BELOW
    moved = {"right": share + free} | {
        f"right_{axis}": track.get(f"right_{axis}", np.zeros(len(kept))) + free * at for axis, at in zip("xy", place, strict=True)
    }
    return track | moved
