"""What the scripts of a drawn film show, as sentences of a small language.

cast Cat, Robot                   who is in it, left to right
Cat is robot                      species
Mia has hair_colour red           an attribute of `script.Person`
Cat does wave                     an action; "Cat does hand over to Robot", "Cat does wave before Robot bow"
Robot feels confusion             an emotion
Cat speaks                        has lines
set kitchen, light night, weather rain, style sketch, happening falling leaves
camera push in                    the camera moves so; "camera static": it does not move
framing close-up                  of some shot
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from dramatis.engines.drawn.composition import cameras
from dramatis.engines.drawn.shot_script import script_of
from dramatis.media.value_cache import ValueCache
from dramatis.stage.lens import CameraPose
from dramatis.stage.play.script import Person, Script
from dramatis.take import Take

_MOVED = 0.02


@dataclass(frozen=True)
class ScriptFacts:
    """What a film shows: facts, and when each character begins each action."""

    facts: frozenset[str]
    begins: dict[tuple[str, str], float]

    def shows(self, wish: str) -> bool:
        """Whether a sentence is true of the film."""
        first, before, second = wish.partition(" before ")
        if not before:
            return wish in self.facts
        who, _, what = first.partition(" does ")
        other = next((name for name, _ in self.begins if second.startswith(f"{name} ")), "")
        pair = (who, what), (other, second.removeprefix(f"{other} "))
        return all(one in self.begins for one in pair) and self.begins[pair[0]] < self.begins[pair[1]]


def facts_of(takes: Sequence[Take], cache: ValueCache) -> ScriptFacts:
    """The facts of a film's takes."""
    facts, begins = set[str](), dict[tuple[str, str], float]()
    for take in takes:
        script = script_of(take, cache)
        facts.update(_lasting(take, script), _acted(take, script), _filmed(take))
        for role, part in zip(take.cast, script.parts, strict=True):
            for doing in part.doings:
                key = (role.name, doing.what)
                begins[key] = min(doing.span.start, begins.get(key, doing.span.start))
    return ScriptFacts(frozenset(facts), begins)


def _lasting(take: Take, script: Script) -> Iterator[str]:
    place = script.place
    yield f"cast {', '.join(role.name for role in take.cast)}"
    yield from (f"set {place.set}", f"light {place.light}", f"weather {place.weather}", f"style {script.style}")
    yield f"happening {place.happening}"
    yield f"framing {take.view.framing}"
    for role, part in zip(take.cast, script.parts, strict=True):
        yield f"{role.name} is {part.person.species}"
        yield from (f"{role.name} has {field.name} {getattr(part.person, field.name)}" for field in fields(Person))


def _acted(take: Take, script: Script) -> Iterator[str]:
    for role, part in zip(take.cast, script.parts, strict=True):
        yield from (f"{role.name} feels {mood.what}" for mood in part.moods)
        yield from (f"{role.name} does {doing.what}" for doing in part.doings)
        yield from (
            f"{role.name} does {doing.what} to {take.cast[doing.to].name}" for doing in part.doings if doing.to is not None
        )
        if part.speech:
            yield f"{role.name} speaks"


def _filmed(take: Take) -> Iterator[str]:
    """How the camera has moved between the start and the end of each of its cues."""
    cues = [cue for cue in take.direction.cues if cue.kind == "camera"]
    if all(cue.what == "static" for cue in cues):
        yield "camera static"
    for cue in cues:
        if cue.what == "follow":
            yield "camera follow"
            continue
        ends = np.array([cue.span.start, (cue.span.start + cue.span.end) / 2, cue.span.end])
        _, (first, middle, last) = cameras(take, ends, ())
        yield from (f"camera {move}" for move in _moves(first, middle, last))


def _moves(first: CameraPose, middle: CameraPose, last: CameraPose) -> Iterator[str]:
    push, pan, tilt, truck = (getattr(last, name) - getattr(first, name) for name in ("push", "pan", "tilt", "truck"))
    if abs(push) > _MOVED:
        yield "push in" if push > 0 else "pull out"
    if abs(tilt) > _MOVED:
        yield "tilt down" if tilt > 0 else "tilt up"
    if pan * truck < -(_MOVED**2):
        yield "orbit"
    elif abs(pan) > _MOVED:
        yield "pan right" if pan > 0 else "pan left"
    if middle.roll != first.roll:
        yield "handheld"
