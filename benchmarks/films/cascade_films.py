"""The films of `python -m benchmarks cascade`: scripts of the stage's test split as storylines, with exact truth of the mouth.

Nobody and no voice in them was trained on. A script of the stage says who is seen, what is felt and done, and which lines of the
voice bank are said when; so the true opening of the mouth is known at every instant, though nothing is drawn.
"""

from dataclasses import dataclass, replace
from itertools import count, cycle, islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.clock import Rate, Span
from dramatis.media.sounds.sound_files import write_sound
from dramatis.media.still import Pixels
from dramatis.stage.people.acting import perform
from dramatis.stage.people.figure import Placement, landmarks
from dramatis.stage.play.captions import caption
from dramatis.stage.play.script import EMOTIONS, INTENSITIES, NATIVE, Doing, Mood, Part, Place, Script, Shooting, Utterance
from dramatis.stage.play.script_writer import kind_of, write
from dramatis.stage.rendering import sound_of
from dramatis.stage.sound import voices
from dramatis.stage.theatre import Theatre
from dramatis.story import Canvas, Character, Cue, Direction, Line, Shot, Storyline
from dramatis.story.document import to_json

HZ = 100
"""Values a second of the true opening."""
NAME = "one"
SHOTS = 6
"""Shots of a film that has several, and the fewest moods of a film."""
_FIRST_LINE = 7000  # of the voice bank's test split
_REST = (0.5, 1.4)  # seconds between two lines
_MOOD, _ACTIONS_EVERY = 10.0, 5.0  # seconds
_TALL = 1000.0  # pixels of a head, where only proportions count


@dataclass(frozen=True, eq=False)
class PlannedFilm:
    """A film: its whole script, and its shots, each with its span, its set and what the camera does."""

    name: str
    script: Script
    shots: tuple[tuple[Span, Place, Shooting], ...]

    @property
    def person(self) -> dict[str, str]:
        """The true word of each aspect of the one who is seen, and the set of the first and the last shot."""
        return {**vars(self.script.parts[0].person), "set": self.script.place.set}

    @property
    def cuts(self) -> list[float]:
        """Seconds at which another shot begins."""
        return [span.start for span, _, _ in self.shots[1:]]

    def storyline(self, folder: Path, canvas: Canvas) -> Storyline:
        """The film as a plan; its voice is written into the folder. Raises `VoiceError` without the synthesiser."""
        voice, sound = folder / f"{self.name}-{self.script.seconds:.0f}.wav", sound_of(self.script)
        if sound is None:
            raise ValueError("nobody says anything")
        if not voice.exists():
            write_sound(sound, str(voice))
        shots = tuple(
            Shot(span, "", (NAME,), self._direction(span, place, camera), locked=True) for span, place, camera in self.shots
        )
        return Storyline(
            canvas, (Character(NAME, voice=str(voice)),), (Line(NAME, str(voice), 0.0),), shots, self.script.seed, "native"
        )

    def _direction(self, span: Span, place: Place, camera: Shooting) -> Direction:
        part = self.script.parts[0]
        lasting = [clause.words for clause in caption(replace(self.script, place=place)) if clause.span is None]
        cues = [Cue("emotion", mood.what, mood.span, NAME, mood.intensity) for mood in part.moods]
        cues += [Cue("action", doing.what, doing.span, NAME, doing.intensity) for doing in part.doings]
        shown = [cue for cue in cues if cue.span.overlap(span) > 0]
        return Direction("\n".join(lasting), "", (*shown, Cue("camera", camera.move, span, None, camera.speed)))

    def opening(self) -> NDArray[np.float64]:
        """The true opening of the mouth in heads' heights, `HZ` values a second."""
        person = self.script.parts[0].person
        times = np.arange(round(self.script.seconds * HZ)) / HZ
        place = Placement((0.0, 0.0), _TALL)
        marks = [landmarks(person, pose, place) for pose in perform(self.script, times)[0]]
        return np.array([mark.opening / (mark.head[3] - mark.head[1]) for mark in marks])

    def drawn(self, side: int, rate: Rate) -> list[Pixels]:
        """The film as the stage draws it, in one shot with a camera that stands: what measures find in the truth."""
        times = np.arange(rate.nearest(self.script.seconds)) / rate.fps
        return list(Theatre(self.script, detailed=False).film((side, side), times)[0])


def films(number: int, seconds: float) -> list[PlannedFilm]:
    """So many films of one length; the third has `SHOTS` shots, the others one."""
    return [_film(f"film-{place + 1}", place, seconds, SHOTS if place == 2 else 1) for place in range(number)]


def long_film(seconds: float = 300.0) -> PlannedFilm:
    """One person before one set for five minutes."""
    return _film("long", 3, seconds, 1)


def written(film: PlannedFilm, folder: Path, canvas: Canvas) -> Path:
    """The path of the film's storyline, with its voice beside it."""
    path = folder / f"{film.name}-{film.script.seconds:.0f}-{canvas.height}p{canvas.rate.fps:g}.plan.json"
    path.write_text(to_json(film.storyline(folder, canvas)))
    return path


def _film(name: str, number: int, seconds: float, shots: int) -> PlannedFilm:
    draft, chance = write(NATIVE, 2 * number + 41, "test", seconds), np.random.default_rng([14, number])
    part = replace(
        draft.parts[0],
        moods=_moods(seconds, chance),
        doings=_doings(seconds, chance),
        speech=_speech(draft.parts[0], seconds, number, chance),
    )
    script = replace(draft, parts=(part,), camera=Shooting("static"))
    edges = np.linspace(0, seconds, shots + 1).round(3).tolist()
    others = [name for name in NATIVE.sets if name != script.place.set]
    moves = [move for move in NATIVE.cameras if move != "static"]
    planned = []
    for shot, (start, end) in enumerate(pairwise(edges)):
        compared = shot in (0, shots - 1)  # the same set, and a camera that stands
        place = script.place if compared else replace(script.place, set=others[shot % len(others)])
        planned.append((Span(start, end), place, Shooting("static") if compared else Shooting(moves[shot % len(moves)])))
    return PlannedFilm(name, script, tuple(planned))


def _moods(seconds: float, chance: np.random.Generator) -> tuple[Mood, ...]:
    """Calm at both ends, so that they can be compared, and other emotions one after the other between them."""
    edges = np.linspace(0, seconds, max(SHOTS, round(seconds / _MOOD)) + 1).round(3).tolist()
    others = cycle([str(what) for what in chance.permutation([what for what in EMOTIONS if what != "calm"])])
    whats = ["calm", *islice(others, len(edges) - 3), "calm"]
    return tuple(
        Mood(what, Span(start, end), float(chance.choice(INTENSITIES)))
        for what, (start, end) in zip(whats, pairwise(edges), strict=True)
    )


def _doings(seconds: float, chance: np.random.Generator) -> tuple[Doing, ...]:
    starts = np.arange(2.0, seconds - 3.0, _ACTIONS_EVERY)
    whats = [str(chance.choice(NATIVE.actions)) for _ in starts]
    return tuple(
        Doing(what, Span(start, start + float(chance.uniform(1.4, 2.2))))
        for what, start in zip(whats, starts.tolist(), strict=True)
    )


def _speech(part: Part, seconds: float, number: int, chance: np.random.Generator) -> tuple[Utterance, ...]:
    """Lines of the voice bank with pauses between them, as many as there is time for."""
    now, spoken = 0.6, list[Utterance]()
    for index in count(_FIRST_LINE + 100 * number):
        said = voices.line(index, "test", kind_of(part.person))
        if now + said.sound.seconds > seconds - 0.3:
            break
        phones = tuple((label, now + start, now + end) for label, start, end in said.phones)
        spoken.append(Utterance(said.name, now, phones, loudness=said.loudness))
        now += said.sound.seconds + float(chance.uniform(*_REST))
    return tuple(spoken)
