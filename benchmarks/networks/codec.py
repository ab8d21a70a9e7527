"""`python -m benchmarks.networks.codec [WEIGHTS] [--films N] [--sheet PNG]`: what the codec loses, how fast it is.

Held-out stage films at 256x144. Flicker is how much the shown frames change from one to the next, in grey levels of 255, where
the drawn ones change by less than one level: a still wall should stand still.
"""

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.running import SAMPLES
from dramatis.models.codec import SHIPPED, Codec, load
from dramatis.stage.play.script import NATIVE
from dramatis.stage.play.script_writer import write
from dramatis.stage.theatre import Theatre

SIZE, FRAMES, RATE, SECONDS = (256, 144), 33, 12, 3.0
REPEATS = 3


@dataclass(frozen=True)
class Sample:
    """A film and what the codec made of it: `T 3 H W` in [-1, 1]; mouths `T 4` in pixels."""

    drawn: Tensor
    shown: Tensor
    mouths: NDArray[np.float32]


def sample(codec: Codec, number: int) -> Sample:
    """A held-out film by its number, through the codec."""
    frames, truth = Theatre(write(NATIVE, number, "test", SECONDS)).film(SIZE, np.arange(FRAMES) / RATE)
    drawn = torch.from_numpy(frames).movedim(-1, 1).float() / 127.5 - 1
    return Sample(drawn, codec.decode(codec.encode(drawn[None]))[0], truth.mouths[:, 0])


def decibels(error: Tensor) -> float:
    """PSNR of errors of a signal in [-1, 1]."""
    return float(10 * torch.log10(4 / error.square().mean()))


def at_mouths(found: Sample) -> Tensor:
    """All errors within the mouths' boxes, two pixels wider on each side."""
    _, _, height, width = found.drawn.shape
    parts = []
    for drawn, shown, box in zip(found.drawn, found.shown, found.mouths.round().astype(int), strict=True):
        left, top = np.clip(box[:2] - 2, 0, (width, height))
        right, bottom = np.clip(box[2:] + 2, 0, (width, height))
        parts.append((shown - drawn)[:, top:bottom, left:right].flatten())
    return torch.cat(parts)


def flicker(found: Sample) -> float:
    """Grey levels from frame to frame, where the drawn frames stand still."""
    still = found.drawn.diff(dim=0).abs().amax(1) < 1 / 127.5
    change = found.shown.diff(dim=0).abs().mean(1)
    return float(change[still].mean() * 127.5)


def speeds(codec: Codec) -> tuple[float, float]:
    """Frames a second of encoding and of decoding, the best of some turns."""
    frames = torch.rand(1, FRAMES, 3, SIZE[1], SIZE[0]) * 2 - 1
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        latents = codec.encode(frames)
        between = time.perf_counter()
        codec.decode(latents)
        taken.append((between - begun, time.perf_counter() - between))
    encoding, decoding = (FRAMES / min(times) for times in zip(*taken, strict=True))
    return encoding, decoding


def photo(codec: Codec, path: Path) -> float:
    """PSNR of a picture, 144 pixels high."""
    picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
    width = round(picture.shape[1] / picture.shape[0] * 144 / 16) * 16
    small = torch.from_numpy(cv2.resize(picture, (width, 144), interpolation=cv2.INTER_AREA)).movedim(-1, 0).float() / 127.5 - 1
    return decibels(codec.decode(codec.encode(small[None, None]))[0, 0] - small)


def write_sheet(path: Path, samples: Iterable[Sample]) -> None:
    """Drawn and shown side by side with the mouth enlarged, one film a row."""
    rows = []
    for found in samples:
        middle = FRAMES // 2
        x, y = found.mouths[middle].reshape(2, 2).mean(0).astype(int).clip((24, 24), (SIZE[0] - 24, SIZE[1] - 24))
        pair = [((frames[middle].movedim(0, -1) + 1) * 127.5).byte().numpy() for frames in (found.drawn, found.shown)]
        mouths = [cv2.resize(frame[y - 24 : y + 24, x - 24 : x + 24], (288, 288)) for frame in pair]
        rows.append(np.concatenate([cv2.resize(frame, (512, 288)) for frame in pair] + mouths, 1))
    cv2.imwrite(str(path), cv2.cvtColor(np.concatenate(rows), cv2.COLOR_RGB2BGR))


@torch.inference_mode()
def run(weights: Path, films: int, sheet: Path | None) -> None:
    """Measure and print."""
    codec = load(weights)
    samples = [sample(codec, number) for number in range(films)]
    whole = np.mean([decibels(found.shown - found.drawn) for found in samples])
    mouths = np.mean([decibels(at_mouths(found)) for found in samples])
    moved = np.mean([flicker(found) for found in samples])
    encoding, decoding = speeds(codec)
    print(f"| what ({films} held-out films of {FRAMES} frames, {SIZE[0]}x{SIZE[1]}) | measured | goal |\n|---|---|---|")
    print(f"| PSNR | {whole:.1f} dB | >= 31 |\n| PSNR of mouths | {mouths:.1f} dB | >= 28 |")
    print(f"| flicker where nothing moves | {moved:.2f} of 255 | < 1 |")
    print(f"| encoding, {torch.get_num_threads()} threads | {encoding:.0f} frames/s | >= 60 |")
    print(f"| decoding, {torch.get_num_threads()} threads | {decoding:.0f} frames/s | >= 60 |")
    for path in sorted(SAMPLES.glob("*.png")):
        print(f"| PSNR of the photo {path.stem}, 144 pixels high | {photo(codec, path):.1f} dB | - |")
    if sheet:
        write_sheet(sheet, samples[:6])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.networks.codec", description="Measure the codec on this machine.")
    parser.add_argument("weights", nargs="?", type=Path, default=SHIPPED, help="default: the shipped ones")
    parser.add_argument("--films", type=int, default=20)
    parser.add_argument("--sheet", type=Path, help="a picture of drawn and shown frames")
    asked = parser.parse_args()
    run(asked.weights, asked.films, asked.sheet)
