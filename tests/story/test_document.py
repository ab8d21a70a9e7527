"""Briefs and storylines as JSON."""

import json
from pathlib import Path

import pytest

from dramatis.clock import Rate, Span
from dramatis.errors import BriefError
from dramatis.story import Brief, Canvas, Character, Cue, Direction, Line, Shot, Storyline
from dramatis.story.document import brief_from, located, parse, storyline_from, storyline_located, to_json

ADA = Character("Ada", "ada.png", face=(10.0, 20.0, 110.0, 140.0), voice="ada.wav")
BOB = Character("Bob", "bob.png", say="Hello, Ada.")
BRIEF = Brief((ADA, BOB), "they talk", size=(1280, 720), fps=29.97, seed=7, order="in turn")
STORYLINE = Storyline(
    Canvas(1280, 720, Rate(30000, 1001)),
    (ADA, BOB),
    (Line("Ada", "ada.wav", 0.0), Line("Bob", "bob.wav", 2.5)),
    (
        Shot(
            Span(0.0, 2.0),
            "ada.png",
            ("Ada",),
            Direction("calm", "blur", (Cue("emotion", "calm", Span(0.5, 1.0), "Ada", 1 / 3),)),
        ),
        Shot(Span(2.0, 5.0), "bob.png", ("Bob",), Direction()),
    ),
    seed=3,
)


@pytest.mark.parametrize("brief", [BRIEF, Brief((ADA,)), Brief((BOB,), size=1080)])
def test_a_brief_comes_back_as_it_was(brief: Brief) -> None:
    assert brief_from(json.loads(to_json(brief))) == brief


def test_a_storyline_comes_back_as_it_was() -> None:
    assert storyline_from(json.loads(to_json(STORYLINE))) == STORYLINE


def test_a_short_brief_is_enough() -> None:
    assert brief_from({"version": 1, "cast": [{"name": "Ada", "portrait": "ada.png"}]}) == Brief((Character("Ada", "ada.png"),))


def changed(document: str, *path: str | int, value: object) -> object:
    data = json.loads(document)
    place = data
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("promt",), "x", 'Unknown key "promt" in the brief: it may have cast, prompt, size, fps'),
        (
            ("cast", 0, "protrait"),
            "x",
            'Unknown key "protrait" in entry 1 of "cast" of the brief: it may have name, portrait, face',
        ),
        (("cast",), ..., 'Missing key "cast"'),
        (("cast", 1, "name"), ..., 'Missing key "name" in entry 2'),
        (("version",), ..., "has no version"),
        (("version",), 2, "version 2"),
        (("version",), True, "version True"),
        (("fps",), "25", '"fps" of the brief must be a number, not "25"'),
        (("fps",), True, "must be a number, not true"),
        (("fps",), 0.5, "5 to 60"),
        (("fps",), 1000, "5 to 60"),
        (("fps",), 10**400, "must be a number"),
        (("seed",), 1.5, "must be a whole number"),
        (("prompt",), None, "must be a text, not null"),
        (("size",), [1280], "must be a list of 2, not of 1"),
        (("size",), [1281, 720], "even numbers"),
        (("size",), [7680, 4320], "3840x2160"),
        (("size",), 9, "64 to 2160"),
        (("order",), "random", "'auto', 'together', 'in turn'"),
        (("cast",), [], "nobody in its cast"),
        (("cast",), {"Ada": 1}, '"cast" of the brief must be a list, not an object'),
        (("cast", 0), "Ada", "must be an object"),
        (("cast", 1, "name"), "Ada", 'Two characters are called "Ada"'),
        (("cast", 1, "name"), "", "empty name"),
        (("cast", 1, "voice"), "bob.wav", "both a voice and a text"),
        (("cast", 0, "face"), [1.0, 2.0, 3.0], "point [x, y] or a box"),
    ],
)
def test_what_is_wrong_in_a_brief_is_named(path: tuple[str | int, ...], value: object, said: str) -> None:
    with pytest.raises(BriefError) as fault:
        brief_from(changed(to_json(BRIEF), *path, value=value))
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("shots",), [], "no shots"),
        (("shots", 1, "span"), [2.5, 5.0], "Shot 2 must start at 2 s"),
        (("shots", 0, "span"), [2.0, 0.0], "must not end before it starts"),
        (("shots", 1, "span"), [2.0, 2e8], "hours long"),
        (("shots", 0, "cast"), ["Ada", "Ada"], "in shot 1 twice"),
        (("shots", 0, "cast"), ["Eve"], '"Eve" in shot 1 is not in the cast: Ada, Bob'),
        (("lines", 0, "who"), "Eve", '"Eve"'),
        (("lines", 0, "start"), -1.0, "starts at 0"),
        (("shots", 0, "direction", "cues", 0, "what"), "joy", "calm, excitement, confusion, sadness, surprise, anger are known"),
        (("shots", 0, "direction", "cues", 0, "intensity"), 0, "more than 0"),
        (("shots", 0, "direction", "cues", 0, "kind"), "mood", "'emotion', 'camera', 'action'"),
        (("canvas", "width"), 0, "area"),
        (("canvas", "rate", "frames"), 0, "positive"),
        (("canvas", "width"), 8192, "3840x2160"),
    ],
)
def test_what_is_wrong_in_a_storyline_is_named(path: tuple[str | int, ...], value: object, said: str) -> None:
    with pytest.raises(BriefError) as fault:
        storyline_from(changed(to_json(STORYLINE), *path, value=value))
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not valid JSON"),
        (b"\xff\xfe\x00", "not a text file"),
        (b'{"fps": NaN}', "NaN"),
        (b"", "not valid JSON"),
        (b"[" * 100_000, "too long"),
        (b'{"seed": 1' + b"0" * 5000 + b"}", "too long"),
    ],
)
def test_files_that_are_no_documents(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "brief.json").write_bytes(content)
    with pytest.raises(BriefError, match=said):
        parse(tmp_path / "brief.json")
    with pytest.raises(BriefError, match="no file"):
        parse(tmp_path / "missing.json")
    with pytest.raises(BriefError, match="cannot be read"):
        parse(tmp_path)


def test_files_are_found_beside_the_document_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    for name in ("here/ada.png", "there/ada.png", "here/ada.wav"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path / "here")
    brief = located(BRIEF, tmp_path / "there" / "brief.json")
    assert (brief.cast[0].portrait, brief.cast[0].voice) == (str(tmp_path / "there/ada.png"), "ada.wav")
    storyline = storyline_located(STORYLINE, tmp_path / "there" / "film.json")
    assert storyline.shots[0].picture == str(tmp_path / "there/ada.png")
    assert storyline.lines[0].sound == "ada.wav"


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "brief.json"
    document.write_text('{"version": 1, "prompt": "\\ud800", "cast": []}')
    with pytest.raises(BriefError, match="half a character"):
        parse(document)


def test_a_name_that_no_file_can_have_stays_as_it_is(tmp_path: Path) -> None:
    long = "a" * 5000
    brief = located(Brief((Character("Ada", long),)), tmp_path / "brief.json")
    assert brief.cast[0].portrait == long


def test_a_cue_outside_the_film_is_refused() -> None:
    with pytest.raises(BriefError, match=r'"calm" of shot 1 lies at 50 to 51 s, outside the film: 0 to 5 s'):
        storyline_from(changed(to_json(STORYLINE), "shots", 0, "direction", "cues", 0, "span", value=[50, 51]))


def test_a_deliberation_speaks_of_its_own_claims() -> None:
    with pytest.raises(BriefError, match="speaks of claim 3: it holds 0"):
        storyline_from(changed(to_json(STORYLINE), "deliberation", "agreed", value=[3]))
