"""The experts' rounds: who comes first, what is blended, what is filled in, and what must not be seen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, PersonReport, PictureReport, TextReport, Turn, Verdict, VisualReport
from dramatis.director.rounds.dialogue import deliberate
from dramatis.director.rounds.minutes import minutes
from dramatis.director.text.expert import read
from dramatis.director.writing.writer import written
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS, Character, Claim, Deliberation
from dramatis.take import Limits

PORTRAIT = Limits("portrait", "1", needs_face=True, cannot=("wave", "dance", "orbit"))
ANY = Limits("any", "1")
FILM = 12.0


def material(prompt: str = "", names: tuple[str, ...] = ("Noor", "Tom"), limits: Limits = ANY) -> Material:
    return Material(prompt, tuple(Character(name, "picture.png") for name in names), FILM, (), (), limits)


def felt(expert: str, what: str, intensity: float, span: Span | None = None, who: str | None = "Noor") -> Claim:
    return Claim(expert, 1, "emotion", what, who, span, intensity, 0.9, f"{expert} says {what}")  # type: ignore[arg-type]  # a test's


def talked(
    *claims: Claim, turns: tuple[Turn, ...] = (), limits: Limits = ANY, visual: VisualReport | None = None
) -> Deliberation:
    by = {name: tuple(claim for claim in claims if claim.expert == name) for name in ("audio", "visual", "text")}
    seen = VisualReport(visual.scenes if visual else (), by["visual"])
    return deliberate(material(limits=limits), AudioReport((), turns, by["audio"]), seen, TextReport(by["text"]))


def feelings(told: Deliberation) -> dict[str, float]:
    """The strongest of each feeling that was agreed on."""
    found: dict[str, float] = {}
    for claim in told.outcome:
        if claim.kind == "emotion":
            found[claim.what] = max(found.get(claim.what, 0.0), claim.intensity)
    return found


def test_words_come_before_the_voice_which_still_colours_them() -> None:
    told = talked(felt("text", "calm", 2 / 3), felt("audio", "anger", 1.0, Span(0, FILM)))
    mixed = feelings(told)
    assert mixed["calm"] > mixed["anger"] > 0
    assert mixed["calm"] < 2 / 3
    assert [conflict.about for conflict in told.conflicts] == ["emotion"]


def test_a_louder_voice_colours_more() -> None:
    soft, loud = (feelings(talked(felt("text", "calm", 2 / 3), felt("audio", "anger", much)))["anger"] for much in (0.4, 1.0))
    assert soft < loud


def test_the_voice_comes_before_the_picture() -> None:
    mixed = feelings(talked(felt("audio", "sadness", 2 / 3), felt("visual", "excitement", 2 / 3)))
    assert mixed["sadness"] > mixed.get("excitement", 0.0)


def test_where_words_and_voice_agree_there_is_no_conflict() -> None:
    told = talked(felt("text", "anger", 1 / 3), felt("audio", "anger", 1.0))
    assert 1 / 3 < feelings(told)["anger"] < 1.0
    assert not told.conflicts


def test_the_voice_alone_decides_where_words_are_silent() -> None:
    told = talked(felt("text", "calm", 2 / 3, Span(0, 4)), felt("audio", "anger", 1.0, Span(0, FILM)))
    assert feelings(told)["anger"] == 1.0


def test_what_words_only_imply_yields_to_a_sure_voice() -> None:
    implied = Claim("text", 1, "emotion", "excitement", "Noor", None, 1.0, 0.6, "a lottery")
    said = Claim("text", 1, "emotion", "excitement", "Noor", None, 1.0, 0.9, "the words say so")
    voice = felt("audio", "sadness", 1.0)
    assert feelings(talked(implied, voice))["sadness"] > feelings(talked(said, voice))["sadness"]
    assert any(claim.round == 3 and claim.expert == "text" for claim in talked(implied, voice).claims)


def test_a_wish_that_the_framing_hides_is_named() -> None:
    close = VisualReport((PictureReport("picture.png", (PersonReport("Noor", (0.2, 0.1, 0.8, 0.9), "close-up"),)),))
    wave = Claim("text", 1, "action", "wave", "Noor", Span(2, 4))
    told = talked(wave, visual=close)
    assert "wave cannot be seen in a close-up" in told.conflicts[0].about
    assert "medium" in {claim.what for claim in told.outcome if claim.kind == "framing"}
    assert "wave" in {claim.what for claim in told.outcome}


@pytest.mark.parametrize(("kind", "what"), [("action", "dance"), ("camera", "orbit")])
def test_a_wish_that_the_engine_cannot_show_is_named_and_stays(kind: str, what: str) -> None:
    wish = Claim("text", 1, kind, what)  # type: ignore[arg-type]  # a test's
    told = talked(wish, limits=PORTRAIT)
    assert f"cannot show: {what}" in told.conflicts[0].about
    assert wish in told.outcome


def test_listeners_listen_and_nod_where_they_have_nothing_else_to_do() -> None:
    turns = (Turn("Noor", Span(0, 5)), Turn("Tom", Span(5, 6)))
    told = talked(turns=turns)
    filled = [told.claims[place] for place in told.filled]
    assert {(claim.who, claim.what) for claim in filled if claim.kind == "listener"} == {("Tom", "Noor"), ("Noor", "Tom")}
    assert [(claim.who, claim.what) for claim in filled if claim.kind == "action"] == [("Tom", "nod")]
    busy = Claim("text", 1, "action", "smile", "Tom", Span(0, FILM))
    assert "nod" not in {claim.what for claim in talked(busy, turns=turns).outcome if claim.kind == "action"}


def test_a_strong_feeling_moves_a_camera_that_nobody_directs() -> None:
    def camera(*claims: Claim) -> list[str]:
        return [claim.what for claim in talked(*claims).outcome if claim.kind == "camera"]

    assert camera(felt("text", "anger", 1.0)) == ["push in"]
    assert camera(felt("text", "calm", 2 / 3)) == ["static"]
    assert camera(felt("text", "anger", 1.0), Claim("text", 1, "camera", "pan left")) == ["pan left"]


def test_the_talk_can_be_read_in_both_languages() -> None:
    told = talked(felt("text", "calm", 2 / 3), felt("audio", "anger", 1.0))
    assert "the voice sounds like anger" in "\n".join(minutes(told))
    assert "愤怒" in "\n".join(minutes(told, "zh"))


CLAIMED = st.builds(
    lambda expert, kind_what, who, start, length, intensity, confidence: Claim(
        expert, 1, kind_what[0], kind_what[1], who, Span(start, start + length), intensity, confidence, "a test"
    ),
    st.sampled_from(["text", "audio", "visual"]),
    st.sampled_from(
        [("emotion", what) for what in EMOTIONS] + [("action", what) for what in ACTIONS] + [("camera", what) for what in CAMERAS]
    ),
    st.sampled_from([None, "Noor", "Tom"]),
    st.floats(0, 8),
    st.floats(0.1, 4),
    st.floats(0.05, 1),
    st.floats(0, 1),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIMED, max_size=8))
def test_the_negative_side_never_names_what_a_shot_wants(claims: list[Claim]) -> None:
    told = talked(*claims)
    wanted = {(claim.what, claim.who) for claim in told.outcome if claim.kind != "avoid"}
    assert not {(claim.what, claim.who) for claim in told.outcome if claim.kind == "avoid"} & wanted
    seen, heard, read_ = VisualReport(), AudioReport(), TextReport()
    for shot in written(material(), Verdict(heard, seen, read_, told)):
        assert not set(shot.direction.avoid.split(", ")) & {cue.what for cue in shot.direction.cues}


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIMED, max_size=8))
def test_any_claims_are_settled_alike_each_time_and_in_their_bounds(claims: list[Claim]) -> None:
    told = talked(*claims)
    assert told == talked(*claims)
    for claim in told.outcome:
        assert 0 <= claim.intensity <= 1
        assert claim.span is None or 0 <= claim.span.start <= claim.span.end <= FILM
    assert set(told.agreed) <= set(range(len(told.claims)))


def test_the_contrary_of_a_wish_is_avoided_and_only_there() -> None:
    told = talked(felt("text", "calm", 2 / 3, Span(0, 4)), Claim("text", 1, "action", "nod", "Noor", Span(5, 6)))
    avoided = {(claim.what, claim.who, claim.span) for claim in told.outcome if claim.kind == "avoid"}
    assert ("anger", "Noor", Span(0, 4)) in avoided
    assert ("shake head", "Noor", Span(5, 6)) in avoided
    assert ("nod", "Tom", Span(5, 6)) in avoided


def test_a_prompt_word_is_never_avoided() -> None:
    prompt = "She keeps a blank face and flickers like an old film."
    asked = material(prompt, ("Noor",))
    told = deliberate(asked, AudioReport(), VisualReport(), read(asked, AudioReport(), VisualReport()))
    assert not {"blank face", "flicker"} & {claim.what for claim in told.outcome if claim.kind == "avoid"}


@pytest.mark.parametrize(("box", "moves"), [((0.02, 0.02, 0.98, 0.98), False), ((0.3, 0.2, 0.6, 0.6), True)])
def test_a_camera_does_not_move_where_a_face_fills_the_picture(box: tuple[float, float, float, float], moves: bool) -> None:
    visual = VisualReport((PictureReport("picture.png", (PersonReport("Noor", box, "close-up"),)),))
    told = talked(felt("text", "anger", 1.0), limits=PORTRAIT, visual=visual)
    assert ("push in" in {claim.what for claim in told.outcome if claim.kind == "camera"}) == moves
    wished = talked(Claim("text", 1, "camera", "pan left", None), limits=PORTRAIT, visual=visual)
    named = [conflict for conflict in wished.conflicts if conflict.about.endswith("no room for: pan left")]
    assert bool(named) != moves
    assert "pan left" in {claim.what for claim in wished.outcome}
