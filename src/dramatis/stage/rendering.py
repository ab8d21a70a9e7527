"""Contact sheets of scripts, and films with their voices and ground truth."""

import json
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.media.files import written_whole
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import mix
from dramatis.media.still import Still
from dramatis.media.videos.reel import Reel
from dramatis.media.videos.video import write_clip
from dramatis.models.pose_sequence import POINTS
from dramatis.stage.play.captions import caption
from dramatis.stage.play.script import ACTIONS, EMOTIONS, Part, Script
from dramatis.stage.play.script_writer import kind_of
from dramatis.stage.sound.voices import SPLITS, line
from dramatis.stage.theatre import Theatre
from dramatis.stage.truth import Truth
from dramatis.story import Canvas

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

FRAMES = 5
"""Frames of a script on a contact sheet."""
_GAP, _LINE, _EDGE, _LETTER = 8, 17, 24, 6.6  # pixels
_PAPER, _INK, _FAINT = (17, 19, 24), (232, 235, 241), (140, 148, 164)
_WIDEST = 1920


def voice_of(part: Part, seconds: float) -> Waveform | None:
    """What a part says, on the script's clock, of the script's length; None if nothing can be heard.

    Raises `VoiceError` without the synthesiser.
    """
    lines = []
    for speech in part.speech:
        if speech.sound:
            split, number = speech.sound.split("/")
            lines.append((line(int(number), SPLITS[SPLITS.index(split)], kind_of(part.person)).sound, speech.start))
    return mix(lines, seconds, 16_000) if lines else None


def sound_of(script: Script) -> Waveform | None:
    """All voices of a script together."""
    voices = [voice for voice in (voice_of(part, script.seconds) for part in script.parts) if voice is not None]
    return mix([(voice, 0.0) for voice in voices], script.seconds, 48_000) if voices else None


def sheet(scripts: Sequence[tuple[str, Script]], size: tuple[int, int]) -> Still:
    """A row of frames for every named script, its caption under it."""
    from PIL import Image, ImageDraw

    columns = max(1, min(FRAMES, (_WIDEST - 2 * _EDGE + _GAP) // (size[0] + _GAP)))
    wide = columns * (size[0] + _GAP) - _GAP
    rows = [(name, _written(script, wide), _row(script, size, columns)) for name, script in scripts]
    height = sum(size[1] + (len(text) + 1) * _LINE + 2 * _GAP for _, text, _ in rows)
    page = Image.new("RGB", (wide + 2 * _EDGE, height + 2 * _EDGE), _PAPER)
    draw, y = ImageDraw.Draw(page), _EDGE
    for name, text, frames in rows:
        for k, frame in enumerate(frames):
            page.paste(Image.fromarray(frame), (_EDGE + k * (size[0] + _GAP), y))
        y += size[1] + _GAP // 2
        y = _letters(draw, (name, *text), y) + _GAP
    return Still(np.asarray(page, np.uint8))


def film(script: Script, path: Path, size: tuple[int, int], rate: Rate) -> None:
    """Write the script as a film at `path` with its voices, and its truth as JSON beside it; raises `OutputError`."""
    count = rate.nearest(script.seconds)
    times = np.array([rate.time(k) for k in range(count)])
    frames, truth = Theatre(script).film(size, times)
    footage = Footage(Canvas(*size, rate), Span(0.0, rate.time(count - 1)), frames)
    with tempfile.TemporaryDirectory() as folder, Reel(str(path), sound_of(script), rate) as reel:
        clip = str(Path(folder) / "clip.mp4")
        write_clip(footage, clip)
        reel.append(clip)
        reel.finish()
    with written_whole(path.with_suffix(".json")) as part:
        part.write_text(json.dumps(told(script, truth), ensure_ascii=False, indent=1), "utf-8")


def told(script: Script, truth: Truth) -> dict[str, object]:
    """The truth as plain data: captions in both languages, and for every frame who does what, where."""
    captions = {
        language: [[clause.words, clause.span and [clause.span.start, clause.span.end]] for clause in caption(script, language)]
        for language in ("en", "zh")
    }  # fmt: skip
    return {
        "captions": captions,
        "people": [vars(part.person) for part in script.parts],
        "points": POINTS,
        "frames": [_instant(truth, k) for k in range(len(truth.times))],
    }


def _instant(truth: Truth, frame: int) -> dict[str, object]:
    cast = range(truth.heads.shape[1])
    return {
        "time": round(float(truth.times[frame]), 4),
        "camera": _numbers(truth.camera[frame]),
        "people": [
            {
                "head": _numbers(truth.heads[frame, k]), "mouth": _numbers(truth.mouths[frame, k]),
                "body": _numbers(truth.bodies[frame, k]), "points": _numbers(truth.points[frame, k]),
                "shape": _numbers(truth.shapes[frame, k]), "opening": round(float(truth.opening[frame, k]), 4),
                "phone": truth.phones[k][frame], "speaks": bool(truth.speaking[frame, k]),
                "emotion": EMOTIONS[truth.emotion[frame, k]], "intensity": round(float(truth.intensity[frame, k]), 2),
                "action": None if truth.action[frame, k] < 0 else ACTIONS[truth.action[frame, k]],
            }
            for k in cast
        ],
    }  # fmt: skip


def _numbers(values: NDArray[np.float32]) -> list[object]:
    return np.round(values.astype(np.float64), 3).tolist()


def _row(script: Script, size: tuple[int, int], columns: int) -> NDArray[np.uint8]:
    """Frames at even times, from the first to the last."""
    return Theatre(script).film(size, np.linspace(0, script.seconds, columns))[0]


def _written(script: Script, wide: int) -> tuple[str, ...]:
    """The caption in lines of at most so many pixels: what lasts, and what comes and goes."""
    clauses = caption(script)
    lasting = "; ".join(clause.words for clause in clauses if clause.span is None)
    timed = "; ".join(f"{clause.span.start:.1f}-{clause.span.end:.1f} s {clause.words}" for clause in clauses if clause.span)
    most = max(20, round(wide / _LETTER))
    return (*textwrap.wrap(lasting, most), *textwrap.wrap(timed, most))


def _letters(draw: "ImageDraw", lines: Sequence[str], y: int) -> int:
    from PIL import ImageFont

    for number, text in enumerate(lines):
        draw.text((_EDGE, y), text, _INK if number == 0 else _FAINT, font=ImageFont.load_default(13))
        y += _LINE
    return y
