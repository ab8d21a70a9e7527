"""Whether a plan is visible in its film: 20 films with a director and the same without one, measured independently of the plan.

A cue is found where the measure names it in the cue's own span. Beside it stands how often the same measure names it in the same
span of the film without a director. Small and short films: it is the plan that is judged, not the picture.
"""

import itertools
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.running import EXAMPLES, SAMPLES, say, table
from dramatis.clock import Span
from dramatis.director import direct
from dramatis.director.claims import Material, Verdict
from dramatis.engines import build
from dramatis.evaluation.film.recognition import FaceInFilm, actions_in, background_motion, emotion_in, moves_in
from dramatis.evaluation.film.tracking import seen_again, track
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_sound, write_sound
from dramatis.media.videos.video import read_clip
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew
from dramatis.production.phases.single import single
from dramatis.production.produce import produce
from dramatis.production.stock import load_stock
from dramatis.story import Brief, Character, Cue, Deliberation, Storyline
from dramatis.story.document import parse, storyline_from, storyline_located

SECONDS, SIZE, FPS = 4.6, 240, 10.0
CREW = Crew(single(partial(build, "portrait")), direct)
_LEAST = 0.5  # s of a cue that can be judged
PROMPTS = (
    "She is overjoyed.",
    "He is furious.",
    "She is heartbroken.",
    "He is completely shocked.",
    "She is utterly confused.",
    "First calm, then furious.",
    "先非常高兴，然后非常难过。",
    "她非常惊讶。",
    "She nods.",
    "她摇头。",
    "She looks to the left.",
    "他向右看。",
    "She looks down, then up.",
    "She raises her eyebrows and smiles.",
    "He leans in.",
    "The camera pushes in.",
    "镜头拉远。",
    "She is very happy, the camera pans left.",
    "镜头右摇，她点头。",
    "Very angry; she shakes her head at the end. The camera pushes in quickly.",
)


@dataclass(frozen=True)
class Found:
    """One cue of a plan: whether it is found in the film, and in the film without a director."""

    cue: Cue
    directed: bool
    undirected: bool


def run(folder: Path, quick: bool) -> None:
    """Make the films, read them, and print a table."""
    say("## Directing: is the plan found again in the film?\n\n")
    portraits = [EXAMPLES / "mira.png", SAMPLES / "portrait_woman.png", SAMPLES / "cartoon_boy.png"]
    there = [str(path) for path in portraits if path.exists()]
    voice = _voice(folder)
    rows, plain = [], dict[str, FaceInFilm]()
    for number, (prompt, portrait) in enumerate(zip(PROMPTS[: 3 if quick else None], itertools.cycle(there), strict=False), 1):
        brief = Brief((Character("Ada", portrait, voice=voice),), prompt, SIZE, FPS, seed=1)
        if portrait not in plain:
            film = folder / f"{Path(portrait).stem}.undirected.mp4"
            plain[portrait] = _watched(film, _film(brief, film, replace(CREW, direct=_undirected)))
        found = _case(brief, folder / f"case{number}.mp4", plain[portrait])
        rows += found
        told = ", ".join(f"{one.cue.what} {'+' if one.directed else '-'}{'!' if one.undirected else ''}" for one in found)
        say(f"{number}. {Path(portrait).stem}: {prompt} [{told}]\n")
    say("\n")
    say(_summary(rows))


def _voice(folder: Path) -> str:
    sound = read_sound(str(EXAMPLES / "mira.flac"))
    path = folder / "voice.wav"
    write_sound(Waveform(sound.samples[: round(SECONDS * sound.rate)], sound.rate), str(path))
    return str(path)


def _undirected(material: Material) -> Verdict:
    """The experts' findings without any direction."""
    return replace(direct(replace(material, prompt="")), deliberation=Deliberation())


def _case(brief: Brief, film: Path, other: FaceInFilm) -> list[Found]:
    """The cues of one film, looked for in it and in `other`, the same film without a director."""
    storyline = _film(brief, film, CREW)
    one = _watched(film, storyline)
    cues = {cue for shot in storyline.shots for cue in shot.direction.cues if cue.what not in build("portrait").limits.cannot}
    return [
        Found(cue, _seen(one, cue), _seen(other, cue))
        for cue in sorted(cues, key=lambda cue: cue.span)
        if cue.intensity >= 0.3 and _core(cue).seconds >= _LEAST and cue.what not in ("sigh", "handheld")
    ]


def _film(brief: Brief, path: Path, crew: Crew) -> Storyline:
    made = produce(brief, path, crew)
    return storyline_located(storyline_from(parse(made.storyline)), made.storyline)


def _watched(film: Path, storyline: Storyline) -> FaceInFilm:
    seen = track(str(film)).faces[0]
    camera = background_motion(read_clip(str(film)).frames, [tuple(box) for box in seen.boxes.tolist()])
    shot = storyline.shots[0]
    look = load_stock(storyline, Assets(), build("portrait").limits).roles(shot)[0].look
    if look is None or look.face is None:
        raise ValueError("a portrait's role has a look with a face")
    return FaceInFilm(seen, seen_again(look.picture, look.face), camera)


def _core(cue: Cue) -> Span:
    """The part of a cue at full strength."""
    if cue.kind != "emotion":
        return cue.span
    start, end = cue.span.start + cue.rise, cue.span.end - cue.fall
    return Span(start, end) if end > start else Span(cue.span.middle, cue.span.middle)


def _seen(watched: FaceInFilm, cue: Cue) -> bool:
    if cue.kind == "emotion":
        return emotion_in(watched, _core(cue)) == cue.what
    return cue.what in (actions_in if cue.kind == "action" else moves_in)(watched, cue.span)


def _summary(rows: list[Found]) -> str:
    lines = []
    for kind in ("emotion", "action", "camera"):
        mine = [row for row in rows if row.cue.kind == kind]
        if mine:
            shares = [f"{np.mean([getattr(row, name) for row in mine]):.0%}" for name in ("directed", "undirected")]
            lines.append([kind, str(len(mine)), *shares])
    return table(["what", "cues", "found with the director", "found without"], lines)
