"""Time to plan a five-minute voice, and whether two plans are equal."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.running import EXAMPLES, say, table
from dramatis.director import direct
from dramatis.engines import build
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, write_sound
from dramatis.production.assets import Assets
from dramatis.production.storyboard import write
from dramatis.story import Brief, Character
from dramatis.story.document import to_json

PROMPT = "At first she is calm; then she grows angrier and shakes her head; finally she is sad. The camera slowly pushes in."


def run(folder: Path, quick: bool) -> None:
    """Plan voices of one and of five minutes, each twice."""
    say("## Planning\n\n")
    rows = []
    for minutes in (1,) if quick else (1, 5):
        voice = _voice(folder / f"{minutes}.wav", 60.0 * minutes)
        brief = Brief((Character("Mira", str(EXAMPLES / "mira.png"), voice=voice),), PROMPT, size=360)
        made = []
        for again in range(2):
            wall, work = time.monotonic(), time.process_time()
            assets = Assets()
            storyline, _ = write(replace(brief, seed=1), {"Mira": voice}, assets, build("portrait").limits, direct)
            took = (time.monotonic() - wall, time.process_time() - work)
            made.append(to_json(storyline))
            times = [f"{value:.1f}" for value in took]
            rows.append([f"{minutes} min", f"{again + 1}", *times, str(len(storyline.shots)), str(made[0] == made[-1])])
    say(table(["voice", "run", "wall s", "cpu s", "shots", "the same"], rows))


def _voice(path: Path, seconds: float) -> str:
    sound = read_sound(str(EXAMPLES / "mira.flac"))
    turns = int(np.ceil(seconds / sound.seconds))
    samples = np.concatenate([sound.samples * (0.5 + 0.5 * (turn % 3) / 2) for turn in range(turns)])
    write_sound(Waveform(np.asarray(samples[: round(seconds * sound.rate)], np.float32), sound.rate), str(path))
    return str(path)
