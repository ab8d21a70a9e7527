"""Films through the whole route with tiny random weights: two speakers in three shots; a silent shot in clips side by side."""

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dramatis.clock import Rate, Span
from dramatis.engines.wan import wan_engine
from dramatis.media.sounds.tracks import read_track
from dramatis.media.videos.video import LOSSLESS, probe, read_clip
from dramatis.production.crew import Crew
from dramatis.production.produce import produce
from dramatis.recipes import crew_for
from dramatis.recipes.crews import by_sub_clips
from dramatis.runtime.dispatch import STAGE
from dramatis.runtime.environment import Environment
from dramatis.runtime.pool import Pool
from dramatis.runtime.render_lanes import CommandLane, local
from dramatis.story import Canvas, Character, Direction, Line, Shot, Storyline
from dramatis.take import Event
from tests.engines.wan.checkpoints import write
from tests.production.directing import undirected

pytest.importorskip("diffusers", reason="diffusers is in the extra `wan`")
TWO_PEOPLE = Path(__file__).parents[3] / "examples" / "noor_and_tom.png"
CANVAS, SHOT = Canvas(160, 64, Rate(25)), 9  # frames


@pytest.fixture
def storyline(tmp_path: Path, make_voice: Callable[..., str]) -> Storyline:
    """She speaks, he speaks, both are silent."""
    picture = str(tmp_path / "two.png")
    Image.open(TWO_PEOPLE).crop((190, 190, 1440, 690)).save(picture)
    voices = [make_voice(f"{name}.wav", seconds=0.3) for name in ("noor", "tom")]
    cast = tuple(Character(name, picture, voice=voice) for name, voice in zip(("Noor", "Tom"), voices, strict=True))
    ends = [CANVAS.rate.time(SHOT * number) for number in range(4)]
    said = ("Noor speaks", "Tom speaks", "both look up")
    shots = tuple(
        Shot(Span(start, end), picture, ("Noor", "Tom"), Direction(words))
        for start, end, words in zip(ends[:-1], ends[1:], said, strict=True)
    )
    return Storyline(CANVAS, cast, (Line("Noor", voices[0], 0.0), Line("Tom", voices[1], ends[1])), shots, engine="wan")


def test_two_speakers_in_three_shots(storyline: Storyline, tmp_path: Path) -> None:
    places = write("infinitetalk", tmp_path / "weights")
    crew = crew_for("wan", Environment(tmp_path / "vault", workers=0, recognise=False, wan=places))
    film = produce(storyline, tmp_path / "film.mp4", crew)
    facts, frames = probe(str(film.path)), [frame.copy() for frame in read_clip(str(film.path)).frames]
    assert (facts.canvas.width, facts.canvas.height, facts.canvas.rate.fps, len(frames)) == (160, 64, 25, 3 * SHOT)
    picture = np.asarray(Image.open(tmp_path / "two.png").resize((160, 64)))
    assert np.abs(frames[0].astype(int) - picture).mean() < 12  # it begins with what it was given
    (phase,) = json.loads(film.report.read_text())["phases"]
    assert [take["first frame"] for take in phase["takes"]] == [0, SHOT - 1, 2 * SHOT - 2]
    assert np.abs(read_track(str(film.path)).mono[: 48_000 // 4]).max() > 0.1
    again = produce(storyline, tmp_path / "again.mp4", crew)
    (phase,) = json.loads(again.report.read_text())["phases"]
    assert all(take["from the vault"] for take in phase["takes"])
    assert all(np.array_equal(one, other) for one, other in zip(frames, read_clip(str(again.path)).frames, strict=True))


def test_a_silent_shot_is_filmed_in_clips_side_by_side(make_picture: Callable[..., str], tmp_path: Path) -> None:
    """Their limits say that both ends of a clip may be given; clips meet in frames of the draft."""
    canvas, picture = Canvas(64, 32, Rate(16)), make_picture("still.png", 64, 32)
    plan = Storyline(
        canvas,
        (Character("Ada", picture),),
        (),
        (Shot(Span(0.0, 1.0), picture, ("Ada",), Direction("Ada looks around")),),
        engine="wan",
    )
    builder = partial(wan_engine, write("i2v-a14b", tmp_path / "weights"), None)
    phases = by_sub_clips(builder, partial(builder, drafts=True), seconds=0.5)
    crew = Crew(phases, undirected, local(0), LOSSLESS, tmp_path / "vault")
    film = produce(plan, tmp_path / "film.mp4", crew)
    drafted, made = (phase["takes"] for phase in json.loads(film.report.read_text())["phases"])
    assert [(take["first frame"], take["frames"]) for take in (*drafted, *made)] == [(0, 17), (0, 9), (8, 9)]
    frames = [frame.copy() for frame in read_clip(str(film.path)).frames]
    draft = list(read_clip(str(tmp_path / "vault" / f"{drafted[0]['digest']}.mp4")).frames)
    assert len(frames) == 16
    assert np.abs(frames[8].astype(int) - draft[8]).mean() < 3
    with Pool(phases[0].engine, [CommandLane(f"card {number}") for number in range(2)]) as pool:
        told: list[Event] = []

        def kill_one(event: Event) -> None:
            if event.stage == STAGE and told[-1:] and (told[-1].stage, told[-1].note) == ("phase", "clips"):
                os.kill(pool.workers[0].channel.pid or 0, signal.SIGKILL)
            told.append(event)

        again = produce(plan, tmp_path / "again.mp4", replace(crew, vault=tmp_path / "other"), kill_one, pool)
    assert ["is lost" in event.note for event in told if event.stage == "note" and "worker" in event.note] == [True]
    assert all(np.array_equal(one, other) for one, other in zip(frames, read_clip(str(again.path)).frames, strict=True))
