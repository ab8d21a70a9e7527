"""A film in five phases with the fake engine: what each phase films, from what, and what of it is filmed again."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dramatis.cli.progress import doing
from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, Given, read_given, read_loudness, read_number
from dramatis.errors import BriefError, Cancelled, EngineError, PictureError
from dramatis.evaluation.film.phase_sheet import phase_sheet
from dramatis.media.videos.video import probe, read_clip
from dramatis.production.phases.boundaries import FrameGrid
from dramatis.production.produce import Film, produce
from dramatis.runtime.vault import Vault
from dramatis.story import Storyline
from dramatis.story.document import to_json
from dramatis.take import Event
from tests.production.cascading import GRID, LARGE, NAMES, SMALL, crew, frames_of, takes_of

PER_CLIP_FRAME = 4  # frames of the film, which has 48 a second, for each of the clips
PER_BLUEPRINT_FRAME = 16


def shown(film: Film) -> str:
    return hashlib.sha256(b"".join(frame.tobytes() for frame in frames_of(film.path))).hexdigest()


def test_each_phase_films_from_what_came_before(storyline: Storyline, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    film = produce(storyline, tmp_path / "film.mp4", crew(vault=vault))
    takes = takes_of(film)
    assert tuple(takes) == NAMES
    painted = {name: [frames_of(vault / f"{take['digest']}.mp4") for take in takes[name]] for name in NAMES}
    for name, small in zip(NAMES, (True, False, True, True, False), strict=True):
        assert {frame.shape[0] for clip in painted[name] for frame in clip} == {SMALL if small else LARGE}
        assert all(len(np.unique(clip[-1][-1])) > 3 for clip in painted[name])  # the picture as it fills this canvas
    for key, (frame,) in zip(takes["keyframes"], painted["keyframes"], strict=True):
        assert read_number(frame) == key["first frame"]
        assert read_given(frame) == Given(key["first frame"] // PER_BLUEPRINT_FRAME, None, None)
    edges = [key["first frame"] for key in takes["keyframes"]]
    assert len(edges) == len(set(edges)) + 1  # the cut, which both shots have
    for clip, frames in zip(takes["clips"], painted["clips"], strict=True):
        first, last = clip["first frame"], clip["first frame"] + clip["frames"] - 1
        assert (clip["frames"] - 1) % GRID.step == 0
        assert {PER_CLIP_FRAME * first, PER_CLIP_FRAME * last} <= set(edges)
        assert [read_number(frame) for frame in frames[1:-1]] == list(range(first + 1, last))
        assert {read_given(frame) for frame in frames[1:-1]} == {Given(None, PER_CLIP_FRAME * first, PER_CLIP_FRAME * last)}
    for name, fps in (("clips", 12), ("finish", 48)):  # both hear the voice, which ends before 1.9 s
        filmed = zip(takes[name], painted[name], strict=True)
        loud = {take["first frame"] + place: read_loudness(frame, 1)[0] for take, it in filmed for place, frame in enumerate(it)}
        assert loud[round(0.52 * fps)] > 0.05
        assert loud[round(1.9 * fps)] < 0.05


def test_the_film_is_exact_to_the_frame(storyline: Storyline, tmp_path: Path) -> None:
    film = produce(storyline, tmp_path / "film.mp4", crew())
    frames = frames_of(film.path)
    assert [read_number(frame) for frame in frames] == list(range(round(3.77 * 48)))
    edges = sorted({key["first frame"] for key in takes_of(film)["keyframes"]})
    for number, frame in enumerate(frames):
        if number not in edges:
            given = read_given(frame)
            assert (given.before, given.after) in pairwise(edges)
            assert given.before < number < given.after
            assert given.prior in {number // PER_CLIP_FRAME, number - number % PER_CLIP_FRAME}  # a keyframe has the film's number


def test_workers_and_their_engines_do_not_change_the_frames(storyline: Storyline, tmp_path: Path) -> None:
    alone = produce(storyline, tmp_path / "alone.mp4", crew())
    one = produce(storyline, tmp_path / "one.mp4", crew(1))
    two = produce(storyline, tmp_path / "two.mp4", crew(2, finish=FakeEngine(1)))  # whose workers start anew
    assert shown(alone) == shown(one) == shown(two)


SCRIPT = """
import os, signal, sys
from pathlib import Path
from dramatis.production.produce import produce
from dramatis.story.document import parse, storyline_from
from tests.production.cascading import crew

def killed(film, before):
    vault = film.parent / ".dramatis" / film.name

    def on_event(event):
        if event.stage == "filming" and len(list(vault.glob("[!.]*.mp4"))) > before:  # within the second take of a phase
            os.kill(os.getpid(), signal.SIGKILL)

    produce(storyline_from(parse(film.with_name("plan.json"))), film, crew(), on_event)

for film, before in zip(sys.argv[1::2], sys.argv[2::2]):
    if os.fork() == 0:
        killed(Path(film), int(before))
    assert os.wait()[1] == signal.SIGKILL
"""


def test_killed_in_any_phase_and_started_again_the_film_is_the_same(storyline: Storyline, tmp_path: Path) -> None:
    storyline = replace(storyline, lines=())  # nothing to hear: processes start sooner
    whole = produce(storyline, tmp_path / "whole.mp4", crew())
    counts = {name: len(takes) for name, takes in takes_of(whole).items()}
    before = {name: sum(counts[earlier] for earlier in NAMES[:number]) for number, name in enumerate(NAMES)}
    (tmp_path / "plan.json").write_text(to_json(storyline))
    asked = [word for name in NAMES for word in (str(tmp_path / f"{name}.mp4"), str(before[name]))]
    subprocess.run([sys.executable, "-c", SCRIPT, *asked], check=True)
    for name in NAMES:
        film, vault = tmp_path / f"{name}.mp4", tmp_path / ".dramatis" / f"{name}.mp4"
        finished = {path.stem for path in vault.glob("[!.]*.mp4")}
        again = produce(storyline, film, crew())
        kept = {take["digest"] for takes in takes_of(again).values() for take in takes if take["from the vault"]}
        assert before[name] < len(kept) < before[name] + counts[name]
        assert kept == finished
        assert shown(again) == shown(whole)


def test_an_engine_is_given_only_what_it_takes(storyline: Storyline, tmp_path: Path) -> None:
    timid = crew(clips=FakeEngine(4, anchors="first"), finish=FakeEngine(anchors="none"))
    film = produce(storyline, tmp_path / "film.mp4", timid)
    frames = frames_of(film.path)
    assert [read_number(frame) for frame in frames] == list(range(round(3.77 * 48)))
    assert {(given.before, given.after) for given in map(read_given, frames)} == {(None, None)}


def test_a_blueprint_may_be_filmed_in_parts(storyline: Storyline, tmp_path: Path) -> None:
    film = produce(storyline, tmp_path / "film.mp4", crew(blueprint=FakeEngine(most=4)))
    assert [read_number(frame) for frame in frames_of(film.path)] == list(range(round(3.77 * 48)))
    assert max(take["frames"] for take in takes_of(film)["blueprint"]) == 4


def test_a_sheet_shows_every_phase(storyline: Storyline, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault", kept=True)
    film = produce(storyline, tmp_path / "film.mp4", crew(vault=vault.folder))
    page = phase_sheet(film.path, vault).pixels
    shown = [(page.min(axis=(1, 2)) == 0) & (page.max(axis=(1, 2)) == 255)][0]  # where numbers are painted
    assert np.count_nonzero(np.diff(shown.astype(int)) == 1) >= len(NAMES) + 1
    shutil.rmtree(vault.folder)
    with pytest.raises(PictureError, match=r'"blueprint" are not in .*DRAMATIS_VAULT'):
        phase_sheet(film.path, vault)
    film.report.unlink()
    with pytest.raises(BriefError, match="make the film again"):
        phase_sheet(film.path, vault)


def test_footage_that_is_damaged_between_phases_is_filmed_again(storyline: Storyline, tmp_path: Path) -> None:
    vault = tmp_path / "vault"

    def damage(event: Event) -> None:
        if (event.stage, event.note) == ("phase", "keyframes"):
            for path in vault.glob("*.mp4"):
                path.write_bytes(path.read_bytes()[:500])

    with pytest.raises(PictureError, match="run the same command again"):
        produce(storyline, tmp_path / "film.mp4", crew(vault=vault), damage)
    film = produce(storyline, tmp_path / "film.mp4", crew(vault=vault))
    assert [read_number(frame) for frame in frames_of(film.path)] == list(range(round(3.77 * 48)))


def test_a_last_take_that_shows_nothing_new_is_not_filmed(storyline: Storyline, tmp_path: Path) -> None:
    first, second = storyline.shots
    longer = replace(storyline, shots=(first, replace(second, span=Span(1.8, 3.0 + 1 / 48))))  # by a frame than the grid
    film = produce(longer, tmp_path / "film.mp4", crew(grid=replace(GRID, seconds=0.3)))
    assert [read_number(frame) for frame in frames_of(film.path)] == list(range(145))
    takes = takes_of(film)
    assert takes["clips"][-1]["first frame"] * PER_CLIP_FRAME == 144
    assert takes["finish"][-1]["first frame"] < 144


def test_phases_are_named_as_they_come_and_are_shares_of_the_work(storyline: Storyline, tmp_path: Path) -> None:
    told: list[Event] = []
    made = crew()
    made = replace(made, phases=(*made.phases[:-1], replace(made.phases[-1], share=6.0)))
    produce(storyline, tmp_path / "film.mp4", made, told.append)
    begun = [said for said in map(doing, told) if said is not None]
    filming = [f"filming {name} ({number} of 5)" for number, name in enumerate(NAMES, 1)]
    assert begun == ["planning", "preparing", *filming, "finishing"]
    done = [event.done for event in told if event.stage == "filming"]
    assert {event.total for event in told if event.stage == "filming"} == {10.0}  # of the whole film
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0.0, 10.0)
    assert 4.0 in done


def test_rates_that_do_not_fit(storyline: Storyline, tmp_path: Path) -> None:
    television = replace(storyline, canvas=replace(storyline.canvas, rate=Rate(25)))
    with pytest.raises(BriefError, match=r"25 frames a second .* one of them at 12: give a multiple of that, such as --size @24"):
        produce(television, tmp_path / "film.mp4", crew())
    assert not list(tmp_path.glob(".dramatis/film.mp4/*"))
    with pytest.raises(ValueError, match="divide"):
        FrameGrid(clips=Rate(10), blueprint=Rate(3))
    with pytest.raises(ValueError, match="16 frames apart, and a clip has at most 16"):
        FrameGrid(clips=Rate(48), blueprint=Rate(3), most=16)
    with pytest.raises(EngineError, match="at most 3 frames"):
        produce(storyline, tmp_path / "film.mp4", crew(clips=FakeEngine(4, most=3)))


def test_the_whole_film_can_be_watched_while_its_first_phase_is_filmed(storyline: Storyline, tmp_path: Path) -> None:
    """In the end, the film's own frames are what is watched."""
    told, seen = list[str](), list[list[int]]()

    def on_event(event: Event) -> None:
        if event.stage == "phase":
            told.append(event.note)
        if event.stage == "preview":
            told.append("preview")
            facts = probe(event.note)
            assert facts.has_sound
            seen.append([read_number(frame) for frame in read_clip(event.note).frames])
            assert min(facts.canvas.width, facts.canvas.height) == (LARGE if told.count("finish") else 360)

    folder = tmp_path / "films"
    folder.mkdir()
    film = produce(storyline, folder / "film.mp4", crew(), on_event)
    assert {path.name for path in folder.iterdir()} == {"film.mp4", "film.report.json", "film.storyline.json"}
    sketches = len(takes_of(film)["blueprint"])
    assert told[: sketches + 2] == ["blueprint", *["preview"] * sketches, "keyframes"]
    assert sketches > 1
    shown = [numbers[-1] for numbers in seen]
    assert shown[:sketches] == sorted(set(shown[:sketches]))
    assert shown[0] < 2 * 3
    assert shown[sketches - 1] == int(3.77 * 3) - 1  # all but the last frame
    assert all(numbers == list(range(len(numbers))) for numbers in seen[:sketches])
    assert len(seen[-1]) > 3 * 48


def test_a_film_that_is_stopped_while_its_first_phase_is_watched_leaves_its_clips_only(
    storyline: Storyline, tmp_path: Path
) -> None:
    folder, vault = tmp_path / "films", tmp_path / "vault"
    folder.mkdir()

    def on_event(event: Event) -> None:
        if event.stage == "preview":
            raise Cancelled

    with pytest.raises(Cancelled):
        produce(storyline, folder / "film.mp4", crew(vault=vault), on_event)
    assert list(folder.iterdir()) == []
    assert len(list(vault.glob("*.mp4"))) == 1
