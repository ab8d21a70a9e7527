"""Frames a second that the stage draws on one core, with ground truth, and the cost of masks and other sets.

Seconds are of the processor, not of the clock, so that a busy machine gives nearly the same figure.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.running import say, table
from dramatis.stage.play.script import NATIVE, WHOLE, Repertoire
from dramatis.stage.play.script_writer import write
from dramatis.stage.sound.voices import line
from dramatis.stage.theatre import Theatre

_SECONDS, _FRAMES, _SCRIPTS, _QUICK_SCRIPTS = 2.7, 33, 60, 8
_GOAL = 400  # frames a second and core


@dataclass(frozen=True)
class Case:
    """What is drawn."""

    name: str
    repertoire: Repertoire
    size: tuple[int, int]
    masks: bool = False


CASES = (
    Case("native, 256x144", NATIVE, (256, 144)),
    Case("native, 144x144", NATIVE, (144, 144)),
    Case("native, 256x144, masks", NATIVE, (256, 144), masks=True),
    Case("native, 1280x720", NATIVE, (1280, 720)),
    Case("whole, 256x144", WHOLE, (256, 144)),
)


def run(_folder: Path, quick: bool) -> None:
    """Draw and print frames a second; then scripts a second, with and without the voice bank."""
    say("## Stage\n\n")
    count = _QUICK_SCRIPTS if quick else _SCRIPTS
    rows = []
    for case in CASES:
        rate = _frames_a_second(case, max(4, count // 6) if case.size[0] > 256 else count)
        met = ("✓" if rate >= _GOAL else "✗") if case is CASES[0] else ""
        rows.append([case.name, f"{rate:.0f} {met}"])
    say(table(["drawn with truth", f"frames / s and core (goal {_GOAL})"], rows))
    babbled = _seconds(lambda: [write(NATIVE, number, "train", _SECONDS) for number in range(count)])
    spoken = _seconds(lambda: [write(NATIVE, number, "train", _SECONDS, line) for number in range(count)])
    say(f"scripts a second: {count / babbled:.0f} without voices, {count / spoken:.0f} with (synthesis left out)\n\n")


def _frames_a_second(case: Case, count: int) -> float:
    times = np.linspace(0, _SECONDS, _FRAMES)
    scripts = [write(case.repertoire, number, "train", _SECONDS) for number in range(count + 2)]
    for script in scripts[:2]:
        Theatre(script).film(case.size, times)
    taken = _seconds(lambda: [Theatre(script).film(case.size, times, case.masks) for script in scripts[2:]])
    return count * _FRAMES / taken


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
