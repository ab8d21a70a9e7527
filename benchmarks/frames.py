"""A small fixed set of films, each by the name of what is in it: decoded frames and sound. A refactor must not change them."""

import hashlib
import time
from pathlib import Path

from benchmarks.running import EXAMPLES, make, say, table
from dramatis.clock import Rate
from dramatis.media.sound import Waveform
from dramatis.media.sounds import read_sound, write_sound
from dramatis.media.video import read_clip
from dramatis.stage.casting import write
from dramatis.stage.script import WHOLE
from dramatis.stage.showing import film
from dramatis.stage.voices import line

_SECONDS = 1.5
_PAIR = str(EXAMPLES / "noor_and_tom.png")


def run(folder: Path, quick: bool) -> None:
    """Make the films and print a digest of each; `quick` leaves the native one out."""
    say("## Frames\n\n")
    voices = {name: _voice(name, folder) for name in ("mira", "noor", "tom")}
    wish = ("--prompt", "Calm at first, then happy: she smiles and nods. The camera slowly pushes in.")
    pair = ("--portrait", _PAIR, "--voice", voices["noor"], "--voice", voices["tom"], "--prompt", "Noor is excited, Tom nods.")
    films = {
        "portrait": ("--portrait", str(EXAMPLES / "mira.png"), "--voice", voices["mira"], *wish, "--size", "480p"),
        "two people": (*pair, "--size", "480p"),
        "native": ("--engine", "native", "--voice", voices["mira"], *wish),
    }
    rows = []
    for name, words in films.items():
        if quick and name == "native":
            continue
        path = folder / f"frames-{name.replace(' ', '-')}.mp4"
        seconds = make(path, *words).seconds
        rows.append([name, *_digests(path), f"{seconds:.0f}"])
    started, path = time.monotonic(), folder / "frames-stage.mp4"
    film(write(WHOLE, 3, "test", _SECONDS, line), path, (256, 144), Rate(24))
    rows.append(["stage", *_digests(path), f"{time.monotonic() - started:.0f}"])
    say(table(["film", "frames", "digest of the frames", "digest of the sound", "s"], rows))


def _voice(name: str, folder: Path) -> str:
    """The beginning of an example's voice; returns its path."""
    sound, path = read_sound(str(EXAMPLES / f"{name}.flac")), folder / f"frames-{name}.wav"
    write_sound(Waveform(sound.samples[: round(_SECONDS * sound.rate)], sound.rate), str(path))
    return str(path)


def _digests(film: Path) -> tuple[str, str, str]:
    """How many frames a film has, and names of what is decoded from its picture and its sound."""
    frames, count = hashlib.blake2b(digest_size=16), 0
    for count, frame in enumerate(read_clip(str(film)).frames, 1):  # noqa: B007 - the last number is the count
        frames.update(frame.tobytes())
    sound = hashlib.blake2b(read_sound(str(film)).samples.tobytes(), digest_size=16)
    return str(count), frames.hexdigest(), sound.hexdigest()
