"""Time from a plan to its animatic: a film of 30 s, from pictures and from words."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.running import EXAMPLES, say, table
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, write_sound
from dramatis.story.document import brief_from, located, parse, to_json

_WORDS = "Ann: Hello there! How are you today? Ben: Good morning, I am fine. "
_PROMPT = "Ann waves, Ben nods; in a kitchen. The camera pushes in."


def run(folder: Path, quick: bool) -> None:
    """Draw plans of 30 s (8 s if quick), each with nothing kept from earlier films, and again after it."""
    say("## Animatics\n\n")
    seconds = 8.0 if quick else 30.0
    path = EXAMPLES / "noor_and_tom.json"
    pictured = located(brief_from(parse(path)), path)
    cast = tuple(replace(who, voice=_longer(str(who.voice), folder, seconds / 2)) for who in pictured.cast)
    document = folder / "pictured.json"
    document.write_text(to_json(replace(pictured, cast=cast)), encoding="utf-8")
    words = _WORDS * round(seconds / 6) + _PROMPT
    rows = []
    for name, request in (
        ("two people in a picture", [str(document)]),
        ("two drawn people", ["--engine", "drawn", "--prompt", words]),
    ):
        plan = folder / f"{name.replace(' ', '_')}.json"
        film = str(plan.with_suffix(".mp4"))
        rows.append([name, "plan", *_timed(["plan", *request, "-o", str(plan)], folder)])
        rows += [
            [name, what, *_timed(["plan", str(plan), "--animatic", film], folder)] for what in ("animatic", "the same again")
        ]
    say(table(["film", "what", "wall s", "cpu s"], rows))


def _longer(sound: str, folder: Path, seconds: float) -> str:
    heard = read_sound(sound)
    turns = int(np.ceil(seconds / heard.seconds))
    path = folder / f"{Path(sound).stem}.wav"
    write_sound(Waveform(np.tile(heard.samples, (turns, 1)), heard.rate), str(path))
    return str(path)


def _timed(arguments: list[str], folder: Path) -> list[str]:
    """Seconds of a command, on the clock and of all its processes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    settings = {**os.environ, "DRAMATIS_VAULT": str(folder / "vault")}
    subprocess.run([sys.executable, "-m", "dramatis", *arguments], check=True, stdout=subprocess.DEVNULL, env=settings)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [f"{ended - started:.1f}", f"{work:.1f}"]
