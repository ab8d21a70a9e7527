"""A vault is never a reason to fail: what is damaged is filmed again, what cannot be written goes elsewhere."""

import itertools
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import build
from dramatis.engines.fake import read_number
from dramatis.errors import EngineError, OutputError
from dramatis.media.still import Still
from dramatis.media.videos.video import FINAL, read_clip
from dramatis.runtime.dispatch import RenderedClip
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import local
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas
from dramatis.take import Event, Look, Role, Take

CANVAS = Canvas(160, 96, Rate(25))
CAST = (Role("Ada", Look(Still(np.full((96, 160, 3), 90, np.uint8)))),)
COUNT = 4


def quiet(event: Event) -> None:
    pass


@pytest.fixture
def work(tmp_path: Path) -> Work:
    takes = [Take(CANVAS, Span(CANVAS.rate.time(8 * n), CANVAS.rate.time(8 * n + 8)), CAST) for n in range(COUNT)]
    return Work(takes, Vault(tmp_path / "vault", kept=True), FINAL, spare=Vault(tmp_path / "spare"))


def filmed(work: Work, workers: int = 0) -> list[RenderedClip]:
    with Pool(partial(build, "fake"), local(workers)) as pool:
        return list(render_all(pool, work, quiet))


def assert_whole(clips: list[RenderedClip], first: int = 0) -> None:
    """Each frame of the film is there."""
    for number, clip in enumerate(clips, first):
        assert [read_number(frame) for frame in read_clip(str(clip.path)).frames] == list(range(8 * number, 8 * number + 9))


def flip(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:1500]),
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(np.random.default_rng(1).bytes(9000)),
    "one bit": flip,
    "a folder": replace_by_folder,
    "gone": Path.unlink,
}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_a_damaged_clip_is_filmed_again_and_no_other(work: Work, damage: str) -> None:
    first = filmed(work)
    DAMAGES[damage](first[2].path)
    again = filmed(work)
    assert [clip.seconds > 0 for clip in again] == [False, False, True, False]
    assert_whole(again)
    if damage != "a folder":
        assert all(clip.seconds == 0 for clip in filmed(work))


@pytest.mark.parametrize("workers", [0, 2])
def test_a_clip_that_is_damaged_before_its_turn_is_filmed_again(work: Work, workers: int) -> None:
    first = filmed(work)
    with Pool(partial(build, "fake"), local(workers)) as pool:
        clips = render_all(pool, work, quiet)
        again = [next(clips)]
        flip(first[2].path)
        again += clips
    assert [clip.seconds > 0 for clip in again] == [False, False, True, False]
    assert_whole(again)


def replaced_by_a_file(folder: Path) -> None:
    """Put a file in the place of a folder into which others may be writing."""
    for number in itertools.count():
        folder.rename(folder.with_name(f"away{number}"))
        with suppress(FileExistsError):  # somebody made it again
            folder.touch(exist_ok=False)
            return


@pytest.mark.parametrize("workers", [0, 2])
def test_a_vault_that_takes_no_more_is_left_for_the_spare_one(work: Work, workers: int) -> None:
    with Pool(partial(build, "fake"), local(workers)) as pool:
        clips = render_all(pool, work, quiet)
        first = next(clips)
        assert first.path.parent == work.vault.folder
        replaced_by_a_file(work.vault.folder)
        rest = list(clips)
    assert {clip.path.parent for clip in rest} == {work.spare and work.spare.folder}
    assert [clip.take.first for clip in rest] == [8 * number for number in range(1, COUNT)]
    assert_whole(rest, 1)


def test_a_disk_that_takes_nothing_anywhere_is_said_in_a_sentence(work: Work, tmp_path: Path) -> None:
    (tmp_path / "spare").touch()
    with Pool(partial(build, "fake"), local(0)) as pool:
        clips = render_all(pool, work, quiet)
        next(clips)
        shutil.rmtree(work.vault.folder)
        with pytest.raises(OutputError, match="spare"):
            list(clips)


def test_a_disk_that_reads_back_nothing_ends_in_a_sentence(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.runtime.vault._is_sealed", lambda clip: False)
    with pytest.raises(EngineError, match="cannot be read back"):
        filmed(work)


def test_a_vault_that_nothing_can_be_written_to_is_not_prepared(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "vault", Path("/proc/vault")):
        with pytest.raises(OutputError, match="could not be written"):
            Vault(folder, kept=True).prepare()
