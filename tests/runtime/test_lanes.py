"""Lanes: workers behind a command, on machines that do not see the film's files, and in a Ray cluster."""

import os
import signal
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, read_given, read_number
from dramatis.errors import BriefError, EngineError
from dramatis.media.footage import Footage
from dramatis.media.videos.stored import StoredFrames
from dramatis.media.videos.video import INNER, read_clip
from dramatis.runtime.dispatch import LOST, RenderedClip
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import CommandLane, RenderLane, local, read_lanes
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas
from dramatis.take import Event, Take

CANVAS = Canvas(160, 96, Rate(25))
FAR = CommandLane("far away", ("sh", "-c", 'cd / && exec "$@"', "lane"), shared=False)


def takes(count: int, prior: Footage | None = None) -> list[Take]:
    return [Take(CANVAS, Span(CANVAS.rate.time(8 * n), CANVAS.rate.time(8 * n + 8)), prior=prior) for n in range(count)]


def filmed(lanes: tuple[RenderLane, ...], work: Work, told: list[Event] | None = None) -> list[RenderedClip]:
    with Pool(partial(FakeEngine, pause=0.005), lanes) as pool:
        return list(render_all(pool, work, (told if told is not None else []).append))


def test_clips_and_what_they_are_made_of_travel_where_files_are_not_shared(tmp_path: Path) -> None:
    here = filmed(local(1), Work(takes(2), Vault(tmp_path / "here"), INNER))
    first = here[1]
    prior = Footage(
        CANVAS,
        Span(first.take.times[0], first.take.times[-1]),
        frames := StoredFrames(str(first.path), first.name, 0, 9),
        frames.digest,
    )
    work = Work(takes(3, prior), Vault(tmp_path / "far"), INNER)
    far = filmed((FAR, FAR), work)
    near = filmed(local(2), Work(takes(3, prior), Vault(tmp_path / "near"), INNER))
    assert [clip.path.read_bytes() for clip in far] == [clip.path.read_bytes() for clip in near]
    shown = list(read_clip(str(far[1].path)).frames)
    assert [read_number(frame) for frame in shown] == list(range(8, 17))
    assert read_given(np.asarray(shown[3])).prior == 11
    assert sorted(path.name for path in (tmp_path / "far").iterdir()) == sorted(clip.path.name for clip in far)


def test_a_film_over_several_lanes_with_one_killed_is_the_same_film(tmp_path: Path) -> None:
    told: list[Event] = []
    lanes = (FAR, CommandLane("near", ("env",)), *local(2))
    with Pool(partial(FakeEngine, pause=0.01), lanes) as pool:
        clips = []
        for clip in render_all(pool, Work(takes(12), Vault(tmp_path / "lanes"), INNER), told.append):
            if not clips:
                os.kill(next(worker.channel.pid or 0 for worker in pool.workers if worker.lane is FAR), signal.SIGKILL)
            clips.append(clip)
    alone = filmed(local(1), Work(takes(12), Vault(tmp_path / "alone"), INNER))
    assert [clip.path.read_bytes() for clip in clips] == [clip.path.read_bytes() for clip in alone]
    assert ["far away is lost: it was killed" in event.note for event in told if event.stage == LOST] == [True]


def test_a_lane_with_another_version_of_the_program_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.runtime.pool.program_digest", lambda: "of another version")
    told: list[Event] = []
    clips = filmed((FAR, *local(1)), Work(takes(3), Vault(tmp_path / "both"), INNER), told)
    assert len(clips) == 3
    assert any("far away is lost: another version" in event.note for event in told)
    with pytest.raises(EngineError, match=r"far away.*install the same"):
        filmed((FAR,), Work(takes(3), Vault(tmp_path / "far"), INNER))


def test_words_reach_the_shell_of_another_machine_whole(tmp_path: Path) -> None:
    ssh, python = tmp_path / "ssh", tmp_path / "with a space" / "python"
    python.parent.mkdir()
    ssh.write_text('#!/bin/sh\nshift\nexec sh -c "$*"\n')  # as ssh does it: the words become one line for a shell
    python.write_text(f'#!/bin/sh\necho "$GREETING" > "{tmp_path}/greeting"\nexec {sys.executable} "$@"\n')
    for program in (ssh, python):
        program.chmod(0o755)
    lane = CommandLane("host", (str(ssh), "host"), str(python), (("GREETING", "two  words"),), shared=False)
    assert len(filmed((lane,), Work(takes(2), Vault(tmp_path / "vault"), INNER))) == 2
    assert (tmp_path / "greeting").read_text() == "two  words\n"


def test_an_engine_says_how_many_run_at_once_on_each_machine(tmp_path: Path) -> None:
    other = CommandLane("other", ("env",))
    with Pool(partial(FakeEngine, at_once=2), (*local(3), other, other, other)) as pool:
        list(render_all(pool, Work(takes(9), Vault(tmp_path), INNER), lambda _: None))
        assert sorted(worker.lane.name for worker in pool.workers) == ["other", "other", "this machine", "this machine"]


def test_lanes_are_listed_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lanes.toml"
    path.write_text(
        '[[lane]]\ncount = 2\n[[lane]]\nname = "gpu1"\ncommand = ["ssh", "gpu1"]\npython = "/opt/a b/python"\n'
        'environment = {CUDA_VISIBLE_DEVICES = "0"}\n'
    )
    here, again, far = read_lanes(path)
    assert here == again == CommandLane()
    assert isinstance(here, CommandLane)
    assert isinstance(far, CommandLane)
    assert here.words == (sys.executable, "-P", "-m", "dramatis.runtime.worker")
    assert far.words == (
        "ssh", "gpu1", "env", "CUDA_VISIBLE_DEVICES=0", "'/opt/a b/python'", "-P", "-m", "dramatis.runtime.worker",
    )  # fmt: skip
    assert (here.shared, far.shared) == (True, False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", r"needs tables \[\[lane\]\]"),
        ("[[lane", "cannot be read as TOML"),
        ("workers = 3", "not workers"),
        ("[[lane]]\nhost = 'a'", '"host": name, command'),
        ("[[lane]]\ncount = 0", '"count" is 0'),
        ("[[lane]]\ncount = true", '"count" is True, not a whole number'),
        ("[[lane]]\ncommand = [1]", "texts in quotation marks"),
        ("[[lane]]\ncount = 1000000", "1 to 4096"),
    ],
)
def test_a_file_of_lanes_that_cannot_be_used(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "lanes.toml"
    path.write_text(text)
    with pytest.raises(BriefError, match=why):
        read_lanes(path)
    with pytest.raises(BriefError, match="There is no file"):
        read_lanes(tmp_path / "other.toml")


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    lane = CommandLane("gpu1", (str(tmp_path / "shh"), "gpu1"), shared=False)
    with pytest.raises(EngineError, match=r"on gpu1 cannot be started .* correct its command"):
        filmed((lane,), Work(takes(1), Vault(tmp_path / "vault"), INNER))
