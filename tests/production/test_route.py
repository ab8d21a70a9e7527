"""The whole route with the fake engine: exact frames, any order, any number of workers, any cutting."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines.fake import FakeEngine, read_number
from dramatis.errors import BriefError, Cancelled, OutputError
from dramatis.media.sounds.tracks import read_track
from dramatis.media.videos.video import FINAL, LOSSLESS, Encoding, probe, read_clip
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.output_files import OutputFiles
from dramatis.production.phases.single import single, takes
from dramatis.production.produce import Film, produce
from dramatis.production.report import Recorder
from dramatis.production.stock import load_stock
from dramatis.runtime.lock import locked
from dramatis.runtime.render_lanes import local
from dramatis.story import Brief, Canvas, Character, Cue, Direction, Line, Shot, Storyline
from dramatis.story.document import parse, storyline_from, storyline_located
from dramatis.take import Event, Limits
from tests.production.directing import undirected
from tests.waiting import wait_until

Make = Callable[..., str]
SECONDS = 5.0


def crew(workers: int = 0, encoding: Encoding = FINAL, vault: Path | None = None, **engine: float) -> Crew:
    return Crew(single(partial(FakeEngine, **engine)), undirected, local(workers), encoding, vault)


@pytest.fixture
def brief(make_picture: Make, make_voice: Make) -> Brief:
    voice = make_voice(seconds=SECONDS - 0.4)
    return Brief((Character("Ada", make_picture(), voice=voice),), size=(320, 180), engine="fake")


def numbers(film: Film) -> list[int]:
    return [read_number(frame) for frame in read_clip(str(film.path)).frames]


def pixels(film: Film) -> str:
    state = hashlib.sha256()
    for frame in read_clip(str(film.path)).frames:
        state.update(frame.tobytes())
    return state.hexdigest()


def takes_of(film: Film) -> list[dict[str, int]]:
    """What the report says of the film's takes."""
    return json.loads(film.report.read_text())["phases"][-1]["takes"]


@pytest.mark.parametrize(("step", "most"), [(1, 250), (4, 33), (8, 25), (7, 250)])
def test_every_frame_is_there_once_and_in_order(brief: Brief, tmp_path: Path, step: int, most: int) -> None:
    film = produce(brief, tmp_path / "film.mp4", crew(step=step, most=most))
    assert numbers(film) == list(range(round(SECONDS * 25)))
    clips = takes_of(film)
    assert len(clips) >= 3
    for before, after in pairwise(clips):
        assert after["first frame"] == before["first frame"] + before["frames"] - 1


def test_workers_order_and_cutting_do_not_change_the_frames(brief: Brief, tmp_path: Path) -> None:
    whole = produce(brief, tmp_path / "whole.mp4", crew(encoding=LOSSLESS, most=250))
    side_by_side = produce(brief, tmp_path / "two.mp4", crew(workers=2, encoding=LOSSLESS, most=30))
    one = produce(brief, tmp_path / "one.mp4", crew(workers=1, encoding=LOSSLESS, step=4, most=21))
    assert pixels(whole) == pixels(side_by_side) == pixels(one)


def test_the_film_has_the_voice_and_the_size(brief: Brief, tmp_path: Path) -> None:
    film = produce(brief, tmp_path / "film.mp4", crew())
    facts = probe(str(film.path))
    assert (facts.canvas.width, facts.canvas.height, facts.canvas.rate.fps) == (320, 180, 25)
    sound = read_track(str(film.path)).mono
    assert len(sound) / 48000 == pytest.approx(SECONDS, abs=0.05)
    assert np.abs(sound[:48000]).max() > 0.1


def test_nothing_but_the_film_its_plan_and_its_report_is_left(brief: Brief, tmp_path: Path) -> None:
    place = tmp_path / "films"
    place.mkdir()
    produce(brief, place / "film.mp4", crew(workers=1))
    assert sorted(path.name for path in place.iterdir()) == ["film.mp4", "film.report.json", "film.storyline.json"]


def test_the_first_seconds_can_be_watched_before_the_film_is_done(brief: Brief, tmp_path: Path) -> None:
    watched: list[int] = []

    def on_event(event: Event) -> None:
        if event.stage == "preview":
            watched.append(sum(1 for _ in read_clip(event.note).frames))

    produce(brief, tmp_path / "film.mp4", crew(), on_event)
    assert 8 <= watched[0] <= 16
    assert 20 <= watched[1] <= 40
    assert watched == sorted(watched)


def test_cancelling_keeps_what_is_finished_and_nothing_half_written(brief: Brief, tmp_path: Path) -> None:
    place = tmp_path / "films"
    place.mkdir()

    def on_event(event: Event) -> None:
        if event.stage == "preview":
            raise Cancelled

    with pytest.raises(Cancelled):
        produce(brief, place / "film.mp4", crew(workers=2, pause=0.01), on_event)
    left = [path for path in place.rglob("*") if path.is_file()]
    assert left
    for path in left:
        assert path.parent == place / ".dramatis" / "film.mp4"
        assert not path.name.startswith(".")
        assert sum(1 for _ in read_clip(str(path)).frames) > 0
    film = produce(brief, place / "film.mp4", crew(workers=2))
    assert sum(1 for clip in takes_of(film) if clip["from the vault"]) == len(left)
    assert not (place / ".dramatis").exists()


SCRIPT = """
import os, signal, sys
from functools import partial
from pathlib import Path
from dramatis.engines.fake import FakeEngine
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.director.claims import AudioReport, TextReport, Verdict, VisualReport
from dramatis.story import Deliberation
from dramatis.runtime.render_lanes import local
from dramatis.story.document import brief_from, parse

verdict = Verdict(AudioReport(), VisualReport(), TextReport(), Deliberation())
crew = Crew(single(partial(FakeEngine, pause=0.02)), lambda material: verdict, local(2))
film = Path(sys.argv[2])

def on_event(event):
    if len(list((film.parent / ".dramatis" / film.name).glob("[!.]*.mp4"))) >= 2:
        print(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

produce(brief_from(parse(Path(sys.argv[1]))), film, crew, on_event)
"""


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes through /proc")
def test_killed_in_the_middle_and_started_again_the_film_is_the_same(brief: Brief, tmp_path: Path) -> None:
    from dramatis.story.document import to_json

    whole = produce(brief, tmp_path / "whole.mp4", crew(workers=2))
    (tmp_path / "brief.json").write_text(to_json(brief))
    film, vault = tmp_path / "film.mp4", tmp_path / ".dramatis" / "film.mp4"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "brief.json"), str(film)], stdout=subprocess.PIPE, check=False
    )
    assert run.returncode == -signal.SIGKILL
    workers = [int(worker) for worker in run.stdout.split()]
    assert len(workers) == 2
    wait_until(lambda: not any(alive(worker) for worker in workers))
    assert not film.exists()
    finished = {path.stem: path.stat().st_mtime_ns for path in vault.glob("[!.]*.mp4")}
    again = produce(brief, film, crew(workers=2))
    clips = takes_of(again)
    assert {clip["digest"] for clip in clips if clip["from the vault"]} == set(finished)
    assert len(finished) < len(clips)
    assert pixels(again) == pixels(whole)


def test_after_an_edit_only_what_changed_is_filmed_again(brief: Brief, tmp_path: Path) -> None:
    from dataclasses import replace

    from dramatis.story.document import parse, storyline_from, storyline_located

    kept = tmp_path / "kept"
    first = produce(brief, tmp_path / "film.mp4", crew(vault=kept))
    storyline = storyline_located(storyline_from(parse(first.storyline)), first.storyline)
    again = produce(storyline, tmp_path / "again.mp4", crew(vault=kept))
    assert all(clip["from the vault"] for clip in takes_of(again))
    assert pixels(again) == pixels(first)
    shot = storyline.shots[0]
    halves = (
        replace(shot, span=Span(0.0, 2.56)),
        replace(shot, span=Span(2.56, shot.span.end), direction=Direction("", cues=(Cue("action", "nod", Span(3.0, 4.0)),))),
    )
    edited = produce(replace(storyline, shots=halves), tmp_path / "edited.mp4", crew(vault=kept))
    old = [bool(clip["from the vault"]) for clip in takes_of(edited)]
    assert (old[0], old[-1]) == (True, False)


def test_two_runs_into_the_same_file(brief: Brief, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    lock = tmp_path / ".dramatis" / "film.mp4.lock"
    with locked(lock, film), pytest.raises(OutputError, match=f"process {os.getpid()}"):
        produce(brief, film, crew())
    lock.parent.mkdir()
    lock.write_text("999999999\n")  # what a crash leaves
    assert produce(brief, film, crew()).path.exists()


def test_two_films_into_the_same_folder_at_once(brief: Brief, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"

    def on_event(event: Event) -> None:
        if event.stage == "film":
            assert produce(brief, tmp_path / "other.mp4", crew()).path.exists()

    assert numbers(produce(brief, film, crew(), on_event)) == list(range(round(SECONDS * 25)))


def test_places_that_cannot_be_written_to(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        produce(brief, tmp_path / "nowhere" / "film.mp4", crew())
    with pytest.raises(OutputError, match=r"\.mp4"):
        produce(brief, tmp_path / "film.avi", crew())
    voice = brief.cast[0].voice
    assert voice is not None
    film = tmp_path / "voice.mp4"
    produce(brief, film, crew())
    for name in ("voice.mp4", "voice.preview.mp4", "voice.report.json"):
        (tmp_path / name).write_bytes(film.read_bytes())
        with pytest.raises(OutputError, match=f"{name} itself"):
            produce(Brief((Character("Ada", str(tmp_path / name), voice=voice),), engine="fake"), film, crew())
        assert (tmp_path / name).exists()


def test_a_disk_that_is_too_small_is_noticed_before_the_work(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=50_000))
    with pytest.raises(OutputError, match=r"0\.05 MB free, and this film needs at least 0\.[01]"):
        produce(brief, tmp_path / "film.mp4", crew())
    assert not (tmp_path / ".dramatis").exists()


def test_without_a_voice_and_a_picture_there_is_a_silent_film(tmp_path: Path) -> None:
    """Of an engine that makes people up; one that animates faces says what it needs (tests/cli)."""
    made = produce(Brief((Character("Ada"),), "a woman in a park", engine="fake"), tmp_path / "film.mp4", crew())
    facts = probe(str(made.path))
    assert facts.canvas.width == facts.canvas.height
    assert facts.seconds == pytest.approx(2.75, abs=0.05)
    again = storyline_located(storyline_from(parse(made.storyline)), made.storyline)
    assert (again.cast[0].portrait, again.shots[0].picture) == ("", "")


def test_an_engine_whose_takes_do_not_fit_together_films_shots_whole(make_voice: Make, tmp_path: Path) -> None:
    limits = Limits("whole", "1", most_frames=200, fps=10.0, only_fps=True, seamless=False)
    cues = tuple(Cue("emotion", what, Span(at, at + 3)) for what, at in (("calm", 0.0), ("anger", 3.0)))  # type: ignore[arg-type]  # words of Literal types
    shots = tuple(Shot(cue.span, "", ("Ada",), Direction("a woman", cues=(cue,))) for cue in cues)
    other = Shot(Span(6.0, 8.0), "", ("Ada",), Direction("a man"))
    storyline = Storyline(Canvas(64, 64, Rate(10)), (Character("Ada"),), (Line("Ada", make_voice(), 0.0),), (*shots, other))
    made = takes(storyline, load_stock(storyline, Assets(), limits), limits)
    assert [round(take.span.start, 1) for take in made] == [0.0, 5.9]
    assert made[0].direction.cues == cues
    with pytest.raises(BriefError, match="at most 2 s"):
        takes(storyline, load_stock(storyline, Assets(), limits), replace(limits, most_frames=20))
    with pytest.raises(BriefError, match="films 12 frames a second, not 10"):
        load_stock(storyline, Assets(), replace(limits, fps=12.0))


def test_every_text_that_is_spoken_has_a_file_of_its_own(tmp_path: Path) -> None:
    pytest.importorskip("espeakng_loader")
    outputs = OutputFiles(tmp_path / "film.mp4")
    one, two = (Character(name, "p.png", say=text, speaks="en-us") for name, text in (("A B", "One."), ("A/B", "Two, three.")))
    assert len(set(outputs.voices(Brief((one, two)))[0].values())) == 2
    heard = Character("Bob", "p.png", voice=str(tmp_path / "film.A_B.wav"))
    with pytest.raises(OutputError, match="itself"):
        outputs.voices(Brief((one, heard)))


def test_the_report_names_wishes_that_the_engine_will_not_perform() -> None:
    cues = (Cue("camera", "tilt up", Span(0.5, 1.0)), Cue("action", "nod", Span(1.0, 2.0)))
    shot = Shot(Span(0.0, 2.0), "p.png", ("Ada",), Direction("tilt up, she nods", cues=cues))
    storyline = Storyline(Canvas(64, 64, Rate(25)), (Character("Ada", "p.png"),), (), (shot,))
    written = Recorder(lambda event: None).report(storyline, Limits("small", "1", cannot=("tilt up", "sigh")), 50)
    assert written["not performed"] == [{"shot": 1, "wish": "tilt up", "from": 0.5, "to": 1.0}]
