"""The cut as a draft of JianYing: one folder in a ZIP, unpacked where JianYing keeps its drafts.

JianYing has no published format. The draft has what its version 5.9 and public libraries that write drafts for it agree on:
times are microseconds, a segment refers to its material and to its speed, and a path may begin with a placeholder of the
draft's folder.
"""

import json
import uuid
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dramatis.production.exporting.film_settings import settings_of
from dramatis.story import Storyline

_MICRO = 1_000_000
_NAMESPACE = uuid.UUID("5d7c6bd4-5f0e-4f6e-8b5a-0b1f5d1d7a11")  # ids follow from the film, so an export can be repeated
_HERE = "##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##"
_PLATFORM = {"app_id": 3704, "app_source": "lv", "app_version": "5.9.0", "os": "windows"}
_KINDS = (
    "ai_translates audio_balances audio_effects audio_fades audio_track_indexes audios beats canvases chromas color_curves "
    "digital_humans drafts effects flowers green_screens handwrites hsl images log_color_wheels loudnesses manual_deformations "
    "masks material_animations material_colors multi_language_refs placeholders plugin_effects primary_color_wheels "
    "realtime_denoises shapes smart_crops smart_relights sound_channel_mappings speeds stickers tail_leaders text_templates "
    "texts time_marks transitions video_effects video_trackings videos vocal_beautifys vocal_separations"
)
_KEYFRAMES = "adjusts audios effects filters handwrites stickers texts videos"
_LISTS = (0, 1, 2, 3, 6, 7, 8)  # kinds of a draft's own list of materials
_TEXT_LAYER, _LOW = 15_000, -0.8  # where captions are: above the picture, and near its lower edge
Plain = dict[str, Any]
Caption = tuple[float, float, str]
"""When it begins and ends, in seconds, and its text."""


def write_draft(storyline: Storyline, film: Path, captions: Sequence[Caption], output: Path) -> None:
    """The shots on one track, cut from the film, which has the sound, and captions above it."""
    draft = _JianYing(settings_of(storyline))
    name = f"Dramatis {draft.id('draft')[:8]}"
    content = json.dumps(draft.content(storyline, name, f"film{film.suffix}", captions), ensure_ascii=False, indent=2)
    about = json.dumps(_about(draft.id("draft"), name, _micro(storyline.seconds)), ensure_ascii=False, indent=2)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(f"{name}/draft_content.json", content)
        archive.writestr(f"{name}/draft_meta_info.json", about)
        archive.write(film, f"{name}/film{film.suffix}")


class _JianYing:
    """What is written for one film; `settings` are what ids follow from."""

    def __init__(self, settings: str) -> None:
        self._settings = settings
        self._materials: dict[str, list[Plain]] = {kind: [] for kind in _KINDS.split()}

    def id(self, *of: object) -> str:
        """The id of a part."""
        return str(uuid.uuid5(_NAMESPACE, f"{of} {self._settings}")).upper()

    def content(self, storyline: Storyline, name: str, film: str, captions: Sequence[Caption]) -> Plain:
        """The text of `draft_content.json`, as a value."""
        canvas, length = storyline.canvas, _micro(storyline.seconds)
        video = self._video(film, length, canvas.width, canvas.height)
        shots = [self._segment(video, shot.span.start, shot.span.start, shot.span.end) for shot in storyline.shots]
        texts = [[self._text(*caption) for caption in row] for row in _rows(captions)]
        tracks = [self._track("video", 0, shots), *(self._track("text", at, row) for at, row in enumerate(texts))]
        return {
            "id": self.id("draft"),
            "name": name,
            "version": 360000,
            "new_version": "110.0.0",
            "platform": _PLATFORM,
            "last_modified_platform": _PLATFORM,
            "source": "default",
            "fps": canvas.rate.fps,
            "duration": length,
            "color_space": 0,
            "canvas_config": {"width": canvas.width, "height": canvas.height, "ratio": "original"},
            "config": {"maintrack_adsorb": True, "subtitle_sync": True, "video_mute": False},
            "keyframes": {kind: [] for kind in _KEYFRAMES.split()},
            "relationships": [],
            "materials": self._materials,
            "tracks": tracks,
        }

    def _video(self, film: str, length: int, width: int, height: int) -> str:
        name = self.id("video")
        corners = {"upper_left": (0, 0), "upper_right": (1, 0), "lower_left": (0, 1), "lower_right": (1, 1)}
        self._materials["videos"].append(
            {
                "id": name,
                "material_id": name,
                "local_material_id": "",
                "type": "video",
                "category_name": "local",
                "path": f"{_HERE}/{film}",
                "material_name": film,
                "duration": length,
                "width": width,
                "height": height,
                "has_audio": True,
                "crop": {
                    f"{corner}_{axis}": float(at)
                    for corner, place in corners.items()
                    for axis, at in zip("xy", place, strict=True)
                },
                "crop_ratio": "free",
                "crop_scale": 1.0,
            }
        )
        return name

    def _text(self, start: float, end: float, text: str) -> Plain:
        name = self.id("text", start, text)
        white = {"render_type": "solid", "solid": {"alpha": 1.0, "color": [1.0, 1.0, 1.0]}}
        style = {"range": [0, len(text)], "size": 5.0, "fill": {"alpha": 1.0, "content": white}, "strokes": []}
        content = json.dumps({"text": text, "styles": [style]}, ensure_ascii=False)
        self._materials["texts"].append({"id": name, "type": "subtitle", "content": content, "alignment": 1, "line_feed": 1})
        return self._segment(name, 0.0, start, end) | {"clip": _placed(_LOW), "render_index": _TEXT_LAYER}

    def _segment(self, material: str, source: float, start: float, end: float) -> Plain:
        """A piece of a material on a track; those that meet in seconds meet in microseconds."""
        speed, length = self.id("speed", material, start), _micro(end) - _micro(start)
        self._materials["speeds"].append({"id": speed, "type": "speed", "mode": 0, "speed": 1.0, "curve_speed": None})
        return {
            "id": self.id("segment", material, start),
            "material_id": material,
            "source_timerange": {"start": _micro(source), "duration": length},
            "target_timerange": {"start": _micro(start), "duration": length},
            "speed": 1.0,
            "volume": 1.0,
            "last_nonzero_volume": 1.0,
            "visible": True,
            "reverse": False,
            "clip": _placed(0.0),
            "uniform_scale": {"on": True, "value": 1.0},
            "render_index": 0,
            "track_render_index": 0,
            "track_attribute": 0,
            "enable_adjust": True,
            "extra_material_refs": [speed],
            "common_keyframes": [],
            "keyframe_refs": [],
        }

    def _track(self, kind: str, number: int, segments: list[Plain]) -> Plain:
        named = {"id": self.id("track", kind, number), "type": kind, "name": "", "is_default_name": True}
        return {**named, "attribute": 0, "flag": 0, "segments": segments}


def _about(name: str, title: str, length: int) -> Plain:
    """The text of `draft_meta_info.json`, as a value."""
    return {
        "draft_id": name,
        "draft_name": title,
        "draft_fold_path": "",
        "draft_root_path": "",
        "draft_cover": "",
        "draft_new_version": "",
        "draft_is_invisible": False,
        "draft_materials": [{"type": kind, "value": []} for kind in _LISTS],
        "draft_materials_copied_info": [],
        "draft_segment_extra_info": [],
        "tm_draft_removed": 0,
        "tm_duration": length,
    }


def _rows(captions: Sequence[Caption]) -> list[list[Caption]]:
    """Captions on as many tracks as are shown at once."""
    rows: list[list[Caption]] = []
    for caption in sorted(captions):
        free = next((row for row in rows if _micro(row[-1][1]) <= _micro(caption[0])), None)
        if free is None:
            rows.append([caption])
        else:
            free.append(caption)
    return rows


def _placed(height: float) -> Plain:
    """Where a segment is in the picture: in its middle, moved up by half pictures."""
    flat = {"alpha": 1.0, "rotation": 0.0, "flip": {"horizontal": False, "vertical": False}}
    return {**flat, "scale": {"x": 1.0, "y": 1.0}, "transform": {"x": 0.0, "y": height}}


def _micro(seconds: float) -> int:
    return round(seconds * _MICRO)
