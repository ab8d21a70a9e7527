"""Makes and measures films of the examples, and of sample inputs if they are beside the project; a table for docs/log.md.

Everything is measured on the finished film, but for the background, which is compared before encoding.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.running import EXAMPLES, SAMPLES, make, say, table
from dramatis.clock import Span
from dramatis.engines import build
from dramatis.evaluation.film.cast import still_camera
from dramatis.evaluation.film.figures import FILM_GOALS, GOALS, FaceMeasures
from dramatis.evaluation.film.measure import measure
from dramatis.evaluation.film.measures import background, largest, motion
from dramatis.evaluation.film.sheet import sheet
from dramatis.evaluation.film.tracking import track
from dramatis.media.faces.face_finding import find_faces, person_mattes
from dramatis.media.pictures.picture_files import write_still
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, resample, write_sound
from dramatis.media.still import Pixels, Still
from dramatis.production.assets import Assets
from dramatis.production.phases.single import takes
from dramatis.production.stock import load_stock
from dramatis.stage.sound import orchestra
from dramatis.story.document import parse, storyline_from, storyline_located

_NEAR = 0.15  # face sizes around a person in which hair and shadows may move
_LEAST = 45.0  # dB
_STEP = 10  # every n-th frame of the background
_SOUND = 16_000  # Hz
_BEFORE, _AFTER = 4.0, 3.0  # s of music alone
_OVER = 5.0  # dB of a voice over its music
_AWAY = 0.3  # s around a voice, and at the beginning of a film, that are not music alone
_STILL = 0.02  # of the largest opening


@dataclass(frozen=True)
class Case:
    """One film: its name, what is given to `dramatis make`, and where its sound is music without a voice."""

    name: str
    words: tuple[str, ...]
    music_alone: tuple[Span, ...] = ()


def cases(quick: bool) -> list[Case]:
    """The examples of portraits, then the samples; `quick`: the first of each."""
    examples = [Case(name, (str(EXAMPLES / f"{name}.json"),)) for name in ("mira", "noor_and_tom")]
    samples = [
        _sample("woman", ["portrait_woman.png"], ["speech_10s.wav"]),
        _sample("woman-song", ["portrait_woman.png"], ["song.mp3"]),
        _sample("woman-short", ["portrait_woman.png"], ["speech_5s.wav"]),
        _sample("boy-mandarin", ["cartoon_boy.png"], ["speech_mandarin.wav"]),
        _sample("boy-english", ["cartoon_boy.png"], ["speech_10s.wav"]),
        _sample("car", ["two_in_car.png"], ["two_in_car_first.wav", "two_in_car_second.wav"]),
    ]
    there = [case for case in samples if all(Path(word).exists() for word in case.words if "/" in word)]
    return examples[:1] + there[:1] if quick else examples + there


def run(folder: Path, quick: bool) -> None:
    """Make the films, measure them, and print one column for each face."""
    say("## Quality\n\n")
    columns = []
    for case in [*cases(quick), _over_music(folder)]:
        film = folder / f"{case.name}.mp4"
        made = make(film, *case.words)
        found = measure(str(film))
        write_still(sheet(str(film)), str(film.with_suffix(".sheet.png")))
        behind = _background(film)
        say(f"{case.name}: made in {made.seconds:.1f} s, {found.seconds:.1f} s long\n")
        whole = [goal.cell(getattr(found, goal.field), found.seconds) for goal in FILM_GOALS]
        shut = _opened(film, case.music_alone)
        columns += [[f"{case.name}: {face.name}", *_cells(face, found.seconds), *whole, behind, shut] for face in found.faces]
    ours = ["background before encoding ≥ 45 dB", "mouth motion under music alone ≤ 2 %"]
    names = ["", *(f"{goal.what} {goal.goal}".strip() for goal in (*GOALS, *FILM_GOALS)), *ours]
    head, *rows = [list(row) for row in zip(names, *columns, strict=True)]
    say("\n" + table(head, rows))


def _cells(face: FaceMeasures, seconds: float) -> list[str]:
    return [goal.cell(getattr(face, goal.field), seconds) for goal in GOALS]


def _sample(name: str, pictures: list[str], voices: list[str]) -> Case:
    words = [word for picture in pictures for word in ("--portrait", str(SAMPLES / picture))]
    words += [word for voice in voices for word in ("--voice", str(SAMPLES / voice))]
    return Case(name, tuple(words))


def _over_music(folder: Path) -> Case:
    """Mira, with music before, under and after Noor's voice."""
    voice = resample(read_sound(str(EXAMPLES / "noor.flac")), _SOUND, mono=True).mono
    before, after = np.zeros(round(_BEFORE * _SOUND), np.float32), np.zeros(round(_AFTER * _SOUND), np.float32)
    whole = np.concatenate([before, voice, after])
    music = orchestra.music(len(whole) / _SOUND, np.random.default_rng(13))[: len(whole)]
    music *= float(voice.std()) / float(music.std()) * 10 ** (-_OVER / 20)
    sound, file = whole + music, folder / "over_music.wav"
    write_sound(Waveform((sound / np.abs(sound).max())[:, None], _SOUND), str(file))
    ends = len(whole) / _SOUND
    alone = (Span(_AWAY, _BEFORE - _AWAY), Span(ends - _AFTER + _AWAY, ends - _AWAY))
    return Case("over music", ("--portrait", str(EXAMPLES / "mira.png"), "--voice", str(file)), alone)


def _opened(film: Path, spans: tuple[Span, ...]) -> str:
    """How much the first face's mouth moves in `spans`, of its largest opening."""
    if not spans:
        return "-"
    face = track(str(film)).faces[0]
    where = np.array([any(span.holds(float(time)) for span in spans) for time in face.times])
    moved = motion(face.opening, where, largest(face.opening))
    return "-" if moved is None else f"{100 * moved:.1f} % {'✓' if moved <= _STILL else '✗'}"


def _background(film: Path) -> str:
    """The worst PSNR outside of the people over the longest take, as the engine paints it; a dash if the camera moves."""
    path = film.with_suffix(".storyline.json")
    storyline = storyline_located(storyline_from(parse(path)), path)
    if not still_camera(storyline):
        return "-"
    engine = build(storyline.engine)
    stock = load_stock(storyline, Assets(), engine.limits)
    take = max(takes(storyline, stock, engine.limits), key=lambda take: take.frames)
    frames = islice(engine.render(take).frames, 0, None, _STEP)
    first = next(iter(frames))
    worst = background([first, *frames], _people(first))
    return f"{worst:.1f} dB {'✓' if worst >= _LEAST else '✗'}"


def _people(frame: Pixels) -> NDArray[np.bool_]:
    """Where people are, and a little around them."""
    import cv2

    still = Still(frame)
    faces = find_faces(still)
    people = np.zeros(frame.shape[:2], np.uint8)
    for matte in person_mattes(still, faces):
        if matte is not None:
            people = np.maximum(people, np.asarray(cv2.resize(matte.alpha, (frame.shape[1], frame.shape[0])), np.uint8))
    reach = round(_NEAR * max((face.size for face in faces), default=8))
    return np.asarray(cv2.dilate((people > 25).astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > 0, np.bool_)
