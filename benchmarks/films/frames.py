"""A small fixed set of films, each by the name of what is in it: decoded frames and sound. A refactor must not change them.

Written lossless: x264's lossy frames differ from run to run on the same input.
"""

import hashlib
import time
from functools import partial
from pathlib import Path

from benchmarks.running import EXAMPLES, say, table
from dramatis.clock import Rate, Span
from dramatis.director import direct
from dramatis.engines import build
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, write_sound
from dramatis.media.videos.video import LOSSLESS, read_clip, write_clip
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.runtime.environment import calculate_alike
from dramatis.stage.play.script import WHOLE
from dramatis.stage.play.script_writer import write
from dramatis.stage.rendering import sound_of
from dramatis.stage.sound.voices import line
from dramatis.stage.theatre import Theatre
from dramatis.story import Brief, Canvas, Character

_SECONDS = 1.5
_STAGED = Canvas(256, 144, Rate(24))
_WISH = "Calm at first, then happy: she smiles and nods. The camera slowly pushes in."


def run(folder: Path, quick: bool) -> None:
    """Make the films and print digests of each; `quick` leaves the native one out."""
    say("## Frames\n\n")
    calculate_alike()
    mira, noor, tom = (_voice(name, folder) for name in ("mira", "noor", "tom"))
    pair = str(EXAMPLES / "noor_and_tom.png")
    two = (Character("Noor", pair, voice=noor), Character("Tom", pair, voice=tom))
    briefs = {
        "portrait": Brief((Character("Mira", str(EXAMPLES / "mira.png"), voice=mira),), _WISH, 480),
        "two people": Brief(two, "Noor is excited, Tom nods.", 480),
        "native": Brief((Character("Mira", voice=mira),), _WISH),
    }
    rows = []
    for name, brief in list(briefs.items())[: 2 if quick else 3]:
        started, path = time.monotonic(), folder / f"frames-{name.replace(' ', '-')}.mp4"
        produce(brief, path, Crew(single(partial(build, brief.wants)), direct, encoding=LOSSLESS))
        rows.append([name, *_digests(path), f"{time.monotonic() - started:.0f}"])
    started = time.monotonic()
    rows.append(["stage", *_digests(_staged(folder)), f"{time.monotonic() - started:.0f}"])
    say(table(["film", "frames", "digest of the frames", "digest of the sound", "s"], rows))


def _staged(folder: Path) -> Path:
    """A script of the stage as a film, without its sound."""
    script, path = write(WHOLE, 3, "test", _SECONDS, line), folder / "frames-stage.mp4"
    times = [_STAGED.rate.time(number) for number in range(_STAGED.rate.nearest(_SECONDS))]
    frames, _ = Theatre(script).film((_STAGED.width, _STAGED.height), times)
    write_clip(Footage(_STAGED, Span(0, times[-1]), frames), str(path), LOSSLESS)
    write_sound(sound_of(script), str(path.with_suffix(".wav")))
    return path


def _voice(name: str, folder: Path) -> str:
    """The beginning of an example's voice; returns its path."""
    sound, path = read_sound(str(EXAMPLES / f"{name}.flac")), folder / f"frames-{name}.wav"
    write_sound(Waveform(sound.samples[: round(_SECONDS * sound.rate)], sound.rate), str(path))
    return str(path)


def _digests(film: Path) -> tuple[str, str, str]:
    """How many frames a film has, and names of what is decoded from its picture and its sound."""
    names, count = hashlib.blake2b(digest_size=16), 0
    for frame in read_clip(str(film)).frames:
        names.update(frame.tobytes())
        count += 1
    beside = film.with_suffix(".wav")
    sound = read_sound(str(beside if beside.exists() else film))
    return str(count), names.hexdigest(), hashlib.blake2b(sound.samples.tobytes(), digest_size=16).hexdigest()
