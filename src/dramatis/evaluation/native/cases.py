"""The held-out cases of `dramatis evaluate native`: scripts of the stage's test split, as takes and with their truth.

Three kinds in turn: `words` (a caption and a voice), `portrait` (the character's picture, a voice, and words that say nothing of
looks), `frames` (a first and a last frame, a voice and all words). No voice, speaker or identity was in the training, and every
second look and place was kept out of it.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.stage.play.captions import caption
from dramatis.stage.play.script import NATIVE, Mood, Repertoire, Script, Shooting
from dramatis.stage.play.script_writer import write
from dramatis.stage.sound import voices
from dramatis.stage.theatre import Theatre
from dramatis.stage.truth import Truth
from dramatis.story import Canvas, Cue, Direction
from dramatis.take import Anchor, Look, Role, Take

Kind = Literal["words", "portrait", "frames"]
Condition = Literal["words", "voice", "portrait", "frames"]
KINDS: tuple[Kind, ...] = ("words", "portrait", "words", "frames")
COUNT = 200
CANVAS = Canvas(144, 144, Rate(12))
FRAMES = 33
SOUND_RATE = 16_000
NAME = "one"
"""The character's name in a take."""
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class StageCase:
    """One held-out case: the take, `lacking` (the same take without one of its conditions, by what is taken away), the truth."""

    number: int
    kind: Kind
    script: Script
    take: Take
    lacking: dict[Condition, Take]
    frames: list[Pixels]
    truth: Truth


def case(number: int, repertoire: Repertoire = NATIVE) -> StageCase:
    """The case of a number, always the same; of several people, the first is heard and has the cues.

    Raises `VoiceError` without the synthesiser of the extra "say".
    """
    kind = KINDS[number % len(KINDS)]
    sounds: dict[str, Waveform] = {}

    def voice(index: int, split: voices.Split, of: voices.Kind | None) -> voices.VoiceLine:
        said = voices.line(index, split, of)
        sounds[said.name] = said.sound
        return said

    span = Span(0.0, CANVAS.rate.time(FRAMES - 1))
    script = write(repertoire, number, "test", 2.75, voice)
    film, truth = Theatre(script).film((CANVAS.width, CANVAS.height), np.arange(FRAMES) / CANVAS.rate.fps)
    frames = list(film)
    look = Look(portrait(script)) if kind == "portrait" else None
    anchors = (Anchor(Still(frames[0]), 0.0), Anchor(Still(frames[-1]), span.end)) if kind == "frames" else ()
    role = Role(NAME, look, _track(script, sounds, span.end + 0.5))
    take = Take(CANVAS, span, (role,), anchors, None, _direction(script, kind != "portrait"), number)
    return StageCase(number, kind, script, take, _lacking(take, kind), frames, truth)


def _lacking(take: Take, kind: Kind) -> dict[Condition, Take]:
    """Takes for floors: each condition is removed in the kind of case that tests it."""
    role = take.cast[0]
    if kind == "portrait":
        return {"portrait": replace(take, cast=(replace(role, look=None),))}
    if kind == "frames":
        return {"frames": replace(take, anchors=())}
    return {"words": replace(take, direction=Direction()), "voice": replace(take, cast=(replace(role, voice=None),))}


def portrait(script: Script) -> Still:
    """The character's picture: at rest, before another part of its set than the film begins with."""
    part = replace(script.parts[0], moods=(Mood("calm", Span(0.0, script.seconds)),), doings=(), speech=())
    still = replace(script, parts=(part,), camera=Shooting(), seed=script.seed + 1)
    film, _ = Theatre(still).film((CANVAS.width, CANVAS.height), np.array([script.seconds / 2]))
    return Still(film[0])


def _direction(script: Script, looks: bool) -> Direction:
    """The script as a director says it: what lasts in words, everything else as cues."""
    lasting = [clause.words for clause in caption(script) if clause.span is None] if looks else []
    part, whole = script.parts[0], Span(0.0, script.seconds)
    cues = [Cue("emotion", mood.what, mood.span, NAME, mood.intensity) for mood in part.moods]
    cues += [Cue("action", doing.what, doing.span, NAME, doing.intensity) for doing in part.doings]
    pace = 2 / 3 if script.camera.move == "static" else script.camera.speed
    cues.append(Cue("camera", script.camera.move, whole, None, pace))
    return Direction("\n".join(lasting), "", tuple(cues))


def _track(script: Script, sounds: dict[str, Waveform], seconds: float) -> Waveform:
    """The character's voice on the film's clock; silence where it says nothing."""
    track = np.zeros(round(seconds * SOUND_RATE), np.float32)
    for speech in script.parts[0].speech:
        samples, first = sounds[speech.sound].mono, round(speech.start * SOUND_RATE)
        inside = samples[max(0, -first) : max(0, len(track) - first)]
        track[max(0, first) : max(0, first) + len(inside)] += inside
    return Waveform(track[:, None], SOUND_RATE)
