"""Films drawn from words: work a second of film beside encoding alone, the first second to watch, mouths against the truth.

`python -m benchmarks drawn`; two people in one take of 60 s. A camera that pushes in does so for the first 5 s and then stands,
so that the set is drawn once; one that is held in the hand moves in every frame. Voices are recordings, whose words are
recognised first where that is installed. Mouths are those of the voice bank's test lines, whose phones are known: once told to
the engine, as for lines that we speak, and once not, as for recordings.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.running import EXAMPLES, Run, make, say, table
from benchmarks.speed import Case, voice_of_length, x264_alone
from dramatis.clock import Rate, Span
from dramatis.engines.drawn.shot_script import script_of
from dramatis.engines.drawn.spoken_lines import mouths
from dramatis.media.sound import Waveform
from dramatis.media.value_cache import NOWHERE
from dramatis.stage.people.acting import perform
from dramatis.stage.people.figure import Placement, landmarks
from dramatis.stage.sound.voices import VoiceLine, line
from dramatis.story import Canvas
from dramatis.take import Role, Take

CASES = (
    Case("720p25", "720p", 25, 0.4),
    Case("1080p25", "1080p", 25, 0.8),
    Case("1080p48", "1080p", 48, 1.3),
    Case("4K25", "4k", 25, 3.5),
)
_SECONDS, _QUICK = 60.0, 6.0
_PROMPT = "Noor and Tom talk in a park, in one take. Tom is calm, then excited."
_MOVES = (
    ("pushes in for 5 s", "The camera slowly pushes in.", CASES),
    ("moves all the time", "Handheld camera.", CASES[:2]),
)
"""What the camera does, how that is said, and at which sizes."""
_SCRIPT = "Cat: Hello there! Robot: Good morning. The cat waves; the robot is confused. In a kitchen, in the rain."
_FIRST_GOAL = 4.0  # s from words to a second of film
_LINES, _LEAST = 20, 0.95
_FPS, _LAGS = 25, 4


def run(folder: Path, quick: bool) -> None:
    """Make the films and print what they took."""
    say("## Drawn\n\n")
    _speed(folder, quick)
    films = [make(folder / f"first-{number}.mp4", "--prompt", _SCRIPT) for number in range(1 if quick else 3)]
    first = min(film.first or film.seconds for film in films)
    say(f"words to the first second on the screen: {first:.1f} s {_mark(first <= _FIRST_GOAL)} (goal {_FIRST_GOAL:g} s)\n\n")
    _mouths(4 if quick else _LINES)


def _speed(folder: Path, quick: bool) -> None:
    seconds = _QUICK if quick else _SECONDS
    voices = [
        voice_of_length(folder / f"{name}-{seconds / 2:.0f}.wav", seconds / 2, EXAMPLES / f"{name}.flac")
        for name in ("noor", "tom")
    ]
    words = [word for voice in voices for word in ("--voice", str(voice))]
    rows = []
    for camera, said, cases in _MOVES:
        for case in cases:
            film = folder / f"drawn-{case.name}.mp4"
            made = make(film, *words, "--prompt", f"{_PROMPT} {said}", "--size", f"{case.size}@{case.fps}")
            rows.append([case.name, camera, *_figures(case, made, seconds, x264_alone(film, folder / "alone.mp4"))])
            say(f"{case.name}, the camera {camera}: {made.seconds:.1f} s for {seconds:.0f} s of film\n")
    head = [
        "film", "camera", "wall s / film s", "goal", "processor s / film s", "x264 veryfast alone", "ratio",
        "first playable second", "peak MB (PSS)",
    ]  # fmt: skip
    say("\n" + table(head, rows))


def _figures(case: Case, made: Run, seconds: float, alone: float) -> list[str]:
    cost, first = made.seconds / seconds, "-" if made.first is None else f"{made.first:.1f} s"
    return [
        f"{cost:.2f} {_mark(cost <= case.goal)}", f"{case.goal:g}", f"{made.processor / seconds:.2f}", f"{alone:.2f}",
        f"{cost / alone:.1f}", first, f"{made.shared:.0f}",
    ]  # fmt: skip


def _mouths(count: int) -> None:
    rows = []
    for name, told in (("phones known", True), ("from the voice alone", False)):
        found = [_mouth(line(number, "test"), told) for number in range(count)]
        correlations, lags, listening = (np.array(values) for values in zip(*found, strict=True))
        rows.append(
            [
                name, f"{np.median(correlations):.3f} {_mark(np.median(correlations) >= _LEAST)}", f"{correlations.min():.3f}",
                f"{np.median(lags):+.0f}", f"{100 * listening.max():.1f} %",
            ]
        )  # fmt: skip
    say(table(["mouths", "correlation with the truth, median", "least", "lag, frames", "listener's opening"], rows))


def _mouth(spoken: VoiceLine, told: bool) -> tuple[float, int, float]:
    """Correlation of the drawn opening with the true one at its best lag, that lag, and how far the listener's mouth opens."""
    samples = np.pad(spoken.sound.mono, (0, spoken.sound.rate))
    voice = Waveform(samples[:, None].astype(np.float32), spoken.sound.rate)
    length = len(samples) / spoken.sound.rate
    speaker = Role("Ada", voice=voice, words="a woman with no glasses", phones=tuple(spoken.phones))
    listener = Role("Bo", words="a man with no beard, no glasses")
    true = Take(Canvas(640, 360, Rate(_FPS)), Span(0.0, length), (speaker, listener))
    shown = true if told else replace(true, cast=(replace(speaker, phones=()), listener))
    truth, drawn = _opening(true, 0, spoken), _opening(shown, 0)
    lags = range(-_LAGS, _LAGS + 1)
    inner = slice(_LAGS, len(truth) - _LAGS)
    found = [float(np.corrcoef(truth[inner], np.roll(drawn, -lag)[inner])[0, 1]) for lag in lags]
    best = int(np.argmax(found))
    return found[_LAGS], lags[best], float(_opening(shown, 1).max())


def _opening(take: Take, number: int, truth: VoiceLine | None = None) -> NDArray[np.float64]:
    """The opening of somebody's lips as drawn, in heads, at every frame; `truth`: as the stage draws its phones."""
    script, times = script_of(take, NOWHERE), take.times
    if truth is not None:
        part = script.parts[number]
        spoken = replace(part.speech[0], start=0.0, phones=tuple(truth.phones), loudness=truth.loudness)
        script = replace(script, parts=(replace(part, speech=(spoken,)), *script.parts[1:]))
        poses = perform(script, times)[number]
    else:
        poses = perform(script, times, mouths(take.cast, take.span))[number]
    person = script.parts[number].person
    return np.array([landmarks(person, pose, Placement((0.0, 0.0), 1.0)).opening for pose in poses])


def _mark(met: object) -> str:
    return "✓" if met else "✗"
