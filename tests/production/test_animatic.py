"""Any plan is drawn: its people are known by their colours, and nothing but the small film is left."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("skia", exc_type=ImportError)

from dramatis.clock import Rate, Span
from dramatis.conditioning.reading import looks_of, scenery_of
from dramatis.engines import build
from dramatis.errors import OutputError
from dramatis.media.videos.video import frame_at, probe
from dramatis.production.assets import Assets
from dramatis.production.previews.animatic import animatic
from dramatis.production.previews.stand_ins import stand_ins
from dramatis.recipes import crew_for
from dramatis.runtime.environment import Environment
from dramatis.story import Canvas, Character, Claim, Cue, Deliberation, Direction, Line, Shot, Storyline

EXAMPLES = Path(__file__).parents[2] / "examples"
NOD = Cue("action", "nod", Span(0.2, 0.9), "Tom")


def plan(cast: tuple[Character, ...], lines: tuple[Line, ...] = (), *claims: Claim, canvas: Canvas | None = None) -> Storyline:
    names = tuple(who.name for who in cast)
    shot = Shot(Span(0.0, 1.5), cast[0].portrait, names, Direction(cues=(NOD,) if "Tom" in names else ()), framing="medium")
    told = Deliberation(claims, agreed=tuple(range(len(claims))))
    return Storyline(canvas or Canvas(1280, 720, Rate(25)), cast, lines, (shot,), deliberation=told)


def test_people_of_a_picture_are_drawn_in_its_colours() -> None:
    picture = str(EXAMPLES / "noor_and_tom.png")
    cast = (Character("Noor", picture), Character("Tom", picture, look="a green hoodie"))
    drawn = stand_ins(plan(cast, (), Claim("text", 1, "setting", "kitchen")), Assets(), build("drawn").limits)
    noor, tom = (looks_of(who.look) for who in drawn.cast)
    assert (noor.species, noor.hair, noor.clothes, noor.colour) == ("woman", "long", "shirt", "red")
    assert (tom.species, tom.hair, tom.hair_colour, tom.beard) == ("man", "short", "brown", "full")
    assert (tom.clothes, tom.colour) == ("hoodie", "green")  # words come first
    (shot,) = drawn.shots
    assert (shot.picture, shot.framing, shot.direction.cues) == ("", "medium", (NOD,))
    assert scenery_of(shot.direction.words).set == "kitchen"
    assert looks_of(shot.direction.words.splitlines()[1]) == noor


def test_a_plan_becomes_a_small_film_and_leaves_nothing_else(tmp_path: Path, make_voice: Callable[..., str]) -> None:
    voice = make_voice(seconds=1.2)
    cast = (Character("Ada", look="a woman with dark skin, short black hair, no glasses, a white shirt"),)
    words = Line("Ada", voice, 0.0, "hello")
    storyline = plan(cast, (words,), canvas=Canvas(720, 1280, Rate(24)))
    crew = crew_for("drawn", Environment(tmp_path / "vault", workers=0))
    output = tmp_path / "films" / "plan.mp4"
    output.parent.mkdir()
    animatic(storyline, output, crew)
    made = probe(str(output))
    assert (made.canvas.width, made.canvas.height, made.canvas.rate) == (360, 640, Rate(12))
    assert made.seconds == pytest.approx(1.5, abs=0.05)
    assert frame_at(str(output), 0.5).pixels.std() > 20
    assert [path.name for path in output.parent.iterdir()] == ["plan.mp4"]


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    crew = crew_for("drawn", Environment(tmp_path / "vault", workers=0))
    with pytest.raises(OutputError, match=r"written as .mp4, not as plan.gif"):
        animatic(plan((Character("Ada", look="a woman"),)), tmp_path / "plan.gif", crew)
