"""What captions cost: CPU time of clips encoded with them, as a ratio to the same clips without; and of other formats."""

import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.running import EXAMPLES, say, table
from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.pictures.captioned_frames import Caption, Captions, LitWord, captioned
from dramatis.media.pictures.fonts import font_for
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.sound import Waveform
from dramatis.media.still import Pixels
from dramatis.media.videos.exports import ENDINGS, exporter
from dramatis.media.videos.video import FINAL, write_clip
from dramatis.story import Canvas

_LINES = ("I never said that the train would leave it", "before nine, did I? It was only a guess it")
_WORDS, _SECONDS = 14, 4.0


def run(folder: Path, quick: bool) -> None:
    """Encode clips of a picture that moves, and print what they took."""
    say("## Captions and formats\n\n")
    rows = [_row(folder, *size, 50 if quick else 100) for size in ((1280, 720), (1920, 1080))[: 1 if quick else 2]]
    say(table(["size", "none, ms a frame", "plain", "box", "words"], rows))
    say("\n" + table(["format", "ms a frame", "MB"], _formats(folder)) + "\n")


def _row(folder: Path, width: int, height: int, count: int) -> list[str]:
    canvas = Canvas(width, height, Rate(25))
    bare = _milliseconds(lambda: _encoded(folder, canvas, count, None), count)
    costs = [
        _milliseconds(lambda style=style: _encoded(folder, canvas, count, style), count) for style in ("plain", "box", "words")
    ]
    return [f"{width}x{height}", f"{bare:.1f}", *(f"{cost:.1f} ({cost / bare:.2f})" for cost in costs)]


def _formats(folder: Path) -> list[list[str]]:
    canvas, count = Canvas(640, 360, Rate(25)), 50
    joined = _encoded(folder, canvas, count, "words")
    silence = Waveform(np.zeros((2 * 48000, 2), np.float32), 48000)
    rows = []
    for ending in ENDINGS[1:]:
        film = folder / f"captions-film{ending}"
        export = exporter(film, silence, canvas)
        if export is not None:
            cost = _milliseconds(lambda export=export: export(joined), count)
            size = sum(path.stat().st_size for path in folder.rglob("captions-film*") if path.is_file() and ending in path.name)
            rows.append([ending, f"{cost:.1f}", f"{size / 1e6:.2f}"])
    return rows


def _encoded(folder: Path, canvas: Canvas, count: int, style: str | None) -> Path:
    frames: Iterator[Pixels] = islice(_moving(canvas), count)
    if style is not None:
        frames = captioned(frames, 0, canvas.rate, _captions(style))
    path = folder / f"captions-{canvas.height}-{style}.mp4"
    write_clip(Footage(canvas, Span(0, (count - 1) / 25), frames), str(path), FINAL)
    return path


def _captions(style: str) -> Captions:
    step = _SECONDS / _WORDS
    words = tuple(LitWord(Span(at * step, (at + 1) * step), at % 2, 0, 7) for at in range(_WORDS))
    return Captions(style, font_for("".join(_LINES)), (Caption(Span(0, _SECONDS), _LINES, words),))  # type: ignore[arg-type]  # a word of a Literal type


def _moving(canvas: Canvas) -> Iterator[Pixels]:
    import cv2

    still = cv2.resize(read_still(str(EXAMPLES / "mira.png")).pixels, (canvas.width, canvas.height))
    shift = 0
    while True:
        yield np.roll(still, shift, axis=1)
        shift += 1


def _milliseconds(work: Callable[[], object], count: int) -> float:
    """CPU time of a frame, the better of two tries."""
    found = []
    for _ in range(2):
        started = time.process_time()
        work()
        found.append((time.process_time() - started) * 1000 / count)
    return min(found)
