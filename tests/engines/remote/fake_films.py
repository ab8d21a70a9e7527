"""What servers of tests make of a request, and what goes wrong there: films by the fake engine, as long and as large as real
ones make them.
"""

import base64
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
from PIL import Image

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.media.videos.video import FINAL, write_clip
from dramatis.story import Canvas
from dramatis.take import Anchor, Look, Role, Take

_FIRST = ("input_reference", "image_path", "image_file")


@dataclass
class Behaviour:
    """What goes wrong. Counts are of requests for which it does."""

    busy: int = 0
    """Answers 503 to so many jobs."""
    drop_downloads: int = 0
    cut_downloads: int = 0
    forgets: int = 0
    """So many jobs are unknown when they are asked for, as after a restart."""
    fails: str = ""
    questions: int = 1
    """A job is finished when it has been asked for so often."""
    size: tuple[int, int] | None = None
    fps: float | None = None
    more_frames: int = 0
    key: str = ""
    model: str = ""
    silent: bool = False
    """It closes every connection."""
    without_id: bool = False
    """A job that it accepts has no id in the answer."""
    both_ends: bool = False
    """A LightX2V that was started for `flf2v`."""
    late_content: int = 0
    """Answers 404 to so many downloads of a film that is done."""
    most_bytes: int = 10**9
    """Larger requests are refused with 413."""
    until: Callable[[], bool] = lambda: True
    """No job is done before this is so."""
    sound: bool = False
    """Films have a sound, which is longer than the pictures."""


def film_of(fields: dict[str, Any], kind: str, model: str, does: Behaviour) -> bytes:
    """What the fake engine makes of what arrived."""
    rate = Rate.of(does.fps or float(fields.get("fps") or fields["target_fps"]))
    sounds = [_sound(data) for data in _sounds(fields)]
    shown, size = _sizes(fields, kind, model)
    canvas = Canvas(*(does.size or size), rate)
    frames = _frames(fields, model, [sound.seconds for sound in sounds], rate) + does.more_frames
    given = [next((fields[name] for name in names if fields.get(name)), None) for names in (_FIRST, ("last_frame_file",))]
    first, last = (None if data is None else _picture(data, shown, canvas) for data in given)
    look = None if first is None else Look(first)
    cast = tuple(Role(str(n), look if n == 0 else None, sound) for n, sound in enumerate(sounds)) or (
        (Role("0", look),) if look else ()
    )
    span = Span(0.0, canvas.rate.time(frames - 1))
    anchors = tuple(Anchor(picture, at) for at, picture in ((0.0, first), (span.end, last)) if picture and does.size is None)
    made = FakeEngine(most=5000).render(Take(canvas, span, cast, anchors)).frames
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        write_clip(Footage(canvas, span, made), str(path), replace(FINAL, crf=10))
        return (_heard(path, span.seconds + 1.0) if does.sound else path).read_bytes()


def _heard(film: Path, seconds: float) -> Path:
    """The film with a sound of so many seconds."""
    to = film.with_name("heard.mp4")
    with av.open(str(film)) as source, av.open(str(to), "w") as made:
        pictures, sound = made.add_stream_from_template(source.streams.video[0]), made.add_stream("aac", rate=16_000)
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = pictures
                made.mux(packet)
        for start in range(0, round(16_000 * seconds), 1024):
            frame = av.AudioFrame.from_ndarray(np.full((1, 1024), 0.3, np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts = 16_000, start
            made.mux(sound.encode(frame))
        made.mux(sound.encode(None))
    return to


def _sizes(fields: dict[str, Any], kind: str, model: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Width and height of the picture that was to be sent, and of the film."""
    if "image_file" in fields:
        return (832, 480), (208, 120)
    height, width = fields.get("target_shape") or [int(fields["height"]), int(fields["width"])]
    if kind.startswith("Light") and "image_path" in fields:
        chained = _is_chained(model)
        own = (240, 144) if chained else (144, 80) if "resize_mode" in fields and fields["resize_mode"] is None else (83, 48)
        return (width, height), own
    return (width, height), (width, height)


def _frames(fields: dict[str, Any], model: str, sounds: list[float], rate: Rate) -> int:
    """How many frames become of a request: those of a window, or, where windows are chained, as many as the sound lasts."""
    asked = int(fields.get("num_frames") or fields["target_video_length"])
    if asked > 121:
        raise ValueError(f"a window of {asked} frames: out of memory")
    if not _is_chained(model):
        return asked
    if "longcat" in model.lower() and json.loads(fields.get("extra_params", "{}")).get("num_segments") != "auto":
        return asked // 4 * 4 + 1
    return int(min([*sounds, float(fields.get("video_duration", 1e9))]) * rate.fps)


def _is_chained(model: str) -> bool:
    return any(name in model.lower() for name in ("infinitetalk", "s2v", "longcat"))


def _picture(data: bytes | str, size: tuple[int, int], canvas: Canvas) -> Still:
    """A picture as it arrived, which has to have a size, in that of the film."""
    shown = Image.open(io.BytesIO(base64.b64decode(data) if isinstance(data, str) else data)).convert("RGB")
    if shown.size != size:
        raise ValueError(f"the picture has {shown.size}")
    return Still(np.asarray(shown.resize((canvas.width, canvas.height)), np.uint8))


def _sounds(fields: dict[str, Any]) -> Iterator[bytes]:
    given = json.loads(fields.get("audio_reference", "[]"))
    for one in given if isinstance(given, list) else [given]:
        yield base64.b64decode(one["audio_url"].partition(",")[2])
    if "audio_path" in fields:
        yield base64.b64decode(fields["audio_path"])
    for one in fields.get("talk_objects", []):
        mask = Image.open(io.BytesIO(base64.b64decode(one["mask"])))
        if mask.mode != "L" or set(np.unique(np.asarray(mask)).tolist()) - {0, 255}:
            raise ValueError("a mask is black and white")
        yield base64.b64decode(one["audio"])


def _sound(data: bytes) -> Waveform:
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    return Waveform(samples, rate)
