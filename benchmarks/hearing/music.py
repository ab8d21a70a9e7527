"""Voices over music, and music alone, with ground truth: the mouth must follow the voice and nothing else.

Spoken and sung lines of the stage that nobody trained on, with the exact times of their phones, mixed with accompaniment of
seeds and instruments that nobody trained on. Measured on the score, before anything is filmed; the truth is the mouth of the
phones (`stage.people.mouths`), not what the detectors say of themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.running import say, table
from dramatis.evaluation.film.measures import largest, motion
from dramatis.media.sound import Waveform
from dramatis.speech.mouthshapes import SAMPLE_RATE, loudness_of
from dramatis.speech.score import MOUTH, RATE, Score, score
from dramatis.stage.people.mouths import mouth_track
from dramatis.stage.sound import orchestra, singing, speech_to_song, voices

_LEVELS = (None, 10, 5, 0)  # dB of the voice over the music; None: no music
_LEAD, _REST = 1.2, 0.8  # s of music before and after each line
_AWAY = 0.15  # s that a pause is away from speech
_KINDS: dict[str, Callable[[int, voices.Split], voices.VoiceLine]] = {
    "spoken": voices.line,
    "sung": speech_to_song.line,
    "hummed": singing.line,
}
Curve = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Case:
    """Two lines one after the other with pauses around them; `opening` and `active` are the truth at `RATE`."""

    sound: NDArray[np.float32]
    opening: Curve
    active: NDArray[np.bool_]


def run(_folder: Path, quick: bool) -> None:
    """Print a row for each kind of voice and level, and one for each kind of sound without a voice."""
    say("## Voices over music\n\n")
    rows = []
    for kind in _KINDS:
        found: dict[int | None, list[list[float]]] = {level: [] for level in _LEVELS}
        for number in range(2 if quick else 8):
            case = _case(kind, number)
            clean = opening(score(Waveform(case.sound[:, None], SAMPLE_RATE)))
            for level in _LEVELS:
                found[level].append(_figures(case, clean, level, number))
        rows += [_row(kind, level, values) for level, values in found.items()]
    head = ["voice", "over music", "r to the clean mouth", "r to the truth", "motion in pauses", "precision", "recall"]
    say(table(head, rows))
    say("\n" + table(["without a voice", "frames with an open mouth"], _without(2 if quick else 6)))


def opening(found: Score) -> Curve:
    """How far the lips are apart."""
    jaw, press, lower = (found.mouth[:, MOUTH.index(name)] for name in ("jaw", "press", "lower"))
    return np.asarray(jaw * (1 - press) + 0.3 * lower, np.float64)


def _case(kind: str, number: int) -> Case:
    sounds, phones, at = [np.zeros(round(_LEAD * SAMPLE_RATE), np.float32)], list[tuple[str, float, float]](), _LEAD
    for line in (_KINDS[kind](500 + 2 * number + k, "test") for k in range(2)):
        sounds += [line.sound.mono, np.zeros(round(_REST * SAMPLE_RATE), np.float32)]
        phones += [(label, at + start, at + end) for label, start, end in line.phones]
        at += line.sound.seconds + _REST
    sound = np.concatenate(sounds)
    mouth = mouth_track(phones, len(sound) / SAMPLE_RATE, loudness_of(sound))
    active = np.zeros(len(sound) * RATE // SAMPLE_RATE + 1, np.bool_)
    for _, start, end in phones:
        active[round(start * RATE) : round(end * RATE)] = True
    jaw, press, lower = (mouth[: len(active), MOUTH.index(name)] for name in ("jaw", "press", "lower"))
    return Case(sound, np.asarray(jaw * (1 - press) + 0.3 * lower, np.float64), active)


def _figures(case: Case, clean: Curve, level: int | None, number: int) -> list[float]:
    """Correlations, motion in pauses, precision and recall."""
    found = score(Waveform(_mixed(case, level, number)[:, None], SAMPLE_RATE))
    mouth, count = opening(found), min(len(case.opening), len(found.mouth))
    reach = np.ones(2 * round(_AWAY * RATE) + 1)
    pause = np.convolve(case.active, reach, mode="same") < 0.5
    inner = np.convolve(~case.active, reach, mode="same") < 0.5
    heard = found.speech[: len(pause)]
    right, wrong = float((heard & case.active).sum()), float((heard & pause).sum())
    return [
        float(np.corrcoef(mouth[:count], clean[:count])[0, 1]),
        float(np.corrcoef(mouth[:count], case.opening[:count])[0, 1]),
        motion(mouth[:count], pause[:count], largest(mouth)) or 0.0,
        right / max(1.0, right + wrong),
        float(heard[inner].mean()),
    ]


def _mixed(case: Case, level: int | None, number: int) -> NDArray[np.float32]:
    if level is None:
        return case.sound
    make = _reeds if number % 2 else _music
    music = make(len(case.sound) / SAMPLE_RATE + 0.1, number)
    loud = case.sound[np.repeat(case.active, SAMPLE_RATE // RATE)[: len(case.sound)]]
    scale = float(loud.std()) / float(music.std()) * 10 ** (-level / 20)
    mix = case.sound + scale * music[: len(case.sound)]
    return np.asarray(mix / max(1.0, float(np.abs(mix).max())), np.float32)


def _music(seconds: float, number: int) -> NDArray[np.float32]:
    return orchestra.music(seconds, np.random.default_rng([77, number]))


def _reeds(seconds: float, number: int, talks: bool = False) -> NDArray[np.float32]:
    """Chords of reeds that beat, no instrument of the stage's orchestra; `talks`: behind a filter that opens like a mouth."""
    draw = np.random.default_rng([78, number])
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    track, at = np.zeros(len(times)), 0.0
    while at < seconds:
        lasts, root = float(draw.uniform(0.5, 1.6)), float(draw.uniform(45, 57))
        inside = (times >= at) & (times < at + lasts)
        here = times[inside] - at
        held = np.clip(np.minimum(here, lasts - here) / 0.03, 0, 1)
        for step in (0, draw.choice([3, 4]), 7):
            hertz = 440 * 2 ** ((root + step - 69) / 12)
            for k in range(1, int(5000 / hertz)):
                opens = 1 / (1 + ((k * hertz - 500 - 900 * np.sin(np.pi * here / lasts)) / 300) ** 2) if talks else 1 / k
                beats = np.sin(2 * np.pi * k * hertz * here) + np.sin(2 * np.pi * k * (hertz + 1.7) * here)
                track[inside] += held * opens * beats
        at += lasts
    return (0.1 * track / track.std()).astype(np.float32)


def _row(kind: str, level: int | None, values: list[list[float]]) -> list[str]:
    clean, truth, moved, precision, recall = np.mean(values, axis=0)
    over = "none" if level is None else f"{level} dB"
    return [
        kind,
        over,
        f"{clean:.2f}",
        f"{truth:.2f}",
        f"{100 * moved:.1f} %",
        f"{100 * precision:.1f} %",
        f"{100 * recall:.1f} %",
    ]


def _without(count: int) -> list[list[str]]:
    sounds: dict[str, Callable[[int], NDArray[np.float32]]] = {"music": lambda number: _music(8.0, 100 + number)}
    sounds["reeds"] = lambda number: _reeds(8.0, 100 + number)
    sounds["a filter that opens like a mouth"] = lambda number: _reeds(8.0, 100 + number, talks=True)
    for kind in orchestra.NOISES:
        sounds[kind] = lambda number, kind=kind: orchestra.noise(8.0, np.random.default_rng([79, number]), kind)
    rows = []
    for name, make in sounds.items():
        tracks = [opening(score(Waveform(make(number)[:, None], SAMPLE_RATE))) > 0.02 for number in range(count)]
        rows.append([name, f"{100 * float(np.mean(np.concatenate(tracks))):.1f} %"])
    return rows
