"""A film in five phases with the fake engine: what each phase films, from what, and what of it is filmed again."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest

from dramatis.cli.progress import doing
from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, Given, read_given, read_loudness, read_number
from dramatis.errors import BriefError, EngineError, PictureError
from dramatis.evaluation.film.phase_sheet import phase_sheet
from dramatis.media.still import Pixels
from dramatis.media.video import read_clip
from dramatis.production.crew import Crew
from dramatis.production.phases.boundaries import FrameGrid
from dramatis.production.phases.phase import Earlier, TakesByPassage
from dramatis.production.produce import Film, produce
from dramatis.production.stock import Stock
from dramatis.runtime.vault import Vault
from dramatis.story import Canvas, Character, Cue, Direction, Line, Shot, Storyline
from dramatis.story.document import to_json
from dramatis.take import Event, Limits, Take
from tests.production.cascading import GRID, LARGE, NAMES, SMALL, crew

Make = Callable[..., str]
PER_CLIP_FRAME = 4  # frames of the film, which has 48 a second, for each of the clips
PER_BLUEPRINT_FRAME = 16


@pytest.fixture
def storyline(make_picture: Make, make_voice: Make) -> Storyline:
    """Two shots with a cut between them that lies on no frame of the blueprint, and an end that lies on no frame of the clips."""
    picture, voice = make_picture(), make_voice(seconds=3.5, spoken=((0.2, 1.5), (2.0, 3.0)))
    spans = (Span(0.0, 1.8), Span(1.8, 3.77))
    shots = tuple(Shot(span, picture, ("Ada",), Direction(f"shot {number}")) for number, span in enumerate(spans))
    canvas = Canvas(160, LARGE, Rate(48))
    return Storyline(canvas, (Character("Ada", picture, voice=voice),), (Line("Ada", voice, 0.1),), shots, engine="fake")


def takes_of(film: Film) -> dict[str, list[dict[str, int]]]:
    return {phase["name"]: phase["takes"] for phase in json.loads(film.report.read_text())["phases"]}


def frames_of(path: Path) -> list[Pixels]:
    return list(read_clip(str(path)).frames)


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
    film_of_clips = {take["first frame"]: frames for take, frames in zip(takes["clips"], painted["clips"], strict=True)}
    loud = {first + place: read_loudness(frame, 1)[0] for first, it in film_of_clips.items() for place, frame in enumerate(it)}
    assert loud[round(0.5 * 12)] > 0.05
    assert loud[round(1.9 * 12)] < 0.05


@pytest.mark.parametrize(("seconds", "reach", "led"), [(1.0, 4, 0), (2.0, 8, 4)])
def test_joins_are_made_again_between_both_neighbours(
    storyline: Storyline, tmp_path: Path, seconds: float, reach: int, led: int
) -> None:
    """`led` frames after the first one are given, too: they lie before the boundary."""
    vault, asked = tmp_path / "vault", list[Take]()
    whole = replace(storyline, shots=(replace(storyline.shots[0], span=Span(0.0, storyline.seconds)),))
    film = produce(whole, tmp_path / "film.mp4", asking(crew(vault=vault, grid=replace(GRID, seconds=seconds)), asked))
    takes = takes_of(film)
    edges = [key["first frame"] // PER_CLIP_FRAME for key in takes["keyframes"]]
    assert [take["first frame"] + reach for take in takes["joins"]] == edges[1:-1]
    for edge, take in zip(edges[1:-1], takes["joins"], strict=True):
        first, last = edge - reach, edge + reach
        frames = frames_of(vault / f"{take['digest']}.mp4")
        assert [read_number(frame) for frame in frames] == list(range(first, last + 1))
        for number in range(first + led + 1, last):
            prior = number * PER_CLIP_FRAME if number == edge else number  # a keyframe has the film's number
            assert read_given(frames[number - first]) == Given(prior, first + led, last)
    for take in asked:
        assert take.prior is not None
        start = take.first // PER_CLIP_FRAME
        made_again = {start + place for place, frame in enumerate(take.prior.frames) if read_given(frame).prior is not None}
        near = {number for edge in edges[1:-1] for number in range(edge - reach + led + 1, edge + reach)}
        ends = {edges[0], edges[-1]}  # which are keyframes, and have a prior, too
        assert made_again == (near | ends) & set(range(start, start + 1 + (take.frames - 1) // PER_CLIP_FRAME))


def asking(made: Crew, asked: list[Take]) -> Crew:
    """The crew, with what its last phase asks for put into a list."""
    *inner, last = made.phases

    def takes(storyline: Storyline, stock: Stock, limits: Limits, earlier: Earlier) -> TakesByPassage:
        planned = last.takes(storyline, stock, limits, earlier)
        asked.extend(chain.from_iterable(planned))
        return planned

    return replace(made, phases=(*inner, replace(last, takes=takes)))


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
import sys
from pathlib import Path
from dramatis.engines.fake import FakeEngine
from dramatis.production.phases.phase import Earlier, TakesByPassage
from dramatis.production.produce import produce
from dramatis.story.document import parse, storyline_from
from tests.production.cascading import crew

name, document, film = sys.argv[1:]
engine = FakeEngine(4, pause=0.5 if name == "keyframes" else 0.05)
produce(storyline_from(parse(Path(document))), Path(film), crew(**{name: engine}))
"""


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_killed_in_any_phase_and_started_again_the_film_is_the_same(storyline: Storyline, tmp_path: Path) -> None:
    storyline = replace(storyline, lines=())  # nothing to hear: processes start sooner
    whole = produce(storyline, tmp_path / "whole.mp4", crew())
    counts = {name: len(takes) for name, takes in takes_of(whole).items()}
    (tmp_path / "plan.json").write_text(to_json(storyline))
    for number, name in enumerate(NAMES):
        film, vault = tmp_path / f"{name}.mp4", tmp_path / ".dramatis" / f"{name}.mp4"
        before = sum(counts[earlier] for earlier in NAMES[:number])
        run = subprocess.Popen([sys.executable, "-c", SCRIPT, name, str(tmp_path / "plan.json"), str(film)])
        wait_for(lambda vault=vault, before=before: len(list(vault.glob("[!.]*.mp4"))) > before)
        run.send_signal(signal.SIGKILL)
        run.wait()
        finished = {path.stem for path in vault.glob("[!.]*.mp4")}
        again = produce(storyline, film, crew())
        kept = {take["digest"] for takes in takes_of(again).values() for take in takes if take["from the vault"]}
        assert before < len(kept) < before + counts[name]
        assert kept == finished
        assert shown(again) == shown(whole)


def slow(storyline: Storyline) -> Storyline:
    """At the rate of its clips: long films are made sooner."""
    return replace(storyline, canvas=replace(storyline.canvas, rate=GRID.clips))


def filmed_again(film: Film) -> dict[str, list[float]]:
    """By phase: the seconds at which takes begin that were not in the vault."""
    phases = json.loads(film.report.read_text())["phases"]
    fps = {phase["name"]: phase["canvas"]["fps"] for phase in phases}
    return {
        name: [take["first frame"] / fps[name] for take in takes if not take["from the vault"]]
        for name, takes in takes_of(film).items()
    }


def test_an_edit_of_one_of_six_shots_films_only_that_shot(storyline: Storyline, tmp_path: Path) -> None:
    """It lasts from 6 to 8 s; a passage begins one frame before it is seen, here on the grid of four frames before."""
    shots = tuple(
        replace(storyline.shots[0], span=Span(2.0 * n, 2.0 * n + 2), direction=Direction(f"shot {n}")) for n in range(6)
    )
    kept, six = crew(vault=tmp_path / "vault", blueprint=FakeEngine()), replace(slow(storyline), shots=shots)
    counts = {name: len(takes) for name, takes in takes_of(produce(six, tmp_path / "film.mp4", kept)).items()}
    edited = replace(six, shots=(*shots[:3], replace(shots[3], direction=Direction("another shot 3")), *shots[4:]))
    again = filmed_again(produce(edited, tmp_path / "edited.mp4", kept))
    for name, begun in again.items():
        assert begun, name
        assert len(begun) <= counts[name] / 6 + 1
        assert min(begun) >= 6 - 4 / 12
        assert max(begun) <= 8


def test_an_edit_within_a_shot_leaves_alone_what_is_before_it(storyline: Storyline, tmp_path: Path) -> None:
    """The blueprint's take around the cue is one from 5.3 s on; a clip up to a new keyframe changes, and a join with that one."""
    whole = replace(storyline.shots[0], span=Span(0.0, 8.0))
    kept, before = crew(vault=tmp_path / "vault"), replace(slow(storyline), shots=(whole,))
    produce(before, tmp_path / "film.mp4", kept)
    nod = Direction(whole.direction.words, cues=(Cue("action", "nod", Span(7.0, 7.5)),))
    film = produce(replace(before, shots=(replace(whole, direction=nod),)), tmp_path / "edited.mp4", kept)
    assert [take["first frame"] for take in takes_of(film)["blueprint"]] == [0, 4, 16]
    again = {name: min(begun) for name, begun in filmed_again(film).items()}
    assert again.pop("blueprint") == pytest.approx(16 / 3)
    edges = [take["first frame"] / 12 for take in takes_of(film)["keyframes"]]
    changed = next(number for number, edge in enumerate(edges) if edge > 16 / 3)
    assert again == {
        "keyframes": edges[changed],
        "clips": edges[changed - 1],
        "joins": edges[changed - 1] - GRID.step / 12,
        "finish": edges[changed - 2],
    }


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


def test_phases_are_named_as_they_come(storyline: Storyline, tmp_path: Path) -> None:
    told: list[Event] = []
    produce(storyline, tmp_path / "film.mp4", crew(), told.append)
    begun = [said for said in map(doing, told) if said is not None]
    filming = [f"filming {name} ({number} of 5)" for number, name in enumerate(NAMES, 1)]
    assert begun == ["planning", "preparing", *filming, "finishing"]


def test_rates_that_do_not_fit(storyline: Storyline, tmp_path: Path) -> None:
    television = replace(storyline, canvas=replace(storyline.canvas, rate=Rate(25)))
    with pytest.raises(BriefError, match=r"25 frames a second .* one of them at 3: give --fps as a multiple"):
        produce(television, tmp_path / "film.mp4", crew())
    assert not list(tmp_path.glob(".dramatis/film.mp4/*"))
    with pytest.raises(ValueError, match="divide"):
        FrameGrid(clips=Rate(10), blueprint=Rate(3))
    with pytest.raises(ValueError, match="16 frames apart, and a clip has at most 16"):
        FrameGrid(clips=Rate(48), blueprint=Rate(3), most=16)
    with pytest.raises(EngineError, match="at most 3 frames"):
        produce(storyline, tmp_path / "film.mp4", crew(clips=FakeEngine(4, most=3)))
