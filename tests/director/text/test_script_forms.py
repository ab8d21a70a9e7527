"""Scripts in the forms in which people write them."""

import pytest

from dramatis.clock import Span
from dramatis.director.text.expert import understood
from dramatis.director.text.script_forms import usual
from dramatis.director.text.scripts import extracted
from dramatis.director.text.timeline import Timeline
from dramatis.production.lines.screenplay import cast_of

SCREENPLAY = """INT. KITCHEN - NIGHT

Anna stands at the window.

ANNA
(sighing)
I can't do this
anymore.

OLD MAN (V.O.)
Yes, you can.

Anna smiles.

CUT TO:
"""


def test_a_screenplay() -> None:
    cast = cast_of(SCREENPLAY)
    script = extracted(SCREENPLAY, cast)
    assert cast == ("Anna", "Old Man's Voice")
    assert script.written == [("Anna", "I can't do this anymore.", "sighing"), ("Old Man's Voice", "Yes, you can.", "")]
    report = understood(SCREENPLAY, cast, Timeline(Span(0.0, 10.0)), drawn=True)
    assert {claim.what for claim in report.claims if claim.kind == "setting"} >= {"kitchen", "night"}
    smile = next(claim for claim in report.claims if claim.what == "smile")
    assert smile.span is not None
    assert smile.span.start > 5.0
    assert any("cut to" in note for note in report.notes)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Scene 1: A cat waves.\nScene 2: It bows.", "A cat waves.\nThen It bows."),
        ("Shot 1 (3s): Mia waves. Shot 2 (4 s): she bows.", "From 0 to 3 seconds, Mia waves.\nFrom 3 to 7 seconds, she bows."),
        ("Shot 1 [0-2s]: Mia waves. Shot 2 [2-5s]: she bows.", "From 0 to 2 seconds, Mia waves.\nFrom 2 to 5 seconds, she bows."),
        ("- **Leo** waves\n- a park", "Leo waves\na park"),
        ("Scene 1 of my life: hello", "Scene 1 of my life: hello"),
    ],
)
def test_scenes_lists_and_bold_names(words: str, told: str) -> None:
    assert usual(words) == told


def test_directions_inside_a_speech_are_not_said() -> None:
    words = "Leo: (waves) Great. *laughs* I am *so* happy. [pause 0.5] I have (almost) finished."
    who, said, note = extracted(words, ("Leo",)).written[0]
    assert (who, note) == ("Leo", "waves; laughs")
    assert said == "Great. I am *so* happy. [pause 0.5] I have (almost) finished."


def test_a_list_of_characters_says_who_they_are() -> None:
    words = "Characters: Alex (woman, red hair), Sam (a robot).\nAlex: Hi Sam!\nSam: Hello."
    report = understood(words, cast_of(words), Timeline(Span(0.0, 6.0)), drawn=True)
    looks = {(claim.who, claim.what) for claim in report.claims if claim.kind == "look"}
    assert looks == {("Alex", "a woman"), ("Alex", "red hair"), ("Sam", "a robot")}
    assert not report.notes
