"""The finish against the large truth, beside plain enlarging and published networks: `python -m benchmarks finish`, or with
the latter `python -m benchmarks.networks.finishing --animevideo PARAM --rife PKL`.

Held-out scenes of the stage. Small frames are the native model's own (begun from the truth, so that it is known what they should
show) or drawn; the truth is drawn at the film's size and rate. Seconds are of the processor, so that a busy machine gives nearly
the same figure.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.running import say, table
from dramatis.clock import Rate, Span
from dramatis.engines.finish import shipped
from dramatis.media.footage import Footage
from dramatis.media.value_cache import NOWHERE
from dramatis.recipes.training import film_maker
from dramatis.stage.play.script import NATIVE
from dramatis.story import Canvas
from dramatis.take import Take
from dramatis.training.filming import scene
from dramatis.training.large_pairs import SIZE, film_at, refined_film
from dramatis.training.render_clips import SECONDS

Pixels = NDArray[np.uint8]
Enlarge = Callable[[Pixels, tuple[int, int]], Pixels]
Between = Callable[[Pixels, Pixels, float], Pixels]
Finish = Callable[[list[Pixels]], Iterator[Pixels]]
"""Small frames at 12 a second -> large ones at 48 a second, both ends included."""

_LARGE, _STEPS, _SPAN = 1080, 4, 3  # pixels; frames for one small frame; small frames of a piece
_SCENES, _QUICK_SCENES, _NUMBERS = 8, 2, 5_000_000
_STILL, _EDGE, _NEAR = 1.5, 24.0, 5  # grey levels that are no motion, and that are an edge; pixels around an edge


@dataclass(frozen=True)
class Case:
    """A piece of a scene: small frames, the model's and drawn, and the large truth."""

    sampled: list[Pixels]
    drawn: list[Pixels]
    truth: Pixels


def case(number: int) -> Case:
    """The held-out piece of a number."""
    random = np.random.default_rng([43, number])
    what = scene(NATIVE, _NUMBERS + number, SECONDS, None, "test")
    sampled, drawn = (list(film.permute(0, 2, 3, 1).contiguous().numpy()) for film in refined_film(what, film_maker(), random))
    start = int(random.integers(2, len(sampled) - _SPAN - 2))
    frames = start + np.arange(_SPAN * _STEPS + 1) / _STEPS
    piece = slice(start, start + _SPAN + 1)
    return Case(sampled[piece], drawn[piece], film_at(what, (_LARGE, _LARGE), frames))


def ours() -> Finish:
    """The engine `finish`."""
    engine = shipped(NOWHERE)

    def finish(small: list[Pixels]) -> Iterator[Pixels]:
        span = Span(0.0, (len(small) - 1) / 12)
        prior = Footage(Canvas(*SIZE, Rate(12)), span, small, "a clip")
        return iter(engine.render(Take(Canvas(_LARGE, _LARGE, Rate(48)), span, prior=prior)).frames)

    return finish


def each(enlarge: Enlarge, between: Between) -> Finish:
    """Every frame enlarged, and what lies between two of them."""

    def finish(small: list[Pixels]) -> Iterator[Pixels]:
        before = enlarge(small[0], (_LARGE, _LARGE))
        for frame in small[1:]:
            after = enlarge(frame, (_LARGE, _LARGE))
            yield before
            yield from (between(before, after, step / _STEPS) for step in range(1, _STEPS))
            before = after
        yield before

    return finish


def lanczos(small: Pixels, size: tuple[int, int]) -> Pixels:
    """Plain enlarging."""
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LANCZOS4), np.uint8)


def blended(first: Pixels, second: Pixels, at: float) -> Pixels:
    """A cross-fade."""
    return np.asarray(cv2.addWeighted(first, 1 - at, second, at, 0), np.uint8)


def repeated(first: Pixels, _second: Pixels, _at: float) -> Pixels:
    """The frame that is on the screen."""
    return first


def decibels(made: Pixels, truth: Pixels, where: NDArray[np.bool_] | None = None) -> float:
    """PSNR, of all pixels or of some."""
    apart = (made.astype(np.float32) - truth) ** 2
    return float(10 * np.log10(255**2 / max(1e-3, float(apart.mean() if where is None else apart[where].mean()))))


def slopes(frame: Pixels) -> NDArray[np.float32]:
    """The length of grey's gradient, in levels a pixel."""
    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(grey, cv2.CV_32F, 0, 1) / 8)


def measures(made: list[Pixels], truth: Pixels) -> list[float]:
    """PSNR of frames of the clip, of those between, and near edges; sharpness of edges (1 as in the truth); flicker in grey
    levels, where the truth stands still.
    """
    near, sharp = [], []
    for frame, right in zip(made, truth, strict=True):
        steep, mine = slopes(right), slopes(frame)
        edge = steep > _EDGE
        near.append(decibels(frame, right, cv2.dilate(edge.astype(np.uint8), np.ones((_NEAR, _NEAR))) > 0))
        sharp.append(float(np.percentile(mine, 99) / np.percentile(steep, 99)))
    every = [decibels(frame, right) for frame, right in zip(made, truth, strict=True)]
    between = [value for number, value in enumerate(every) if number % _STEPS]
    flicker = [
        float(np.abs(b.astype(np.int16) - a)[np.abs(d.astype(np.int16) - c) < _STILL].mean())
        for a, b, c, d in zip(made, made[1:], truth, truth[1:], strict=False)
    ]
    parts = (every[::_STEPS], between, near, sharp, flicker)
    return [float(np.mean(part)) for part in parts]


def compare(methods: dict[str, Finish], scenes: int, folder: Path) -> None:
    """Print the table; frames of the first scenes go to the folder."""
    cases = [case(number) for number in range(scenes)]
    head = ["small frames", "finish", "PSNR dB", "between dB", "edges dB", "sharpness", "flicker", "CPU s a second of film"]
    rows = []
    for kind in ("sampled", "drawn"):
        for name, finish in methods.items():
            found, begun = [], time.process_time()
            films = [list(finish(getattr(one, kind))) for one in cases]
            spent = (time.process_time() - begun) / (scenes * _SPAN / 12)
            for number, (film, one) in enumerate(zip(films, cases, strict=True)):
                found.append(measures(film, one.truth))
                for place in (0, 2):
                    cv2.imwrite(str(folder / f"{number:02d}-{kind}-{name}-{place}.png"), film[place][..., ::-1])
                    cv2.imwrite(str(folder / f"{number:02d}-truth-{place}.png"), one.truth[place][..., ::-1])
            rows.append([kind, name, *(f"{value:.2f}" for value in np.mean(found, 0)), f"{spent:.1f}"])
    say(
        f"{scenes} held-out scenes, {_SPAN * _STEPS + 1} frames each, {_LARGE}x{_LARGE} at 48 frames a second\n\n"
        + table(head, rows)
    )


def run(folder: Path, quick: bool, animevideo: Path | None = None, rife: Path | None = None) -> None:
    """Measure and print."""
    say("## Finish\n\n")
    methods = {
        "Lanczos, repeated": each(lanczos, repeated),
        "Lanczos, blended": each(lanczos, blended),
        "ours": ours(),
    }
    if animevideo is None or rife is None:
        say("Published networks are not compared: name their files (`python -m benchmarks.networks.finishing --help`).\n\n")
    else:
        from benchmarks.networks.published import AnimeVideo, Rife

        methods["animevideov3, RIFE"] = each(AnimeVideo(animevideo), Rife(rife))
    compare(methods, _QUICK_SCENES if quick else _SCENES, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.networks.finishing", description="Compare the finish with published networks."
    )
    parser.add_argument("--animevideo", type=Path, help="the .param file of animevideov3 x4 for ncnn")
    parser.add_argument("--rife", type=Path, help="RIFE's flownet.pkl")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=Path, default=Path(), help="a folder for frames")
    asked = parser.parse_args()
    run(asked.keep, asked.quick, asked.animevideo, asked.rife)
