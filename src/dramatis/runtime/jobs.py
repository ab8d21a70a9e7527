"""Messages between a pool and its workers, and their one operation: render a take into the vault."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from dramatis.errors import DramatisError, EngineError
from dramatis.media.files import written_whole
from dramatis.media.footage import Footage
from dramatis.media.pictures.captioned_frames import Captions, captioned
from dramatis.media.videos.video import Encoding, write_clip
from dramatis.runtime.vault import Vault, seal
from dramatis.take import Engine, Take


@dataclass(frozen=True)
class Job:
    """The first `frames` frames of one take, to be rendered into the vault under a name, perhaps with captions."""

    number: int
    name: str
    take: Take
    frames: int
    vault: Vault
    encoding: Encoding
    captions: Captions | None = None


@dataclass(frozen=True)
class Start:
    """The first message: `builder` makes the engine (for worker `number` of the film, from 0 on). `program` is the sender's
    digest of this program ("": it is the same one). If the sender's files are not `shared`, clips and what takes refer to travel
    as bytes.
    """

    builder: Callable[[], Engine]
    number: int
    program: str = ""
    shared: bool = True


@dataclass(frozen=True)
class NextFilm:
    """Another film begins: what was sent for the last one is forgotten, and these are done with the engine."""

    ahead: tuple[Callable[[Engine], None], ...]


@dataclass(frozen=True)
class Ready:
    """The worker has built its engine, or begun another film, and is ready."""


@dataclass(frozen=True)
class FramesDone:
    """Frames of the current job that are done."""

    number: int
    frames: int


@dataclass(frozen=True)
class Done:
    """The job's clip is in the vault, or here if the worker does not share it; `seconds` is how long it took, `megabytes` the
    peak memory of its process.
    """

    number: int
    seconds: float
    megabytes: float
    clip: bytes | None = None


@dataclass(frozen=True)
class Failed:
    """The job, or the building of the engine (-1), failed; `fault` is None if it is one of the program."""

    number: int
    fault: DramatisError | None
    trace: str


Answer = Ready | FramesDone | Done | Failed


def film(engine: Engine, job: Job, on_frame: Callable[[int], None]) -> None:
    """Render one job into its vault; `on_frame` hears how many frames are done. Raises `DramatisError`."""
    footage = engine.render(job.take)
    frames = islice(footage.frames, job.frames)
    shown = frames if job.captions is None else captioned(frames, job.take.first, footage.canvas.rate, job.captions)
    wanted = Footage(footage.canvas, footage.span, shown)
    with written_whole(job.vault.place(job.name)) as part:
        done = write_clip(wanted, str(part), job.encoding, on_frame)
        if done != job.frames:
            raise EngineError(
                f"The engine gave {done} frames of a take where {job.frames} were asked for; this is a fault of the engine."
            )
        seal(part)
