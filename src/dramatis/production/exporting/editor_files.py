"""The cut of a film for editors: OpenTimelineIO's JSON, and the draft of JianYing.

OpenTimelineIO (opentimeline.io): objects with `OTIO_SCHEMA`; times are frames at a rate. A track of shots refers to the film, one
track for each voice to its sounds. JianYing has no published format: the draft follows what its versions up to 5 wrote, times are
microseconds.
"""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dramatis.production.assets import Assets
from dramatis.story import Shot, Storyline

_MICRO = 1_000_000
_NAMESPACE = uuid.UUID("5d7c6bd4-5f0e-4f6e-8b5a-0b1f5d1d7a11")  # ids follow from names, so an export can be repeated
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


def as_jianying(storyline: Storyline, film: str, captions: list[tuple[float, float, str]]) -> str:
    """The text of `draft_content.json`: the shots on one track, cut from the film (which has the sound), captions on another."""
    canvas, length = storyline.canvas, round(storyline.seconds * _MICRO)
    video = _id("video", film)
    said = [(_id("text", str(at)), *caption) for at, caption in enumerate(captions)]
    texts = [{"id": name, "type": "subtitle", "content": _content(text)} for name, _, _, text in said]
    shots = [_segment(video, shot.span.start, shot.span.seconds, shot.span.start) for shot in storyline.shots]
    shown = [_segment(name, 0.0, end - start, start) for name, start, end, _ in said]
    draft = {
        "id": _id("draft", film),
        "name": _name(storyline),
        "version": 360000,
        "new_version": "110.0.0",
        "fps": canvas.rate.fps,
        "duration": length,
        "canvas_config": {"width": canvas.width, "height": canvas.height, "ratio": "original"},
        "materials": {
            "videos": [
                {
                    "id": video,
                    "type": "video",
                    "path": film,
                    "material_name": film,
                    "duration": length,
                    "width": canvas.width,
                    "height": canvas.height,
                    "has_audio": True,
                }
            ],
            "audios": [],
            "texts": texts,
        },
        "tracks": [
            {"id": _id("track", "video"), "type": "video", "attribute": 0, "flag": 0, "segments": shots},
            *([{"id": _id("track", "text"), "type": "text", "attribute": 0, "flag": 1, "segments": shown}] if shown else []),
        ],
    }
    return json.dumps(draft, indent=2, ensure_ascii=False) + "\n"


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


def _id(kind: str, name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{kind} {name}")).upper()


def _content(text: str) -> str:
    return json.dumps({"text": text, "styles": []}, ensure_ascii=False)


def _segment(material: str, source: float, seconds: float, at: float) -> Plain:
    return {
        "id": _id("segment", f"{material} {at}"),
        "material_id": material,
        "source_timerange": {"start": round(source * _MICRO), "duration": round(seconds * _MICRO)},
        "target_timerange": {"start": round(at * _MICRO), "duration": round(seconds * _MICRO)},
        "speed": 1.0,
        "volume": 1.0,
        "visible": True,
        "extra_material_refs": [],
    }


def located_beside(path: str, folder: Path) -> str:
    """How a file is named in an export that lies in a folder: relative to it, if it lies there, too."""
    whole = Path(path).resolve()
    return whole.relative_to(folder.resolve()).as_posix() if whole.is_relative_to(folder.resolve()) else str(whole)
