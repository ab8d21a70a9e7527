"""`python -m benchmarks [speed|quality|music|plan|directing|stage|frames|finish] [--quick] [--keep FOLDER]`: tables for docs/log.md."""

import argparse
import tempfile
from pathlib import Path

from benchmarks import directing, finishing, frames, music, plan, quality, speed, stage

PARTS = {
    "speed": speed.run,
    "quality": quality.run,
    "music": music.run,
    "plan": plan.run,
    "directing": directing.run,
    "stage": stage.run,
    "frames": frames.run,
    "finish": finishing.run,
}


def main() -> None:
    """Run one part, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and quality on this machine.")
    parser.add_argument("part", nargs="?", choices=sorted(PARTS), help="default: all")
    parser.add_argument("--quick", action="store_true", help="short films, only the first case of each kind")
    parser.add_argument("--keep", type=Path, help="a folder where films and contact sheets stay; default: none")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in [asked.part] if asked.part else PARTS:
            PARTS[name](folder.resolve(), asked.quick)


if __name__ == "__main__":
    main()
