"""A film is played as it is after each of its phases."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import BriefError, PictureError
from dramatis.evaluation.film.phase_footage import frames_after, joins_of, phases_of
from dramatis.media.footage import Footage
from dramatis.media.videos.video import INNER, write_clip
from dramatis.runtime.vault import Vault, seal
from dramatis.story import Canvas

SMALL = {"width": 16, "height": 16, "fps": 12.0}


def take(vault: Vault, name: str, first: int, shades: range) -> dict[str, Any]:
    """A take whose frames have these shades of grey."""
    frames = (np.full((16, 16, 3), shade, np.uint8) for shade in shades)
    path = vault.place(name)
    write_clip(Footage(Canvas(16, 16, Rate(12)), Span(0, 1), frames), str(path), INNER)
    seal(path)
    return {"digest": name, "first frame": first, "frames": len(shades)}


def shades(phases: list[dict[str, Any]], name: str, vault: Vault) -> list[int]:
    return [int(frame.mean()) for frame in frames_after(phases, name, vault)]


def test_what_a_later_phase_filmed_anew_is_shown_in_its_place(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    blueprint = [take(vault, "plan", 0, range(100, 105))]
    clips = [take(vault, "one", 0, range(10, 15)), take(vault, "two", 4, range(50, 55))]
    joins = [take(vault, "seam", 3, range(200, 203))]
    phases = [
        {"name": "blueprint", "canvas": {**SMALL, "fps": 3.0}, "takes": blueprint},
        {"name": "clips", "canvas": SMALL, "takes": clips},
        {"name": "joins", "canvas": SMALL, "takes": joins},
    ]
    assert shades(phases, "blueprint", vault) == [100, 101, 102, 103, 104]
    assert shades(phases, "clips", vault) == [10, 11, 12, 13, 14, 51, 52, 53, 54]  # frame 4 is of the earlier take
    assert shades(phases, "joins", vault) == [10, 11, 12, 200, 201, 202, 52, 53, 54]
    assert joins_of(clips) == [4]


def test_a_clip_that_is_gone_is_named(tmp_path: Path) -> None:
    lost = {"digest": "gone", "first frame": 0, "frames": 5}
    with pytest.raises(PictureError, match='"clips" are not in'):
        list(frames_after([{"name": "clips", "canvas": SMALL, "takes": [lost]}], "clips", Vault(tmp_path)))


def test_a_film_without_a_report_has_no_phases(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="make the film again"):
        phases_of(tmp_path / "film.mp4")
