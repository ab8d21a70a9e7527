"""Reads the job files of MultiTalk and InfiniteTalk.

    {"prompt", "cond_image", "audio_type": "para" | "add", "cond_audio": {"person1", "person2"}, "bbox"?, "tts_audio"?}

"para" starts all voices at 0 s, "add" plays one after the other. A `bbox` is written `[y0, x0, y1, x1]` by those
systems and `[x0, y0, x1, y1]` by some of their users. Only the picture can tell which, so a `JobFile` keeps
the numbers as given and `brief_with_boxes` makes the brief once the caller has decided. Several clips in one file
(a list of jobs) are not part of the format.
"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dramatis.errors import BriefError
from dramatis.story.brief import Brief, Character
from dramatis.story.document import beside

Box = tuple[float, float, float, float]
Reading = Literal["y first", "x first"]

_KEYS = ("prompt", "cond_image", "cond_video", "audio_type", "cond_audio", "bbox", "tts_audio")
_TURN = re.compile(r"\(s(\d)\)")
_LARGE = 1e6  # pixels
_SILENT = (None, "", "None", "none")


@dataclass(frozen=True)
class JobFile:
    """A job file: the brief without faces, and the boxes as written, by character name."""

    brief: Brief
    boxes: tuple[tuple[str, Box], ...] = ()


def is_job(data: object) -> bool:
    """Whether parsed JSON looks like a job file rather than a brief or a storyline."""
    return isinstance(data, dict) and any(key in data for key in ("cond_image", "cond_video", "cond_audio"))


def job_from(data: object, path: Path) -> JobFile:
    """The job in parsed JSON; paths are relative to the job file or the working folder. Raises `BriefError`."""
    if not isinstance(data, dict):
        raise BriefError(f"The job file {path} must be a JSON object.")
    for key in data:
        if key not in _KEYS:
            raise BriefError(f'Unknown key "{key}" in the job file {path}: it may have {", ".join(_KEYS)}.')
    picture = beside(path, _text(data, "cond_video" if "cond_video" in data and "cond_image" not in data else "cond_image", path))
    voices = _voices(data, path)
    boxes = _boxes(data, path)
    spoken = _spoken(data, path)
    persons = [f"person{number}" for number in sorted(spoken)] if not any(voices.values()) else []
    names = list(dict.fromkeys([*voices, *(name for name, _ in boxes), *persons])) or ["person1"]
    cast = tuple(
        Character(
            name,
            picture,
            voice=voices.get(name),
            say=None if voices.get(name) else spoken.get(number),
            text=spoken.get(number, "") if voices.get(name) else "",
        )
        for number, name in enumerate(names, 1)
    )
    order: Literal["together", "in turn"] = "in turn" if _audio_type(data, path) == "add" else "together"
    return JobFile(Brief(cast, prompt=str(data.get("prompt") or ""), order=order), boxes)


def brief_with_boxes(job: JobFile, reading: Reading) -> Brief:
    """The brief, with the boxes read as `[y0, x0, y1, x1]` ("y first") or `[x0, y0, x1, y1]` ("x first")."""
    faces = {name: as_read(box, reading) for name, box in job.boxes}
    cast = tuple(dataclasses.replace(who, face=faces.get(who.name)) for who in job.brief.cast)
    return dataclasses.replace(job.brief, cast=cast)


def as_read(box: Box, reading: Reading) -> Box:
    """The box as `(x0, y0, x1, y1)`."""
    one, two, three, four = box
    return (two, one, four, three) if reading == "y first" else box


def best_reading(job: JobFile, score: Callable[[Box], float]) -> Reading:
    """Which reading of the boxes fits the picture: `score` says how well one box `(x0, y0, x1, y1)` fits it, more is better."""
    first = sum(score(as_read(box, "y first")) for _, box in job.boxes)
    second = sum(score(as_read(box, "x first")) for _, box in job.boxes)
    return "x first" if second > first else "y first"


def _text(data: dict[str, object], key: str, path: Path) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise BriefError(f'The job file {path} must name a file under "{key}".')
    return value


def _audio_type(data: dict[str, object], path: Path) -> str:
    given = data.get("audio_type", "para")
    if given not in ("para", "add"):
        raise BriefError(f'"audio_type" in the job file {path} must be "para" or "add", not {given!r}.')
    return str(given)


def _voices(data: dict[str, object], path: Path) -> dict[str, str | None]:
    given = data.get("cond_audio", {})
    if not isinstance(given, dict):
        raise BriefError(f'"cond_audio" in the job file {path} must be an object such as {{"person1": "voice.wav"}}.')
    voices: dict[str, str | None] = {}
    for name, voice in given.items():
        if voice is not None and not isinstance(voice, str):
            raise BriefError(f'The voice of "{name}" in the job file {path} must be the path of a sound.')
        voices[name] = None if voice in _SILENT else beside(path, str(voice))
    return voices


def _boxes(data: dict[str, object], path: Path) -> tuple[tuple[str, Box], ...]:
    given = data.get("bbox") or {}
    if not isinstance(given, dict):
        raise BriefError(f'"bbox" in the job file {path} must be an object such as {{"person1": [y0, x0, y1, x1]}}.')
    return tuple((name, _box(name, box, path)) for name, box in given.items())


def _box(name: str, box: object, path: Path) -> Box:
    given = box if isinstance(box, list) else []
    numbers = [float(n) for n in given if isinstance(n, (int, float)) and not isinstance(n, bool) and abs(n) < _LARGE]
    if len(numbers) != 4 or len(given) != 4:
        raise BriefError(f'The box of "{name}" in the job file {path} must be four numbers, [y0, x0, y1, x1].')
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _spoken(data: dict[str, object], path: Path) -> dict[int, str]:
    """Texts to speak by the speaker's number, from `tts_audio`: `{"text": "(s1) Hello (s2) Hi", ...}`."""
    given = data.get("tts_audio") or {}
    if not isinstance(given, dict):
        raise BriefError(f'"tts_audio" in the job file {path} must be an object with a "text".')
    text = given.get("text")
    if not isinstance(text, str):
        return {}
    first, *rest = _TURN.split(text)
    spoken: dict[int, str] = {}
    for number, words in zip(["1", *rest[::2]], [first, *rest[1::2]], strict=True):
        if words.strip():
            spoken[int(number)] = f"{spoken.get(int(number), '')} {words.strip()}".strip()
    return spoken
