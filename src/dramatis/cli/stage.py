"""`dramatis stage`: contact sheets and films of the stage."""

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path

from dramatis.clock import Rate
from dramatis.errors import BriefError, EngineError
from dramatis.media.files import check_folder

_RATE = Rate(24)
_PICTURES = (".png", ".jpg", ".jpeg")
_MOST_SECONDS, _MOST_SCRIPTS, _MOST_PIXELS = 60.0, 100, 4096


@dataclass(frozen=True)
class StageOptions:
    """Which scripts of the stage to show."""

    number: int
    count: int
    split: str
    repertoire: str
    size: str
    seconds: float


def stage(options: StageOptions, output: Path) -> None:
    """Write a contact sheet (.png, .jpg) or films with ground truth (.mp4); print where they are."""
    _check(options, output)
    if importlib.util.find_spec("skia") is None:
        raise EngineError(
            f"The stage draws with skia, which is not installed; install it: {sys.executable} -m pip install skia-python"
        )
    from dramatis.media.pictures.picture_files import write_still
    from dramatis.stage.play.script import NATIVE, WHOLE
    from dramatis.stage.play.script_writer import SPLITS, write
    from dramatis.stage.rendering import film, sheet
    from dramatis.stage.sound.voices import line

    split = SPLITS[SPLITS.index(options.split)]
    repertoire, size = NATIVE if options.repertoire == "native" else WHOLE, _size(options.size)
    numbers = range(options.number, options.number + options.count)
    scripts = [(f"{split} {number}", write(repertoire, number, split, options.seconds, line)) for number in numbers]
    if output.suffix.lower() in _PICTURES:
        write_still(sheet(scripts, size), str(output))
        print(f"{output} shows scripts {numbers[0]} to {numbers[-1]} of {split}")
        return
    for number, (_, script) in zip(numbers, scripts, strict=True):
        path = output if options.count == 1 else output.with_name(f"{output.stem}-{number}{output.suffix}")
        film(script, path, size, _RATE)
        print(f"{path} ({options.seconds:g} s), and its truth in {path.with_suffix('.json').name}")


def _check(options: StageOptions, output: Path) -> None:
    """Raises `BriefError` or `OutputError` for invalid options."""
    if options.split not in {"train", "validation", "test"}:
        raise BriefError(f'"{options.split}" is no split of the stage; say --split train, validation or test.')
    if options.repertoire not in {"native", "whole"}:
        raise BriefError(f'"{options.repertoire}" is no repertoire of the stage; say --repertoire native or whole.')
    if options.number < 0 or not 1 <= options.count <= _MOST_SCRIPTS:
        raise BriefError(
            f"Scripts are numbered from 0 and shown 1 to {_MOST_SCRIPTS} at a time, not {options.count} from {options.number}."
        )
    if not 0.5 <= options.seconds <= _MOST_SECONDS:
        raise BriefError(f"A script of the stage lasts 0.5 to {_MOST_SECONDS:g} seconds, not {options.seconds:g}.")
    if output.suffix.lower() not in {*_PICTURES, ".mp4"}:
        raise BriefError(f"The stage is shown as .png or .jpg (a contact sheet) or .mp4 (films), not as {output.name}.")
    check_folder(output)


def _size(text: str) -> tuple[int, int]:
    """Width and height; raises `BriefError`."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise BriefError(f'"{text}" is not a size; give it as 256x144.')
    size = int(width), int(height)
    if not all(32 <= side <= _MOST_PIXELS and side % 2 == 0 for side in size):
        raise BriefError(f"The stage is drawn 32 to {_MOST_PIXELS} pixels wide and high, both even, not {text}.")
    return size
