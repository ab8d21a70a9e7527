"""`python -m benchmarks [PART] [--quick] [--keep FOLDER]`; `--help` names the parts.

It prints tables for docs/log.md.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import animatic, captions, directing, plan, quality, speed, watermark
from benchmarks.drawing import drawn, pairs, stage
from benchmarks.films import cascade, frames, lanes
from benchmarks.hearing import music, turns, voices
from benchmarks.networks import finishing
from benchmarks.serving import clients, hostile, service, studio

PARTS = {
    "speed": speed.run,
    "quality": quality.run,
    "music": music.run,
    "plan": plan.run,
    "animatic": animatic.run,
    "captions": captions.run,
    "directing": directing.run,
    "drawn": drawn.run,
    "stage": stage.run,
    "frames": frames.run,
    "finish": finishing.run,
    "lanes": lanes.run,
    "pairs": pairs.run,
    "turns": turns.run,
    "voices": voices.run,
}
APART: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "cascade": lambda folder, asked: cascade.run(folder, cascade.scope(vars(asked), asked.quick)),
    "watermark": lambda folder, asked: watermark.run(folder, asked.quick, asked.films),
    "clients": lambda folder, _: clients.run(folder),
    "hostile": lambda folder, asked: hostile.run(folder, 500 if asked.quick else 10_000),
    "published": lambda _, asked: _published(asked.quick),
    "service": lambda folder, asked: service.run(folder, asked.quick, asked.minutes),
    "studio": lambda folder, asked: studio.run(folder, asked.quick),
}
"""Parts that take longer, need a network, or have options of their own."""


def _published(quick: bool) -> None:
    from benchmarks.networks import transformer_step  # PyTorch is loaded only where it is measured

    transformer_step.run(quick)


def main() -> None:
    """Run one part, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and quality on this machine.")
    parser.add_argument(
        "part",
        nargs="?",
        choices=sorted([*PARTS, *APART]),
        help="default: all that take less than an hour",
    )
    parser.add_argument("--quick", action="store_true", help="short films, only the first case of each kind")
    parser.add_argument("--minutes", type=float, help="service: so many minutes of load and nothing else")
    parser.add_argument("--keep", type=Path, help="a folder where films and contact sheets stay; default: none")
    longer = parser.add_argument_group("cascade")
    longer.add_argument("--seconds", type=float, help="of each film; default: 60")
    longer.add_argument("--films", type=int, help="how many; the third has six shots; default: 3, for watermark 24")
    longer.add_argument("--size", type=int, help="pixels of each side; default: 1080")
    longer.add_argument("--fps", type=float, help="frames a second; default: 48")
    longer.add_argument("--long", type=float, help="seconds of the long film, 0: none; default: 300")
    longer.add_argument("--parts", nargs="+", choices=cascade.PARTS, help="default: all")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if asked.part in APART:
            APART[asked.part](folder.resolve(), asked)
            return
        for name in [asked.part] if asked.part else PARTS:
            PARTS[name](folder.resolve(), asked.quick)


if __name__ == "__main__":
    main()
