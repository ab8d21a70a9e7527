"""Workers that begin as copies of the process that needs them. Each test is a program of its own: pytest may have threads."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dramatis.runtime.vault import Vault
from tests.runtime.test_pool import films

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells how many threads there are")

BEGIN = """
from dramatis.runtime.environment import calculate_alike
calculate_alike()
import os, sys, threading, time
from functools import partial
from pathlib import Path
from dramatis.engines.fake import FakeEngine
from dramatis.media.videos.video import FINAL
from dramatis.runtime.forking import can_fork
from dramatis.runtime.pool import Pool, Work, render_all
from dramatis.runtime.render_lanes import copies
from dramatis.runtime.vault import Vault
from tests.runtime.test_pool import quiet, takes

class Watched(FakeEngine):
    def render(self, take):
        (Path(sys.argv[1]) / f"{os.getpid()} {'DRAMATIS_TOKEN' in os.environ} {os.getsid(0) == os.getpid()}").touch()
        return super().render(take)
"""
FILM = """
with Pool(partial(Watched, pause={pause}), copies(2)) as pool:
    workers = [worker.channel.pid for worker in pool.workers]
    print(*workers, flush=True)
    clips = list(render_all(pool, Work(takes(6), Vault(Path(sys.argv[1]) / "vault"), FINAL), quiet))
assert not any(Path(f"/proc/{{pid}}").exists() for pid in workers)
"""


def program(code: str, folder: Path) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    settings = {**os.environ, "DRAMATIS_TOKEN": "secret", "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    command = [sys.executable, "-c", BEGIN + code, str(folder)]
    return subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(run: "subprocess.Popen[str]") -> list[str]:
    out, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    return out.split()


def test_copies_film_what_one_process_films_in_sessions_of_their_own_and_without_secrets(tmp_path: Path) -> None:
    workers = ended(program("assert can_fork()" + FILM.format(pause=0), tmp_path))
    seen = {path.name for path in tmp_path.iterdir()} - {"vault"}
    assert seen <= {f"{worker} False True" for worker in workers}
    assert seen
    (alone := tmp_path / "alone").mkdir()
    ended(program(FILM.format(pause=0).replace("copies(2)", "()"), alone))
    clips, same = (films(Vault(folder / "vault")) for folder in (tmp_path, alone))
    assert [clip.read_bytes() for clip in clips] == [clip.read_bytes() for clip in same]
    assert len(clips) == 6


def test_copies_end_with_their_process_however_that_ends(tmp_path: Path) -> None:
    run = program(FILM.format(pause=0.05), tmp_path)
    assert run.stdout is not None
    workers = [Path(f"/proc/{pid}") for pid in run.stdout.readline().split()]
    assert len(workers) == 2
    run.send_signal(signal.SIGKILL)
    run.communicate()
    for worker in workers:
        subprocess.run(["timeout", "120", "tail", "--pid", worker.name, "-f", "/dev/null"], check=True)


def test_a_copy_that_dies_is_named_and_the_other_goes_on(tmp_path: Path) -> None:
    code = """
class Deadly(FakeEngine):
    def render(self, take):
        if take.first == 8 and not (mark := Path(sys.argv[1]) / "died").exists():
            mark.touch()
            os.kill(os.getpid(), 9)
        return super().render(take)
notes = []
with Pool(Deadly, copies(2)) as pool:
    work = Work(takes(6), Vault(Path(sys.argv[1]) / "vault"), FINAL)
    clips = list(render_all(pool, work, lambda event: notes.append(event.note)))
assert len(clips) == 6
assert any("was killed by signal 9" in note for note in notes), notes
"""
    ended(program(code, tmp_path))


def test_a_process_with_threads_is_not_copied(tmp_path: Path) -> None:
    code = """
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
assert not can_fork()
with Pool(FakeEngine, copies(1)) as pool:
    (worker,) = pool.workers
    assert len(list(render_all(pool, Work(takes(1), Vault(Path(sys.argv[1]) / "vault"), FINAL), quiet))) == 1
    assert b"dramatis.runtime.worker" in Path(f"/proc/{worker.channel.pid}/cmdline").read_bytes()
"""
    ended(program(code, tmp_path))
