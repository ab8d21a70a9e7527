"""Writes scripts by number: script 17 of a split is always the same, whichever was asked for before.

Splits share no voice, no speaker and no identity, and some combinations of look and place are kept out of training
altogether: every second script of the test has one of them.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

import numpy as np

from dramatis.clock import Span
from dramatis.stage.lens import PAN, PUSH, extent
from dramatis.stage.play.script import (
    BUILDS,
    EMOTIONS,
    INDOORS,
    INTENSITIES,
    Doing,
    Mood,
    Part,
    Person,
    Place,
    Repertoire,
    Script,
    Shooting,
    Utterance,
)

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
Chance = np.random.Generator
Word = TypeVar("Word")
Phone = tuple[str, float, float]

_HELD_OUT = 8
"""One combination in so many is never trained on."""
_SPOKEN = 0.75
_SEEN = 2.0
"""Heads below a head's middle that are seen at most: people are half-length."""
_LINES = 1 << 30
_BABBLED = tuple("pbmtdksʃfvnlrwjaeiouəæɔʊɪ")


class SpokenLine(Protocol):
    """A spoken line (`stage.sound.voices.Line`): its name in the bank, its phones (IPA label, start, end) in seconds, and how
    loud it is, 50 times a second.
    """

    @property
    def name(self) -> str:
        """Finds it again."""
        ...

    @property
    def phones(self) -> Sequence[Phone]:
        """In order."""
        ...

    @property
    def loudness(self) -> tuple[float, ...]:
        """As `script.Speech.loudness`."""
        ...


Voices = Callable[[int, Split, Literal["woman", "man", "child"] | None], SpokenLine]
"""A bank of lines (`stage.sound.voices.line`): number, split, kind of speaker."""


@dataclass(frozen=True)
class _Draft:
    """What a script's parts are written from; every aspect has random numbers of its own."""

    repertoire: Repertoire
    index: int
    split: Split
    seconds: float
    voices: Voices | None
    seed: int

    def chance(self, aspect: int, number: int = 0) -> Chance:
        return np.random.default_rng([self.seed, SPLITS.index(self.split), self.index, aspect, number])


def write(
    repertoire: Repertoire, index: int, split: Split, seconds: float, voices: Voices | None = None, seed: int = 0
) -> Script:
    """The script of a number. Without `voices`, what is spoken is babble: phones without a sound.

    A repertoire may not have fewer words than one in each of its fields.
    """
    draft = _Draft(repertoire, index, split, seconds, voices, seed)
    camera = _camera(draft)
    place, people = _who_and_where(draft)
    chance = draft.chance(3)
    active, framings = people[: repertoire.most_active], _framings(draft, camera, len(people))
    if len(active) < len(people) and draft.chance(7).uniform() < 0.5:
        framings.reverse()  # who acts stands on the left or on the right
    turns = _turns(draft, active) + [()] * (len(people) - len(active))
    parts = tuple(
        Part(person, *framing, _moods(draft, k), _doings(draft, k, people) if k < len(active) else (), turns[k])
        for k, (person, framing) in enumerate(zip(people, framings, strict=True))
    )
    return Script(seconds, place, parts, camera, _one(chance, repertoire.styles), int(chance.integers(1 << 16)))


def held_out(person: Person, place: Place) -> bool:
    """Whether this combination of look and place is kept out of training."""
    return (
        zlib.crc32(" ".join((person.species, person.hair, person.hair_colour, person.colour, place.set)).encode()) % _HELD_OUT
        == 0
    )


def kind_of(person: Person) -> Literal["woman", "man", "child"] | None:
    """The kind of speaker that suits a character; None: any."""
    kinds: dict[str, Literal["woman", "man", "child"]] = {"woman": "woman", "man": "man", "girl": "child", "boy": "child"}
    return kinds.get(person.species)


def _one(chance: Chance, words: Sequence[Word]) -> Word:
    return words[int(chance.integers(len(words)))]


def _camera(draft: _Draft) -> Shooting:
    chance, moves = draft.chance(0), draft.repertoire.cameras
    if "static" in moves and chance.uniform() < 0.3:
        return Shooting("static")
    move = _one(chance, [move for move in moves if move != "static"] or moves)
    return Shooting(move, _one(chance, INTENSITIES))


def _who_and_where(draft: _Draft) -> tuple[Place, tuple[Person, ...]]:
    """Drawn again until the combination belongs to the split."""
    chance, words = draft.chance(1), draft.repertoire
    wanted = draft.split == "test" and draft.index % 2 == 0
    for _ in range(200):
        place = _place(words, chance)
        people = tuple(_person(draft, chance) for _ in range(int(chance.integers(1, words.most_cast + 1))))
        kept = [held_out(person, place) for person in people]
        if any(kept) if wanted else draft.split == "test" or not any(kept):
            break
    return place, people


def _place(words: Repertoire, chance: Chance) -> Place:
    """A set with a light, a weather and a happening that can be there."""
    name = _one(chance, words.sets)
    open_sky, sky = name not in INDOORS, name not in INDOORS and name != "space"
    return Place(
        name,
        _one(chance, [light for light in words.lights if not (open_sky and light == "lamp")] or words.lights),
        _one(chance, [weather for weather in words.weathers if sky or weather == "clear"] or words.weathers),
        _one(chance, [happening for happening in words.happenings if sky or happening != "falling leaves"] or words.happenings),
        int(chance.integers(words.views)),
    )


def _person(draft: _Draft, chance: Chance) -> Person:
    words = draft.repertoire
    species = _one(chance, words.species)
    grown = species in {"woman", "man"}
    hairs = [hair for hair in words.hairs if hair != "bald" or species == "man"]
    number = int(chance.integers(10_000)) * len(SPLITS) + SPLITS.index(draft.split)
    return Person(
        species=species,
        build=_one(chance, BUILDS) if len(words.faces) > 1 else "average",
        skin=_one(chance, words.skins),
        face=_one(chance, words.faces),
        hair=_one(chance, hairs or words.hairs),
        hair_colour=_one(chance, words.hair_colours),
        beard=_one(chance, words.beards) if species == "man" else "none",
        glasses=_one(chance, words.glasses) if grown or chance.uniform() < 0.5 else "none",
        clothes=_one(chance, words.clothes),
        colour=_one(chance, words.colours),
        identity=number,
    )


def _framings(draft: _Draft, camera: Shooting, cast: int) -> list[tuple[float, float, float]]:
    """x, y and scale of everybody, so that they are still in the picture when the camera has moved."""
    chance = draft.chance(2)
    way = extent(camera, draft.seconds)
    low, high = draft.repertoire.heads
    low, high = {"push in": (0.88 * low, 0.81 * high), "pull out": (1.28 * low, 1.1 * high)}.get(camera.move, (low, high))
    largest, much = high / (1 + 0.45 * (cast - 1)), draft.repertoire.framings
    least = min(low, 0.75 * largest)
    scale = (least + largest) / 2 + much * float(chance.uniform(-0.5, 0.5)) * (largest - least)
    if chance.uniform() < draft.repertoire.distant:
        scale *= float(chance.uniform(0.55, 0.8))
    shift = {"pan right": way * PAN / 2, "pan left": -way * PAN / 2}.get(camera.move, 0.0)
    drop = {"tilt up": -0.12 * way, "tilt down": 0.12 * way}.get(camera.move, 0.0)
    framings = []
    for k in range(cast):
        room = 0.10 if cast == 1 else 0.14 / cast
        x = (k + 0.5) / cast * 0.94 + 0.03 + much * float(chance.uniform(-room, room)) + shift
        size = scale * float(chance.uniform(0.88, 1.12)) if cast > 1 else scale
        last = size * {"push in": 1.0, "pull out": PUSH**-way}.get(camera.move, 1.0)
        deep = 1 - _SEEN * last - 0.35 * (size - last)
        y = max(0.44 + much * float(chance.uniform(-0.04, 0.04)), deep, 0.62 * size + 0.10) + drop
        framings.append((x, y, size))
    return framings


def _moods(draft: _Draft, number: int) -> tuple[Mood, ...]:
    chance, end = draft.chance(4, number), draft.seconds
    first = _one(chance, EMOTIONS)
    if chance.uniform() < 0.65:
        return (Mood(first, Span(0.0, end), _one(chance, INTENSITIES)),)
    turn = float(chance.uniform(0.3, 0.7)) * end
    second = _one(chance, [emotion for emotion in EMOTIONS if emotion != first])
    return (
        Mood(first, Span(0.0, turn), _one(chance, INTENSITIES)),
        Mood(second, Span(turn, end), _one(chance, INTENSITIES)),
    )


def _doings(draft: _Draft, number: int, people: Sequence[Person]) -> tuple[Doing, ...]:
    """No action, one, or two one after the other."""
    chance, end = draft.chance(5, number), draft.seconds
    actions = [what for what in draft.repertoire.actions if what != "take off glasses" or people[number].glasses != "none"]
    most = 0 if not actions or end < 1.0 else 1 if end < 2.2 else 2
    count = min(most, int(chance.choice(3, p=(0.25, 0.5, 0.25))))
    doings: list[Doing] = []
    for k in range(count):
        room = (k * end / count, (k + 1) * end / count)
        length = min(0.92 * (room[1] - room[0]), float(chance.uniform(1.1, 1.9)))
        start = float(chance.uniform(room[0], room[1] - length))
        what = _one(chance, actions)
        if k == number == 0 and "walk in" in actions and _camera(draft).move == "follow":
            what = "walk in"  # somebody to follow
        others = [other for other in range(len(people)) if other != number]
        to = _one(chance, others) if others and what in {"hand over", "point"} else None
        doings.append(Doing(what, Span(start, start + length), _one(chance, INTENSITIES), to))
    return tuple(doings)


def _turns(draft: _Draft, people: Sequence[Person]) -> list[tuple[Utterance, ...]]:
    """Who says what: nobody in some scripts, otherwise one after the other; a line may begin before the film or outlast it."""
    chance = draft.chance(6)
    turns: list[list[Utterance]] = [[] for _ in people]
    if chance.uniform() >= _SPOKEN:
        return [tuple(lines) for lines in turns]
    number = int(chance.integers(len(people)))
    now = float(chance.uniform(-0.8, 0.35 * draft.seconds))
    while now < draft.seconds - 0.4:
        line = _line(draft, chance, people[number])
        begins, ends = line.phones[0][1], line.phones[-1][2]
        start = now - begins if now >= 0 else now * (ends - begins) - begins
        phones = tuple(
            (label, start + a, start + b) for label, a, b in line.phones if start + b > -0.5 and start + a < draft.seconds + 0.5
        )
        turns[number].append(Utterance(line.name, start, phones, loudness=line.loudness))
        now = start + ends + float(chance.uniform(0.35, 0.9))
        number = (number + 1) % len(people)
    return [tuple(lines) for lines in turns]


@dataclass(frozen=True)
class _Babble:
    name: str
    phones: Sequence[Phone]
    loudness: tuple[float, ...] = ()


def _line(draft: _Draft, chance: Chance, person: Person) -> SpokenLine:
    number = int(chance.integers(_LINES))
    if draft.voices is not None:
        return draft.voices(number, draft.split, kind_of(person))
    now = 0.0
    phones: list[Phone] = []
    for _ in range(int(chance.integers(8, 40))):
        now += float(chance.uniform(0.15, 0.5)) if phones and chance.uniform() < 0.08 else 0.0
        length = float(chance.uniform(0.05, 0.15))
        phones.append((_one(chance, _BABBLED), now, now + length))
        now += length
    return _Babble("", phones)
