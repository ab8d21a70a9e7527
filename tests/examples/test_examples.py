"""The project's own pictures, voices and briefs are fit to be filmed."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from dramatis.clock import Span
from dramatis.director.audio.transcripts import words_of
from dramatis.director.text.expert import understood
from dramatis.director.text.scenes import in_scenes
from dramatis.director.text.scripts import extracted
from dramatis.director.text.timeline import Timeline
from dramatis.media.faces.face_finding import find_faces, person_mattes
from dramatis.media.pictures.picture_files import read_still
from dramatis.media.sounds.sound_files import read_sound
from dramatis.production.lines.screenplay import cast_of, script_of
from dramatis.production.request import Options, request_of
from dramatis.story import Brief, Word
from dramatis.story.document import brief_from, located, parse

EXAMPLES = Path(__file__).parents[2] / "examples"
UPPER_LIP, LOWER_LIP, CORNERS = 13, 14, (61, 291)


@pytest.mark.parametrize(("name", "people"), [("mira", 1), ("noor_and_tom", 2)])
def test_every_person_is_found_with_a_shut_mouth_and_a_clean_outline(name: str, people: int) -> None:
    still = read_still(str(EXAMPLES / f"{name}.png"))
    faces = find_faces(still)
    assert len(faces) == people
    for face in faces:
        assert face.size > 0.3 * still.height
        mouth = np.linalg.norm(face.mesh[CORNERS[0], :2] - face.mesh[CORNERS[1], :2])
        assert np.linalg.norm(face.mesh[UPPER_LIP, :2] - face.mesh[LOWER_LIP, :2]) < 0.03 * mouth
    for face, matte in zip(faces, person_mattes(still, faces), strict=True):
        alpha = cv2.resize(matte.alpha, (still.width, still.height))
        x, y = face.mesh[:, :2].mean(axis=0).astype(int)
        assert alpha[y, x] > 250
        assert max(alpha[:40, :40].max(), alpha[:40, -40:].max()) < 5


@pytest.mark.parametrize(("name", "shortest", "longest"), [("mira", 8, 12), ("noor", 2.5, 4), ("tom", 2.5, 4)])
def test_a_voice_is_as_long_as_it_should_be_and_has_true_pauses(name: str, shortest: float, longest: float) -> None:
    sound = read_sound(str(EXAMPLES / f"{name}.flac"))
    assert shortest <= sound.seconds <= longest
    assert sound.rate == 24_000
    assert 0.6 < np.abs(sound.mono).max() < 0.8
    assert not sound.mono[: sound.rate // 5].any()


@pytest.mark.parametrize("name", ["mira", "noor_and_tom"])
def test_a_brief_finds_its_files_and_directs(name: str) -> None:
    path = EXAMPLES / f"{name}.json"
    brief = located(brief_from(parse(path)), path)
    for character in brief.cast:
        assert Path(character.portrait).exists()
        assert character.voice is not None
        assert Path(character.voice).exists()
    names = tuple(character.name for character in brief.cast)
    claims = understood(brief.prompt, names, Timeline(Span(0, 10))).claims
    assert {"emotion", "camera", "action"} <= {claim.kind for claim in claims}
    assert {claim.who for claim in claims} <= {None, *names}


def test_the_tale_has_three_scenes_and_a_narrator_who_is_not_seen() -> None:
    brief = request_of(EXAMPLES / "tale.txt", Options(), 0)
    assert isinstance(brief, Brief)
    assert [(who.name, who.off_screen) for who in brief.cast] == [("Narrator", True), ("Robot", False), ("Kitten", False)]
    film, cast = Span(0.0, 40.0), ("Robot", "Kitten")
    told = understood(brief.prompt, cast, Timeline(film), drawn=True)
    settings = [(claim.what, claim.span) for claim in in_scenes(told.claims, film, float) if claim.kind == "setting"]
    assert [what for what, _ in sorted(settings, key=lambda one: (one[1] or film).start)][::2] == ["forest", "mountains", "beach"]
    assert len({span for _, span in settings}) == 3


def test_the_dialogue_is_drawn_from_words_alone() -> None:
    path = EXAMPLES / "dialogue.json"
    brief = located(brief_from(parse(path)), path)
    assert brief.wants == "drawn"
    assert [who for who, _ in script_of(brief)] == ["Kitten", "Robot"] * 3
    moments = {(one.who, one.words) for one in extracted(brief.prompt, ("Kitten", "Robot")).moments}
    assert {("Kitten", "morning"), ("Robot", "twice"), ("Robot", "you")} <= moments
    claims = understood(brief.prompt, ("Kitten", "Robot"), Timeline(Span(0, 20)), drawn=True).claims
    assert {"kitchen", "rain"} <= {claim.what for claim in claims if claim.kind == "setting"}


@pytest.mark.parametrize(
    ("name", "cast", "done"),
    [
        ("seaside", ("Rabbit", "Bear"), {("hand over", "Rabbit", "Bear"), ("wave", "Rabbit", None), ("shrug", "Bear", None)}),
        ("library", ("林姐", "阿明"), {("hand over", "林姐", "阿明"), ("bow", "阿明", None), ("shake head", "林姐", None)}),
    ],
)
def test_a_dialogue_of_words_alone_says_who_does_what(name: str, cast: tuple[str, ...], done: set[tuple[str, str, str]]) -> None:
    words = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    assert cast_of(words) == cast
    lines = extracted(words, cast).lines
    said: dict[str, list[Word]] = {who: [] for who in cast}
    for number, (who, text) in enumerate(lines):
        said[who] += [
            Word(word, Span(3 * number + at / 20, 3 * number + at / 20 + 0.05)) for at, word in enumerate(words_of(text))
        ]
    spoken = tuple((who, tuple(found)) for who, found in said.items())
    told = understood(words, cast, Timeline(Span(0, 3 * len(lines)), 1, spoken), drawn=True)
    assert len(lines) > 15
    assert not told.notes
    assert done <= {(claim.what, claim.who, claim.to) for claim in told.claims}
