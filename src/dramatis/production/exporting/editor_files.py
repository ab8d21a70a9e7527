"""The cut of a film for editors: OpenTimelineIO's JSON (opentimeline.io).

Objects have an `OTIO_SCHEMA`; times are frames at a rate. A track of shots refers to the film, one track for each voice to its
sounds.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dramatis.production.assets import Assets
from dramatis.story import Shot, Storyline

Plain = dict[str, Any]


def as_otio(storyline: Storyline, film: str, assets: Assets, address: Callable[[str], str]) -> str:
    """The text of an `.otio` file; `address` is how it names a file, by its path."""
    rate = storyline.canvas.rate.fps
    whole = _range(0.0, storyline.seconds, rate)
    shots = [_shot(number, shot, address(film), whole, rate) for number, shot in enumerate(storyline.shots, 1)]
    tracks = [_track("Shots", "Video", shots)]
    for name in dict.fromkeys(line.who for line in storyline.lines):
        tracks.append(_track(name, "Audio", _voice(storyline, name, assets, rate, address)))
    timeline: Plain = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": _name(storyline),
        "global_start_time": None,
        "metadata": {"dramatis": {"seed": storyline.seed, "engine": storyline.engine}},
        "tracks": {
            "OTIO_SCHEMA": "Stack.1",
            "name": "tracks",
            "source_range": None,
            "effects": [],
            "markers": [],
            "enabled": True,
            "metadata": {},
            "children": tracks,
        },
    }
    return json.dumps(timeline, indent=2, ensure_ascii=False) + "\n"


def _shot(number: int, shot: Shot, film: str, whole: Plain, rate: float) -> Plain:
    """A shot as a part of the film, with its actions as markers."""
    actions = [cue for cue in shot.direction.cues if cue.kind == "action"]
    clip = _clip(_title(number, shot), film, _range(shot.span.start, shot.span.seconds, rate), whole)
    return {**clip, "markers": [_marker(cue.what, cue.span.start, cue.span.seconds, rate) for cue in actions]}


def _title(number: int, shot: Shot) -> str:
    who = ", ".join(shot.focus or shot.cast)
    return f"{number} {shot.framing} {who}".replace("  ", " ").strip()


def _name(storyline: Storyline) -> str:
    return " ".join(storyline.concept.prompt.split())[:80] or "Dramatis"


def _time(seconds: float, rate: float) -> Plain:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": float(round(seconds * rate))}


def _range(start: float, seconds: float, rate: float) -> Plain:
    first, end = round(start * rate), round((start + seconds) * rate)
    return {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(first / rate, rate), "duration": _time((end - first) / rate, rate)}


def _item(schema: str, name: str, source: Plain | None) -> Plain:
    item: Plain = {"OTIO_SCHEMA": schema, "name": name, "source_range": source, "effects": [], "markers": []}
    return {**item, "enabled": True, "metadata": {}}


def _clip(name: str, target: str, source: Plain, available: Plain) -> Plain:
    media: Plain = {"OTIO_SCHEMA": "ExternalReference.1", "name": "", "target_url": target, "available_range": available}
    media |= {"available_image_bounds": None, "metadata": {}}
    clip = _item("Clip.2", name, source)
    return {**clip, "media_references": {"DEFAULT_MEDIA": media}, "active_media_reference_key": "DEFAULT_MEDIA"}


def _track(name: str, kind: str, children: list[Plain]) -> Plain:
    return {**_item("Track.1", name, None), "kind": kind, "children": children}


def _voice(storyline: Storyline, name: str, assets: Assets, rate: float, address: Callable[[str], str]) -> list[Plain]:
    """The lines of a voice with gaps between them."""
    made: list[Plain] = []
    at = 0
    for line in sorted((one for one in storyline.lines if one.who == name), key=lambda one: one.start):
        first = round(line.start * rate)
        seconds = min(assets.sound(line.sound, line.part).seconds, storyline.seconds - line.start)
        if first > at:
            made.append(_item("Gap.1", "", _range(0.0, (first - at) / rate, rate)))
        begin = line.part.start if line.part else 0.0
        whole = _range(0.0, assets.sound(line.sound).seconds, rate)
        made.append(_clip(line.text[:60] or name, address(line.sound), _range(begin, seconds, rate), whole))
        at = max(at, first) + round(seconds * rate)
    return made


def _marker(name: str, start: float, seconds: float, rate: float) -> Plain:
    marker: Plain = {"OTIO_SCHEMA": "Marker.2", "name": name, "color": "GREEN", "comment": "", "metadata": {}}
    return {**marker, "marked_range": _range(start, seconds, rate)}


def located_beside(path: str, folder: Path) -> str:
    """How a file is named in an export that lies in a folder: relative to it, if it lies there, too."""
    whole = Path(path).resolve()
    return whole.relative_to(folder.resolve()).as_posix() if whole.is_relative_to(folder.resolve()) else str(whole)
