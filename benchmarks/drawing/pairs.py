"""Twenty pairs of films of the engine `drawn`, directed against one static two-shot, in random order with a hidden key.

Both films of a pair have the same voices, places, feelings and actions; they differ in shots and camera alone. `07a.mp4` and
`07b.mp4` are looked at without knowing which is which (`07a.png` and `07b.png` show twelve frames of each), and the preferred
ones written into `answers.txt`, a line each: `7 a`. Run again, the part counts how often the directed film was preferred. The key
is drawn by the system's random numbers and lies in another folder, whose name ends in `-key`.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.running import say
from dramatis.clock import Span
from dramatis.director import direct
from dramatis.engines import build
from dramatis.media.still import Pixels
from dramatis.media.videos.video import read_clip
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.story import Brief, Character, Direction, Storyline
from dramatis.story.document import parse, storyline_from, storyline_located

SIZE, FPS = (640, 360), 25.0
CREW = Crew(single(partial(build, "drawn")), direct)
_FRAMES, _WIDTH = 12, 320  # of each film on the sheet, pixels of each
_STRIP = 14  # pixels for the time above each frame
_KEY, _ANSWERS = "key.json", "answers.txt"
DIALOGUES = tuple(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines())


def run(folder: Path, quick: bool) -> None:
    """Make the pairs that are missing; then, if there are answers, count them."""
    say("## Directed against one static two-shot\n\n")
    key_file = folder.with_name(f"{folder.name}-key") / _KEY
    key_file.parent.mkdir(exist_ok=True)
    key: dict[str, str] = json.loads(key_file.read_text()) if key_file.exists() else {}
    for number, words in enumerate(DIALOGUES[: 2 if quick else None], 1):
        films = [folder / f"{number:02}{side}.mp4" for side in "ab"]
        if all(film.exists() for film in films) and str(number) in key:
            continue
        key[str(number)] = random.SystemRandom().choice("ab")
        directed, static = films if key[str(number)] == "a" else films[::-1]
        _pair(words, number, directed, static)
        for film in films:
            _sheet(film).save(film.with_suffix(".png"))
        key_file.write_text(json.dumps(key))
        say(f"pair {number:02} is ready\n")
    answers = folder / _ANSWERS
    say(
        counted(answers.read_text(), key) if answers.exists() else f"Write the preferred films into {answers}, a line each: 7 a\n"
    )


def _pair(words: str, number: int, directed: Path, static: Path) -> None:
    names = list(dict.fromkeys(part.split(" ")[-1] for part in words.split(":")[:-1]))
    brief = Brief(tuple(map(Character, names)), words, SIZE, FPS, seed=number, engine="drawn")
    made = produce(brief, directed, CREW)
    plan = storyline_located(storyline_from(parse(made.storyline)), made.storyline)
    produce(static_film(plan), static, CREW)
    told = [path for film in (directed, static) for path in film.parent.glob(f"{film.stem}.*") if path.suffix != ".mp4"]
    for path in told:  # plans and voices lie beside the film that was made first
        path.unlink()


def static_film(plan: Storyline) -> Storyline:
    """The same film in one shot, from the waist up, with everybody in it."""
    first = plan.shots[0]
    acted = dict.fromkeys(cue for shot in plan.shots for cue in shot.direction.cues if cue.kind != "camera")
    whole = Span(0.0, plan.seconds)
    shot = replace(first, span=whole, direction=Direction(first.direction.words, cues=tuple(acted)), framing="medium", focus=())
    return replace(plan, shots=(replace(shot, why=(), segments=()),))


def _sheet(film: Path) -> Image.Image:
    """Twelve frames of a film with their times above them."""
    wide, high = _WIDTH, round(_WIDTH * SIZE[1] / SIZE[0]) + _STRIP
    columns = _FRAMES // 3
    sheet = Image.new("RGB", (wide * columns, high * 3))
    draw = ImageDraw.Draw(sheet)
    for place, (second, frame) in enumerate(_frames(film)):
        left, top = wide * (place % columns), high * (place // columns)
        draw.text((left + 4, top + 1), f"{second:.1f} s", fill=(255, 255, 255))
        sheet.paste(Image.fromarray(frame).resize((wide, high - _STRIP)), (left, top + _STRIP))
    return sheet


def _frames(film: Path) -> Iterator[tuple[float, Pixels]]:
    count = sum(1 for _ in read_clip(str(film)).frames)
    wanted = set(np.linspace(0, count - 1, _FRAMES + 2).round().astype(int)[1:-1].tolist())
    yield from ((number / FPS, frame) for number, frame in enumerate(read_clip(str(film)).frames) if number in wanted)


def counted(answers: str, key: dict[str, str]) -> str:
    chosen = dict(line.split()[:2] for line in answers.splitlines() if line.strip())
    right = [number for number, side in chosen.items() if key.get(number) == side.lower()]
    wrong = ", ".join(number for number in chosen if number not in right)
    return f"directed preferred: {len(right)} of {len(chosen)} ({len(right) / max(1, len(chosen)):.0%}); not: {wrong or 'none'}\n"
