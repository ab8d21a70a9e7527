"""What came of a prepared training: its losses in a few lines, and frames of films beside the truth."""

import csv
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from dramatis.engines.native.limits import weights_in
from dramatis.engines.native.load import load
from dramatis.evaluation.native.cases import case
from dramatis.media.still import Pixels, Still
from dramatis.stage.play.script import Repertoire
from dramatis.training.loop import LOG

_TOLD = 8  # losses of a run, evenly over its steps, each a mean of its stretch
_CASES = (0, 2, 4, 6, 8, 10)  # those that are told in words alone
_SHOWN = 5  # frames of a film
_LAST = 12.0  # s that a film may still take


def figures(folder: Path, runs: tuple[str, ...]) -> str:
    """Steps, minutes and losses of the runs in a folder, a line each."""
    lines = []
    for name in runs:
        if not (log := folder / name / LOG).exists():
            continue
        with log.open(newline="") as file:
            rows = list(csv.DictReader(file))
        if rows:
            parts = np.array_split([float(row["loss"]) for row in rows], min(_TOLD, len(rows)))
            losses = " ".join(f"{part.mean():.4g}" for part in parts)
            lines.append(f"{name}: {len(rows)} steps in {float(rows[-1]['seconds']) / 60:.2f} min, loss {losses}")
    clips = len(list((folder / "clips").glob("*.safetensors")))
    films, large = (len(list((folder / kind).glob("*/*.safetensors"))) for kind in ("pairs", "large"))
    drawn = f"{clips} shards of clips, {films} films for the refiner, {large} for upscaler and interpolator"
    return "\n".join([drawn, *lines, ""])


def sheet(folder: Path, repertoire: Repertoire, end: float) -> Still:
    """Held-out scenes, as many as there is time for until `end` (seconds since 1970): above the truth, below the film of its
    words with the weights of a folder. The film is silent: what finds voices in a sound is not on every machine that trains.
    """
    engine = load(weights_in(folder))
    rows: list[Pixels] = []
    for number in _CASES:
        if rows and time.time() > end - _LAST:
            break
        shot = case(number, repertoire)
        silent = replace(shot.take, cast=tuple(replace(role, voice=None) for role in shot.take.cast))
        film = list(engine.render(silent).frames)
        for frames in (shot.frames, film):
            places = np.linspace(0, len(frames) - 1, _SHOWN).round().astype(int)
            rows.append(np.concatenate([frames[place] for place in places], 1))
    return Still(np.concatenate(rows))
