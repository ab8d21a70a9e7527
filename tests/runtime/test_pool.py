"""Workers, the vault and claims."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from io import FileIO
from pathlib import Path

import numpy as np
import pytest

from dramatis.clock import Rate, Span
from dramatis.engines import build
from dramatis.engines.fake import FakeEngine
from dramatis.errors import BriefError, Cancelled, EngineError, OutputError
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.media.value_cache import SUFFIX
from dramatis.media.videos.video import FINAL, LOSSLESS
from dramatis.runtime.dispatch import LOST, RenderedClip
from dramatis.runtime.environment import environment
from dramatis.runtime.lock import locked
from dramatis.runtime.pickling import Packer, Unpacker, receive, send
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import local
from dramatis.runtime.vault import Vault, digest, seal
from dramatis.story import Canvas, Direction
from dramatis.take import Event, Limits, Look, Role, Take
from tests.waiting import wait_until

CANVAS = Canvas(160, 96, Rate(25))
LOOK = Look(Still(np.full((96, 160, 3), 90, np.uint8)))
VOICE = Waveform(np.full((160000, 1), 0.1, np.float32), 16000)


def takes(count: int, frames: int = 9) -> list[Take]:
    rate, cast = CANVAS.rate, (Role("Ada", LOOK, VOICE),)
    return [Take(CANVAS, Span(rate.time(n * (frames - 1)), rate.time((n + 1) * (frames - 1))), cast) for n in range(count)]


def quiet(event: Event) -> None:
    pass


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def films(vault: Vault) -> list[Path]:
    return sorted(vault.folder.iterdir())


def told_of(folder: Path, engine: object) -> None:
    """A preparation that leaves a trace."""
    (folder / str(os.getpid())).touch()


def test_a_pool_makes_several_films_with_the_same_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # workers find this test
    builder = partial(build, "fake")
    with Pool(builder, local(2)) as pool:
        before = [worker.channel.pid for worker in pool.workers]
        list(render_all(pool, Work(takes(4), Vault(tmp_path / "one"), FINAL), quiet))
        pool.begin(builder, [partial(told_of, tmp_path)] * 2)
        clips = list(render_all(pool, Work(takes(4, frames=5), Vault(tmp_path / "two"), FINAL), quiet))
        assert [worker.channel.pid for worker in pool.workers] == before
        wait_until(lambda: all((tmp_path / str(pid)).exists() for pid in before))  # one may have filmed before the other began
    assert [clip.take.first for clip in clips] == [0, 4, 8, 12]


def test_a_pool_begins_a_film_while_its_workers_still_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # workers find this test
    builder = partial(build, "fake")
    with Pool(builder, local(1)) as pool:
        pool.begin(builder, [partial(told_of, tmp_path)])
        assert not pool.workers[0].idle
        clips = list(render_all(pool, Work(takes(3), Vault(tmp_path / "one"), FINAL), quiet))
        assert (tmp_path / str(pool.workers[0].channel.pid)).exists()
    assert [clip.take.first for clip in clips] == [0, 8, 16]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_clips_come_in_order_each_rendered_once(vault: Vault, workers: int) -> None:
    work = Work(takes(7), vault, FINAL)
    told: list[Event] = []
    with Pool(partial(build, "fake"), local(workers)) as pool:
        clips = list(render_all(pool, work, told.append))
        again = list(render_all(pool, work, quiet))
    assert [clip.take.first for clip in clips] == [8 * n for n in range(7)]
    assert all(clip.seconds > 0 for clip in clips)
    assert [(clip.name, clip.seconds) for clip in again] == [(clip.name, 0) for clip in clips]
    assert films(vault) == sorted(clip.path for clip in clips)
    assert told[-1].done == told[-1].total == 7 * 9


def test_workers_that_are_stopped_leave_nothing_behind(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with Pool(partial(build, "fake"), local(2)) as pool:
        list(render_all(pool, Work(takes(2), vault, FINAL), quiet))
    assert not list(scratch.iterdir())


def killing(pool: Pool, work: Work, told: list[Event], most: int = 9) -> Iterator[RenderedClip]:
    """Clips of a work whose workers are killed, one after each clip, at most so many."""
    for number, clip in enumerate(render_all(pool, work, told.append)):
        if number < most and pool.workers:
            os.kill(pool.workers[0].channel.pid or 0, signal.SIGKILL)
        yield clip


def test_a_worker_that_dies_is_named_and_the_others_do_its_work(vault: Vault, tmp_path: Path) -> None:
    told: list[Event] = []
    with Pool(partial(FakeEngine, pause=0.02), local(3)) as pool:
        clips = list(killing(pool, Work(takes(9), vault, LOSSLESS), told, most=1))
        assert len(pool.workers) == 2
    lost = [event.note for event in told if event.stage == LOST]
    assert [clip.take.first for clip in clips] == [8 * n for n in range(9)]
    assert len(lost) == 1
    assert "this machine is lost: it was killed by signal 9" in lost[0]
    with Pool(partial(FakeEngine), local(1)) as pool:
        alone = list(render_all(pool, Work(takes(9), Vault(tmp_path / "alone"), LOSSLESS), quiet))
    assert [clip.path.read_bytes() for clip in clips] == [clip.path.read_bytes() for clip in alone]


def test_when_the_last_worker_dies_nothing_finished_is_lost(vault: Vault) -> None:
    work = Work(takes(6), vault, FINAL)
    with (
        Pool(partial(FakeEngine, pause=0.02), local(2)) as pool,
        pytest.raises(EngineError, match=r"signal 9.*of 6 clips are finished and kept"),
    ):
        list(killing(pool, work, []))
    finished = films(vault)
    assert len(finished) >= 2
    assert all(path.suffix == ".mp4" and not path.name.startswith(".") for path in finished)
    with Pool(partial(FakeEngine, pause=0), local(2)) as pool:
        clips = list(render_all(pool, work, quiet))
    assert sum(clip.seconds == 0 for clip in clips) == len(finished)


class Deadly:
    """An engine that kills its process at one take, as one does that needs too much memory."""

    def __init__(self, deadly: int) -> None:
        self.deadly, self.limits = deadly, Limits("deadly", "1")

    def render(self, take: Take) -> Footage:
        if take.first == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeEngine().render(take)


def test_a_take_that_kills_its_workers_does_not_kill_all(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))  # workers find this test
    told: list[Event] = []
    with Pool(partial(Deadly, 8), local(5)) as pool, pytest.raises(EngineError, match="too little memory"):
        list(render_all(pool, Work(takes(9), vault, FINAL), told.append))
    assert len([event for event in told if event.stage == LOST]) == 2


def test_an_engine_that_refuses_is_heard_from_any_process(vault: Vault) -> None:
    long = Work(takes(1, frames=99), vault, FINAL)
    for workers in (0, 2):
        with Pool(partial(FakeEngine, most=50), local(workers)) as pool, pytest.raises(EngineError, match="at most 50 frames"):
            list(render_all(pool, long, quiet))
    with Pool(partial(build, "nothing"), local(1)) as pool, pytest.raises(EngineError, match="no engine"):
        list(render_all(pool, long, quiet))


def test_cancelling_stops_every_worker(vault: Vault) -> None:
    def on_event(event: Event) -> None:
        if event.done > 4:
            raise Cancelled

    with Pool(partial(FakeEngine, pause=0.05), local(2)) as pool:
        processes = [worker.channel.pid or 0 for worker in pool.workers]
        with pytest.raises(Cancelled):
            list(render_all(pool, Work(takes(6), vault, FINAL), on_event))
        assert not any(Path(f"/proc/{process}").exists() for process in processes)
    assert not [path for path in films(vault) if path.name.startswith(".")]


def test_no_more_workers_than_work(vault: Vault) -> None:
    with Pool(partial(build, "fake"), local(64)) as pool:
        list(render_all(pool, Work(takes(5), vault, FINAL), quiet))
        assert len(pool.workers) == 5


def test_no_more_workers_than_an_engine_films_takes_at_once(vault: Vault) -> None:
    builders = [partial(FakeEngine, at_once=1), partial(FakeEngine)]
    with Pool(builders[0], local(2)) as pool:
        for workers, builder in enumerate(builders, 1):
            pool.turn_to(builder)
            list(render_all(pool, Work(takes(3, frames=4 + workers), vault, FINAL), quiet))
            assert len(pool.workers) == workers


def test_workers_do_not_run_far_ahead(vault: Vault) -> None:
    with Pool(partial(build, "fake"), local(1)) as pool:
        clips = render_all(pool, Work(takes(40, frames=2), vault, FINAL), quiet)
        next(clips)
        assert len(films(vault)) < 12
        assert len(list(clips)) == 39


def test_the_films_end_trims_the_last_take(vault: Vault) -> None:
    from dramatis.media.videos.video import probe

    with Pool(partial(build, "fake"), local(0)) as pool:
        *_, last = render_all(pool, Work(takes(3), vault, FINAL, end=20), quiet)
    assert probe(str(last.path)).frames == 4


def test_names_say_what_footage_was_made_from() -> None:
    limits = Limits("fake", "1")
    take, other = takes(2)
    seeded = Take(take.canvas, take.span, take.cast, seed=1)
    wished = Take(take.canvas, take.span, take.cast, direction=Direction("smile"))
    louder = Take(take.canvas, take.span, (Role("Ada", LOOK, Waveform(VOICE.samples * 2, 16000)),))
    names = [
        digest(limits, take, FINAL, 9),
        digest(Limits("fake", "2"), take, FINAL, 9),
        digest(Limits("other", "1"), take, FINAL, 9),
        digest(limits, take, LOSSLESS, 9),
        digest(limits, take, FINAL, 8),
        *(digest(limits, one, FINAL, 9) for one in (other, seeded, wished, louder)),
    ]
    assert len(set(names)) == len(names)
    assert names[0] == digest(limits, takes(1)[0], FINAL, 9)


def test_the_vault_forgets_what_a_killed_run_left_half_written(vault: Vault) -> None:
    vault.prepare()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    dead, ours = (vault.folder / f".abc.{pid}.part.mp4" for pid in (int(gone.stdout), os.getpid()))
    dead.touch()
    ours.touch()
    vault.prepare()
    assert films(vault) == [ours]


def test_a_vault_that_is_kept_is_bounded(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dramatis.runtime.vault.MOST_BYTES", 250)
    kept = Vault(vault.folder, kept=True)
    kept.prepare()
    for number in range(4):
        kept.place(str(number)).write_bytes(b"x" * 84)
        seal(kept.place(str(number)))
        os.utime(kept.place(str(number)), (number, number))
    assert kept.find("0")  # used now, so it stays
    kept.close()
    assert [path.stem for path in films(kept)] == ["0", "3"]
    (kept.folder / f"rig{SUFFIX}").write_bytes(b"x" * 200)
    kept.close()
    assert [path.stem for path in films(kept)] == ["rig"]
    vault.close()
    assert not vault.folder.exists()


def test_big_values_travel_once() -> None:
    packer, unpacker = Packer(), Unpacker()
    first, second = takes(2)
    sent = [packer.pack(first), packer.pack(second)]
    assert len(sent[0]) > VOICE.samples.nbytes > 100 * len(sent[1])
    one, two = (unpacker.unpack(data) for data in sent)
    assert isinstance(one, Take)
    assert isinstance(two, Take)
    assert (one.digest, two.digest) == (first.digest, second.digest)
    assert one.cast[0].voice is two.cast[0].voice


def test_reading_a_message_leaves_the_next_one_in_the_pipe() -> None:
    out, into = os.pipe()
    with FileIO(out) as reader, FileIO(into, "w") as writer:
        send(writer, b"one")
        send(writer, b"two")
        assert receive(reader) == b"one"
        assert select.select([reader], [], [], 0)[0] == [reader]
        assert receive(reader) == b"two"
        writer.write(b"\0\0\0")
        writer.close()
        assert receive(reader) is None


def test_a_claim_is_held_by_one_and_survives_no_crash(tmp_path: Path) -> None:
    lock, film = tmp_path / ".dramatis" / "film.lock", tmp_path / "film.mp4"
    script = "import sys; from pathlib import Path; from dramatis.runtime.lock import locked\n"
    script += "with locked(Path(sys.argv[1]), Path('film.mp4')):\n print('mine', flush=True)\n sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", script, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"mine\n"
    with pytest.raises(OutputError, match=f"process {holder.pid}"), locked(lock, film):
        pass
    holder.kill()
    holder.communicate()
    assert lock.exists()
    with locked(lock, film):
        pass
    assert not lock.parent.exists()


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "100000"])
def test_settings_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DRAMATIS_WORKERS", value)
    with pytest.raises(BriefError, match="DRAMATIS_WORKERS"):
        environment()


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_WORKERS", "3")
    monkeypatch.setenv("DRAMATIS_VAULT", "/some/folder")
    monkeypatch.setenv("DRAMATIS_SEED", " ")
    settings = environment()
    assert (settings.workers, settings.vault, settings.seed) == (3, Path("/some/folder"), None)
