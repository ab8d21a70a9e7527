"""Wall time per second of film, whole command, compared with x264 alone on the same frames in the same run.

Also: time to the first playable second, peak memory of a long film, and the start of the command line.
"""

import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path

import numpy as np

from benchmarks.running import EXAMPLES, Run, make, say, table
from dramatis.clock import Span
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, write_sound
from dramatis.media.videos.video import Encoding, read_clip, write_clip

_ALONE = Encoding(crf=17, preset="veryfast", threads=0)
_ALONE_SECONDS = 6.0  # of film that x264 encodes alone
_HELD = 600e6  # bytes of frames that are held for it
_HEAVY = ("torch", "mediapipe", "cv2", "av", "scipy")


@dataclass(frozen=True)
class Case:
    """One size and rate, and what a benchmark asks of it: its `goal`, and seconds to the first playable second (0: nothing)."""

    name: str
    size: str
    fps: int
    goal: float
    first: float = 0.0


CASES = (
    Case("720p25", "720p", 25, 2.0, 3.0),
    Case("1080p25", "1080p", 25, 1.5, 4.0),
    Case("1080p48", "1080p", 48, 1.5, 4.0),
    Case("4K25", "4k", 25, 1.5, 7.0),
)
_SECONDS, _QUICK_SECONDS, _LONG_SECONDS = 60.0, 6.0, 300.0
_LONG_GOAL = 1500  # MB
_AGAIN_SECONDS, _AGAIN_GOAL = 20.0, 1.5  # of a portrait's second film; until its first second can be played
_HELP_GOAL = 0.4  # seconds


def run(folder: Path, quick: bool) -> None:
    """Make the films and print what they took."""
    say("## Speed\n\n")
    _help()
    seconds = _QUICK_SECONDS if quick else _SECONDS
    voice = voice_of_length(folder / f"voice-{seconds:.0f}.wav", seconds)
    rows = []
    for case in CASES[:1] if quick else CASES:
        film = folder / f"speed-{case.name}.mp4"
        made = _made(film, voice, case)
        alone = x264_alone(film, folder / "alone.mp4")
        rows.append(_row(case, made, seconds, alone))
        say(f"{case.name}: {made.seconds:.1f} s for {seconds:.0f} s of film\n")
    head = [
        "film",
        "wall s / film s",
        "x264 veryfast alone",
        "ratio",
        "first playable second",
        "peak MB (PSS / RSS)",
    ]
    say("\n" + table(head, rows))
    _again(folder)
    if not quick:
        _long(folder)


def _row(case: Case, made: Run, seconds: float, alone: float) -> list[str]:
    cost = made.seconds / seconds
    return [
        f"{case.name}, {seconds:.0f} s",
        f"{cost:.2f}",
        f"{alone:.2f}",
        f"{cost / alone:.2f} (goal {case.goal:g}) {_mark(cost <= case.goal * alone)}",
        _first(made, case.first),
        f"{made.shared:.0f} / {made.resident:.0f}",
    ]


def _first(made: Run, goal: float) -> str:
    """When a second of the film could be played."""
    return "finished before" if made.first is None else f"{made.first:.2f} s (goal {goal:g}) {_mark(made.first <= goal)}"


def _again(folder: Path) -> None:
    """A portrait's second film, with another voice: faces, mattes and rig are there."""
    vault = folder / "again.vault"
    for name, voice in (("first", "mira"), ("second", "noor")):
        said = voice_of_length(folder / f"{name}.wav", _AGAIN_SECONDS, EXAMPLES / f"{voice}.flac")
        made = _made(folder / f"{name}.mp4", said, CASES[0], vault)
        goal = CASES[0].first if name == "first" else _AGAIN_GOAL
        say(f"{name} film of a portrait, {CASES[0].name}: a second can be played after {_first(made, goal)}, ")
        say(f"{made.processor:.1f} processor s for {_AGAIN_SECONDS:.0f} s\n\n")
    shutil.rmtree(vault)


def _long(folder: Path) -> None:
    voice = voice_of_length(folder / "voice-long.wav", _LONG_SECONDS)
    case = CASES[2]
    made = _made(folder / "speed-long.mp4", voice, case)
    say(
        f"{_LONG_SECONDS:.0f} s at {case.name}: peak memory {made.shared:.0f} MB (PSS; RSS {made.resident:.0f} MB), "
        f"goal {_LONG_GOAL} MB {_mark(made.shared <= _LONG_GOAL)}; {made.seconds / _LONG_SECONDS:.2f} s a second of film\n\n"
    )


def _made(film: Path, voice: Path, case: Case, vault: Path | None = None) -> Run:
    words = ["--portrait", str(EXAMPLES / "mira.png"), "--voice", str(voice), "--size", f"{case.size}@{case.fps}"]
    return make(film, *words, vault=vault)


def voice_of_length(path: Path, seconds: float, said: Path = EXAMPLES / "mira.flac") -> Path:
    """A voice, with a pause of a second after it, again and again."""
    sound = read_sound(str(said))
    turn = np.pad(sound.samples, ((0, sound.rate), (0, 0)))
    times = int(np.ceil(seconds * sound.rate / len(turn)))
    write_sound(Waveform(np.tile(turn, (times, 1))[: round(seconds * sound.rate)], sound.rate), str(path))
    return path


def x264_alone(film: Path, scratch: Path) -> float:
    """Seconds that x264 veryfast takes alone, all cores, for a second of the same film; frames come from memory, to and fro."""
    clip = read_clip(str(film))
    rate = clip.canvas.rate
    room = max(8, int(_HELD / (clip.canvas.width * clip.canvas.height * 3)))
    held = list(islice(clip.frames, min(room, rate.nearest(_ALONE_SECONDS))))
    count = rate.nearest(_ALONE_SECONDS)
    frames = islice(cycle(chain(held, reversed(held))), count)
    started = time.monotonic()
    write_clip(Footage(clip.canvas, Span(0, rate.time(count - 1)), frames), str(scratch), _ALONE)
    seconds = time.monotonic() - started
    scratch.unlink()
    return seconds / rate.time(count)


def _help() -> None:
    """How long `--help` takes, and which heavy packages it loads."""
    times = []
    for _ in range(5):
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", "dramatis", "--help"], check=True, capture_output=True)
        times.append(time.monotonic() - started)
    program = (
        "import sys; sys.argv = ['dramatis', '--help']\n"
        "try:\n    from dramatis.cli import main; main()\n"
        "except SystemExit: pass\n"
        f"sys.stderr.write(' '.join(name for name in {_HEAVY!r} if name in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stderr.strip()
    middle = statistics.median(times)
    say(f"`--help`: {middle:.2f} s (goal {_HELP_GOAL} s) {_mark(middle <= _HELP_GOAL)}; heavy packages: {said or 'none'}\n\n")


def _mark(met: bool) -> str:
    return "✓" if met else "✗"
