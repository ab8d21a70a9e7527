"""The watermark on films of two engines, read after what platforms and people do to films: `--films 200` for the whole count.

Two films of five are drawn by the stage, the others are portraits (of the examples, and of pictures that lie beside the project);
films that already lie in the folder (`watermark-7.plain.mp4`) are used instead. Every film gets bits of its own. It is read with
the right key after all attacks at once, every tenth film also after each of them. Unmarked, it is read with other keys: what
those find are false alarms.
"""

import random
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from benchmarks.running import EXAMPLES, SAMPLES, say, table
from dramatis.clock import Rate, Span
from dramatis.director import direct
from dramatis.engines import build
from dramatis.media.footage import Footage
from dramatis.media.pictures.colour import to_i420
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, write_sound
from dramatis.media.still import Pixels
from dramatis.media.videos.luma_frames import luma_frames
from dramatis.media.videos.luma_pattern import add_pattern, has_even_areas
from dramatis.media.videos.video import FINAL, LOSSLESS, Encoding, read_clip, write_clip
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.provenance.watermark.detection import find_mark
from dramatis.provenance.watermark.residuals import SHORT_SIDE, Residuals, averages, residuals
from dramatis.provenance.watermark.spread_spectrum import FAST, SLOW, pattern_of, spectrum_of
from dramatis.runtime.environment import calculate_alike
from dramatis.stage.play.script import WHOLE
from dramatis.stage.play.script_writer import write
from dramatis.stage.sound.voices import line
from dramatis.stage.theatre import Theatre
from dramatis.story import Brief, Canvas, Character

_SECONDS, _QUICK_SECONDS, _RATE = 6.0, 5.8, Rate(25)
_WRONG_KEYS = 10
_EACH = 25  # of so many films, two are read after each attack
_PICTURES = ("mira.png", "noor_and_tom.png", "portrait_woman.png", "cartoon_boy.png", "two_in_car.png")
_WISHES = (
    "Calm at first, then happy: she smiles and nods. The camera slowly pushes in.",
    "They are calm. The camera stands still.",
    "Excited, then sad. The camera pans left, handheld.",
    "Angry, shakes the head. The camera pulls out.",
)
_SIZES = (720, 720, 1080, 720, 720, 480, 720)
_OTHERS = tuple(random.Random(f"other {number}").getrandbits(64) for number in range(9))
"""Payloads of other films that this installation keeps."""
_KEY = b"benchmark of the watermark......"


@dataclass(frozen=True)
class Attack:
    """What is done to a film: cut to a span, cropped to a box (x, y, share of each side), scaled to a height, frames per second,
    gamma, contrast, a blur in pixels; then encoded with a crf.
    """

    crf: int = 23
    span: tuple[float, float] | None = None
    crop: tuple[float, float, float] | None = None
    height: int | None = None
    fps: int | None = None
    gamma: float = 1.0
    contrast: float = 1.0
    blur: float = 0.0


ATTACKS = {
    "as made": None,
    "480p, crf 28": Attack(28, height=480),
    "crop 10 %": Attack(crop=(0.03, 0.07, 0.9)),
    "30 fps": Attack(fps=30),
    "5 s of it": Attack(span=(0.6, 5.6)),
    "gamma, blur": Attack(gamma=1.25, contrast=0.9, blur=1.5),
    "crop to 55 %": Attack(crop=(0.2, 0.25, 0.55)),
    "all of these": Attack(28, (0.6, 5.6), (0.06, 0.02, 0.9), 480, 30, 0.85, 1.0, 0.7),
}
"""The last one crops by 10 %."""
_ALL = "all of these"


@dataclass
class _Tally:
    """What was counted for one kind of film."""

    films: int = 0
    tried: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ATTACKS, 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ATTACKS, 0))
    decoded: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ATTACKS, 0))
    wrong: int = 0
    false_alarms: int = 0
    readings: int = 0
    strength: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in ATTACKS})
    similarity: list[float] = field(default_factory=list)
    cost: list[tuple[float, float]] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)


def run(folder: Path, quick: bool, films: int | None = None) -> None:
    """Make the films, attack and read them, and print what was read."""
    say("## Watermark\n\n")
    calculate_alike()
    tallies = {"drawn": _Tally(), "portrait": _Tally()}
    for number in range(films or (5 if quick else 24)):
        kind = "drawn" if number % 5 in (1, 3) else "portrait"
        plain = folder / f"watermark-{number}.plain.mp4"
        if not plain.exists():
            (_drawn if kind == "drawn" else _portrait)(number, plain, _QUICK_SECONDS if quick else _SECONDS)
        _judged(number, plain, folder, (kind == "drawn", tallies[kind]))
        say(f"{number} {kind}: {_line(tallies[kind])}\n")
    _told(tallies)


def _judged(number: int, plain: Path, folder: Path, kind: tuple[bool, _Tally]) -> None:
    """One film; its kind: whether it is drawn, and where it is counted."""
    drawn, tally = kind
    payload = random.Random(number).getrandbits(64)
    first = next(iter(read_clip(str(plain)).frames))
    encoding = replace(FINAL, pattern=pattern_of(spectrum_of(_KEY, SLOW if drawn or has_even_areas(first) else FAST), payload))
    marked, attacked, each = folder / "marked.mp4", folder / "attacked.mp4", number % _EACH in (1, 2)
    work = {}
    for name, how in {"plain": FINAL, "marked": encoding}.items() if each else [("marked", encoding)]:
        started = time.process_time()
        write_clip(_beginning(plain), str(marked), how)
        work[name] = (time.process_time() - started, marked.stat().st_size)
    if each:
        tally.cost.append((work["marked"][0] / work["plain"][0], work["marked"][1] / work["plain"][1]))
    tally.films += 1
    tally.similarity.append(_similarity(first, encoding))
    for name in ATTACKS if each else (_ALL,):
        attack, film = ATTACKS[name], marked
        if attack is not None:
            film = attacked
            write_clip(_attacked(marked, attack), str(film), Encoding(attack.crf, "veryfast"))
        mark = find_mark(_seen(film), _KEY, [*_OTHERS, payload])
        right = mark is not None and mark.payload == payload
        tally.tried[name] += 1
        tally.right[name] += right
        tally.decoded[name] += right and mark is not None and mark.decoded
        tally.wrong += mark is not None and not right
        tally.strength[name].append(mark.strength if mark else 0.0)
        if not right:
            tally.missed.append(number)
    seen = _seen(plain)
    for _ in range(_WRONG_KEYS):
        tally.readings += 1
        tally.false_alarms += find_mark(seen, secrets.token_bytes(32), _OTHERS) is not None


def _beginning(film: Path) -> Footage:
    source = read_clip(str(film))
    seconds = min(_SECONDS, source.span.end)
    frames = source.canvas.rate.nearest(seconds) + 1
    return Footage(source.canvas, Span(0.0, source.canvas.rate.time(frames - 1)), islice(source.frames, frames))


def _seen(film: Path) -> Residuals:
    return residuals(averages(luma_frames(str(film), SHORT_SIDE), _SECONDS))


def _attacked(film: Path, attack: Attack) -> Footage:
    source = read_clip(str(film))
    rate = Rate(attack.fps) if attack.fps else source.canvas.rate
    start, end = attack.span or (0.0, source.span.end)
    change = partial(_changed, attack)
    first = change(next(iter(source.frames)))
    canvas = Canvas(first.shape[1], first.shape[0], rate)
    return Footage(canvas, Span(0.0, end - start), _timed(map(change, source.frames), source.canvas.rate, rate, (start, end)))


def _timed(frames: Iterator[Pixels], source: Rate, target: Rate, span: tuple[float, float]) -> Iterator[Pixels]:
    """Frames between two instants, each repeated until the next one begins."""
    shown = 0
    for number, frame in enumerate(frames):
        at = source.time(number) - span[0]
        if at < 0 or at > span[1] - span[0]:
            continue
        while target.time(shown) < at + source.time(1) - 1e-6:
            yield frame
            shown += 1


def _changed(attack: Attack, frame: Pixels) -> Pixels:
    if attack.crop:
        x, y, share = attack.crop
        height, width = frame.shape[:2]
        left, top = round(x * width), round(y * height)
        frame = frame[top : top + _even(share * height), left : left + _even(share * width)]
    if attack.height:
        size = (_even(frame.shape[1] * attack.height / frame.shape[0]), attack.height)
        frame = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
    if attack.gamma != 1.0 or attack.contrast != 1.0:
        levels = (np.arange(256) / 255) ** (1 / attack.gamma) * 255 * attack.contrast + 60 * (1 - attack.contrast)
        frame = np.asarray(cv2.LUT(frame, levels.round().astype(np.uint8)), np.uint8)
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), attack.blur), np.uint8) if attack.blur else np.ascontiguousarray(frame)


def _even(value: float) -> int:
    return round(value / 2) * 2


def _similarity(frame: Pixels, encoding: Encoding) -> float:
    """SSIM of the luma with and without the pattern (Wang et al. 2004: a Gaussian window of 11 pixels)."""
    assert encoding.pattern is not None
    height = frame.shape[0]
    planes = to_i420(frame)
    one = planes[:height].astype(np.float32)
    add_pattern(planes, encoding.pattern)
    two = planes[:height].astype(np.float32)
    blur: Callable[[np.ndarray], np.ndarray] = partial(cv2.GaussianBlur, ksize=(11, 11), sigmaX=1.5)  # type: ignore[type-arg]  # planes
    mean_one, mean_two = blur(one), blur(two)
    var_one, var_two = blur(one * one) - mean_one**2, blur(two * two) - mean_two**2
    both = blur(one * two) - mean_one * mean_two
    means = (2 * mean_one * mean_two + 6.5025) / (mean_one**2 + mean_two**2 + 6.5025)
    return float((means * (2 * both + 58.5225) / (var_one + var_two + 58.5225)).mean())


def _drawn(number: int, path: Path, seconds: float) -> None:
    """A script of the stage, with the voices' mouths but without their sound."""
    script = write(WHOLE, number, "test", seconds, line)
    short = _SIZES[number % len(_SIZES)]
    canvas, count = Canvas(_even(short * 16 / 9), short, _RATE), _RATE.nearest(seconds)
    write_clip(
        Footage(canvas, Span(0.0, _RATE.time(count - 1)), _drawn_frames(Theatre(script), canvas, count)), str(path), LOSSLESS
    )


def _drawn_frames(theatre: Theatre, canvas: Canvas, count: int) -> Iterator[Pixels]:
    for first in range(0, count, 25):
        times = [_RATE.time(k) for k in range(first, min(count, first + 25))]
        yield from theatre.film((canvas.width, canvas.height), np.array(times))[0]


def _portrait(number: int, path: Path, seconds: float) -> None:
    pictures = [place / name for name in _PICTURES for place in (EXAMPLES, SAMPLES) if (place / name).exists()]
    picture = str(pictures[number % len(pictures)])
    sound = read_sound(str(EXAMPLES / "mira.flac"))
    voice = path.with_suffix(".wav")
    write_sound(Waveform(sound.samples[: round(seconds * sound.rate)], sound.rate), str(voice))
    wish, short = _WISHES[number // len(pictures) % len(_WISHES)], _SIZES[number % len(_SIZES)]
    brief = Brief((Character("Mira", picture, voice=str(voice)),), wish, short, 25.0, number, "portrait")
    produce(brief, path, Crew(single(partial(build, "portrait")), direct, encoding=LOSSLESS))


def _line(tally: _Tally) -> str:
    return ", ".join(
        f"{name} {tally.right[name]}/{tally.decoded[name]}/{tally.tried[name]} ({tally.strength[name][-1]:.1f})"
        for name in ATTACKS
        if tally.tried[name]
    )


def _told(tallies: dict[str, _Tally]) -> None:
    kinds = {kind: tally for kind, tally in tallies.items() if tally.films}
    rows = [
        [name, *(f"{t.right[name]} of {t.tried[name]}; {t.decoded[name]}; {min(t.strength[name]):.1f}" for t in kinds.values())]
        for name in ATTACKS
        if all(t.tried[name] for t in kinds.values())
    ]
    say("\n" + table(["read rightly; of them decoded without a list; least strength", *kinds], rows))
    facts: dict[str, Callable[[_Tally], str]] = {
        "read wrongly": lambda t: str(t.wrong),
        "false alarms, readings with wrong keys": lambda t: f"{t.false_alarms} of {t.readings}",
        "not read": lambda t: ", ".join(map(str, t.missed)) or "none",
        "SSIM, least (mean)": lambda t: f"{min(t.similarity):.4f} ({np.mean(t.similarity):.4f})",
        "encoding, processor time with / without": lambda t: f"{np.mean([cost[0] for cost in t.cost]):.3f}",
        "bytes with / without": lambda t: f"{np.mean([cost[1] for cost in t.cost]):.3f}",
    }
    say(table(["", *kinds], [[name, *(tell(t) for t in kinds.values())] for name, tell in facts.items()]))
