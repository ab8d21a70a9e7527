"""Scripts by number: the same each time, different from one another, and split by voices, identities and looks."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

pytest.importorskip("skia", reason="the stage draws with skia (the extra `stage`)", exc_type=ImportError)

from dramatis.stage.play.captions import caption, vocabulary
from dramatis.stage.play.script import NATIVE, WHOLE
from dramatis.stage.play.script_writer import SPLITS, held_out, write

SECONDS = 2.7


@dataclass(frozen=True)
class Said:
    name: str
    phones: tuple[tuple[str, float, float], ...]
    loudness: tuple[float, ...] = (0.7,) * 70


def bank(number: int, split: str, kind: str | None) -> Said:
    return Said(f"{split}/{number}", (("m", 0.1, 0.2), ("a", 0.2, 1.4)))


def test_a_number_is_always_the_same_script() -> None:
    backwards = {number: write(NATIVE, number, "train", SECONDS, bank) for number in reversed(range(20))}
    assert all(write(NATIVE, number, "train", SECONDS, bank) == backwards[number] for number in range(20))
    assert len(set(backwards.values())) == 20


def test_seeds_and_splits_give_other_scripts() -> None:
    assert write(NATIVE, 3, "train", SECONDS) != write(NATIVE, 3, "train", SECONDS, seed=1)
    assert len({write(NATIVE, 3, split, SECONDS) for split in SPLITS}) == 3


def test_splits_share_no_identity_and_no_voice() -> None:
    people, voices = [], []
    for split in SPLITS:
        scripts = [write(NATIVE, number, split, SECONDS, bank) for number in range(60)]
        people.append({part.person.identity for script in scripts for part in script.parts})
        voices.append({speech.sound for script in scripts for part in script.parts for speech in part.speech})
    for sets in (people, voices):
        assert len(set.union(*sets)) == sum(map(len, sets))


def test_some_looks_are_for_the_test_alone() -> None:
    def kept(split: str) -> list[bool]:
        scripts = [write(NATIVE, number, split, SECONDS) for number in range(100)]
        return [any(held_out(part.person, script.place) for part in script.parts) for script in scripts]

    assert not any(kept("train"))
    assert not any(kept("validation"))
    assert all(kept("test")[::2])


def test_scripts_say_only_what_their_repertoire_has() -> None:
    for number in range(80):
        script = write(NATIVE, number, "train", SECONDS)
        assert len(script.parts) <= NATIVE.most_cast
        assert script.camera.move in NATIVE.cameras
        assert script.place.set in NATIVE.sets
        for part in script.parts:
            person = part.person
            assert person.hair in NATIVE.hairs
            assert person.colour in NATIVE.colours
            assert {doing.what for doing in part.doings} <= set(NATIVE.actions)


def test_actions_and_moods_lie_within_the_script_one_after_the_other() -> None:
    for number in range(80):
        for part in write(WHOLE, number, "train", SECONDS).parts:
            for events in (part.doings, part.moods):
                spans = [event.span for event in events]
                assert all(0 <= span.start < span.end <= SECONDS for span in spans)
                assert all(a.end <= b.start for a, b in pairwise(spans))


def test_three_quarters_speak_and_nobody_interrupts() -> None:
    spoken = 0
    for number in range(150):
        script = write(WHOLE, number, "train", 6.0, bank)
        lines = sorted((speech.phones[0][1], speech.phones[-1][2]) for part in script.parts for speech in part.speech)
        spoken += bool(lines)
        assert all(a[1] < b[0] for a, b in pairwise(lines))
    assert 0.65 < spoken / 150 < 0.85


@pytest.mark.parametrize("language", ["en", "zh"])
def test_captions_use_the_vocabulary_and_short_clauses(language: str) -> None:
    words = set(vocabulary())
    for number in range(60):
        script = write(WHOLE if number % 2 else NATIVE, number, "train", SECONDS)
        for seed in (None, number):
            for clause in caption(script, language, seed):
                said = re.findall(r"[a-z]+|[0-9]+|[\u3400-\u9fff]", clause.words.lower())
                assert said
                assert set(said) <= words
                assert len(said) <= 31
                assert clause.span is None or 0 <= clause.span.start <= clause.span.end <= SECONDS


def test_the_canonical_caption_names_everything_that_is_drawn() -> None:
    for number in range(60):
        script = write(NATIVE, number, "train", SECONDS, bank)
        person = script.parts[0].person
        english = " ; ".join(clause.words for clause in caption(script))
        for word in (
            person.species,
            person.hair_colour,
            person.hair,
            person.colour,
            person.clothes,
            script.place.set,
            script.style,
        ):
            assert word in english
        assert ("no glasses" in english) == (person.glasses == "none")
        assert english.count("speaks") == len(script.parts[0].speech)
        timed = [clause for clause in caption(script) if clause.span is not None]
        part = script.parts[0]
        assert len(timed) == len(part.moods) + len(part.doings) + len(part.speech) + 1
        assert [clause.span for clause in timed[: len(part.moods)]] == [mood.span for mood in part.moods]


def test_phrasings_differ_and_are_the_same_by_seed() -> None:
    script = write(NATIVE, 4, "train", SECONDS, bank)
    assert caption(script, "en", 5) == caption(script, "en", 5)
    assert len({caption(script, "en", seed) for seed in range(20)}) > 15
    assert len({caption(script, "zh", seed) for seed in range(20)}) > 15


def test_only_the_active_act_and_speak_and_they_stand_on_either_side() -> None:
    repertoire = replace(WHOLE, most_cast=2, most_active=1)
    pairs = [script for number in range(60) if len((script := write(repertoire, number, "train", SECONDS, bank)).parts) == 2]
    assert any(script.parts[0].speech for script in pairs)
    assert any(script.parts[0].doings for script in pairs)
    assert not any(script.parts[1].speech or script.parts[1].doings for script in pairs)
    assert all(script.parts[1].moods for script in pairs)
    assert {script.parts[0].x < script.parts[1].x for script in pairs} == {True, False}
