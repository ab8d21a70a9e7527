"""A script in words: clauses that last, and clauses with the span in which they hold, in English and Chinese.

The director uses the canonical phrasing for the native engine (`conditioning.words`); training also uses many
others, which omit some of what is visible.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import numpy as np

from dramatis.clock import Span
from dramatis.conditioning import phrases
from dramatis.conditioning.person import attributes_of
from dramatis.conditioning.phrases import Pair
from dramatis.conditioning.words import WORDS, CaptionClause, Kind, Language, timed
from dramatis.stage.play.script import INTENSITIES, Part, Person, Script, Shooting, Utterance
from dramatis.story import Looks

_UNSAID = 0.15
_UNTOLD = frozenset({"build", "face"})  # of which captions for training say nothing
_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]")
_OTHER: dict[Kind, dict[str, Pair]] = {"emotion": phrases.EMOTIONS, "action": phrases.ACTIONS, "camera": phrases.CAMERAS}


def caption(script: Script, language: Language = "en", seed: int | None = None) -> tuple[CaptionClause, ...]:
    """The script in words; `seed` chooses a phrasing, None is the canonical one, in which everything is said."""
    teller = _CaptionWriter(language, None if seed is None else np.random.default_rng([seed, 5]))
    lasting = [teller.pick(phrases.STYLES[script.style])] if teller.says() else []
    lasting += [teller.person(part.person) for part in script.parts]
    lasting += teller.place(script)
    clauses = [CaptionClause(words) for words in lasting if words]
    for number, part in enumerate(script.parts):
        who = teller.who(script, number)
        clauses += [CaptionClause(who + words, span) for words, span in teller.doings(part, script.seconds)]
    whole = Span(0.0, script.seconds)
    clauses.append(CaptionClause(teller.timed("camera", script.camera.move, _pace(script.camera)), whole))
    return tuple(clauses)


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word of every phrasing: English words in small letters and single Chinese characters, sorted."""
    return tuple(sorted({word for phrase in _everything() for word in _WORD.findall(phrase.lower())}))


class _CaptionWriter:
    """Chooses phrasings; without a generator, the canonical ones."""

    def __init__(self, language: Language, chance: np.random.Generator | None) -> None:
        self._english = language == "en"
        self._language: Language = language
        self._chance = chance

    def says(self) -> bool:
        """Whether something is said at all."""
        return self._chance is None or self._chance.uniform() >= _UNSAID

    def pick(self, pair: Pair) -> str:
        """One phrasing."""
        words = pair[0 if self._english else 1]
        return words[0 if self._chance is None else int(self._chance.integers(len(words)))]

    def person(self, person: Person) -> str:
        """How somebody looks; in training some of it goes unsaid, in any order."""
        said = [words for words in attributes_of(_looks(person), self.pick) if self.says()]
        if self._chance is not None:
            self._chance.shuffle(said)
        name = self.pick(phrases.SPECIES[person.species])
        if not self._english:
            return "，".join([name, *said])
        return f"{name} with {', '.join(said)}" if said else name

    def place(self, script: Script) -> list[str]:
        """Place, light and weather; usual values are only sometimes mentioned."""
        place, said = script.place, []
        for word, usual, pairs in (
            (place.set, "", phrases.SETS),
            (place.light, "day", phrases.LIGHTS),
            (place.weather, "clear", phrases.WEATHERS),
        ):
            if (word != usual or self._rarely()) and self.says():
                said.append(self.pick(pairs[word]))
        if place.happening != "nothing":
            said.append(self.pick(phrases.HAPPENINGS[place.happening]))
        return said

    def _rarely(self) -> bool:
        return self._chance is not None and self._chance.uniform() < 0.25

    def who(self, script: Script, number: int) -> str:
        """The subject of a timed clause; a single person is not named."""
        cast = len(script.parts)
        if cast == 1:
            return ""
        rank = sorted(range(cast), key=lambda k: script.parts[k].x).index(number)
        name = phrases.SPECIES[script.parts[number].person.species]
        subject = self.pick(phrases.PLACES[cast, rank]).format(name[0][0].split()[1] if self._english else name[1][0])
        return f"{subject} " if self._english else subject

    def doings(self, part: Part, seconds: float) -> Iterator[tuple[str, Span]]:
        """What somebody feels, does and says, each with its span."""
        for mood in part.moods:
            yield self.timed("emotion", mood.what, mood.intensity), mood.span
        for doing in part.doings:
            yield self.timed("action", doing.what, doing.intensity), doing.span
        for speech in part.speech:
            if speech.phones:
                yield self.pick(phrases.SINGING if speech.sung else phrases.SPEAKING), _spoken(speech, seconds)

    def timed(self, kind: Kind, what: str, intensity: float) -> str:
        """An emotion, an action or a camera move."""
        if self._chance is None or self._chance.uniform() < 0.5:
            return timed(kind, what, intensity, self._language)
        words = self.pick(_OTHER[kind][what])
        degree = phrases.DEGREES[kind][min(2, max(0, round(3 * intensity) - 1))]
        if degree[0]:
            grade = self.pick(degree)
            words = (f"{grade} {words}" if kind == "emotion" else f"{words} {grade}") if self._english else grade + words
        return self.pick(phrases.FEELINGS).format(words) if kind == "emotion" else words


def _looks(person: Person) -> Looks:
    return Looks(**{field.name: getattr(person, field.name) for field in fields(Looks) if field.name not in _UNTOLD})


def _pace(camera: Shooting) -> float:
    return 2 / 3 if camera.move == "static" else camera.speed


def _spoken(speech: Utterance, seconds: float) -> Span:
    start = min(seconds, max(0.0, speech.phones[0][1]))
    return Span(start, min(seconds, max(start, speech.phones[-1][2])))


def _everything() -> Iterator[str]:
    pairs: list[Pair] = [phrases.SPEAKING, phrases.SINGING, phrases.FEELINGS]
    looks = (phrases.SPECIES, phrases.BUILDS, phrases.SKINS, phrases.FACES, phrases.HAIRS, phrases.BEARDS, phrases.GLASSES)
    around = (
        phrases.CLOTHES,
        phrases.COLOURS,
        phrases.SETS,
        phrases.LIGHTS,
        phrases.WEATHERS,
        phrases.HAPPENINGS,
        phrases.STYLES,
    )
    for table in (*looks, *around, *_OTHER.values()):
        pairs.extend(table.values())
    pairs.extend(phrases.PLACES.values())
    for degrees in phrases.DEGREES.values():
        pairs.extend(degrees)
    for english, chinese in pairs:
        yield from (*english, *chinese, "with")
    for kind, table_of in WORDS.items():
        for what in table_of:
            for intensity in INTENSITIES:
                yield timed(kind, what, intensity, "en")
                yield timed(kind, what, intensity, "zh")
