"""What words make of cues: a table of English and Chinese prompts, and what must hold for any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dramatis.clock import Span
from dramatis.director.text.expert import understood
from dramatis.director.text.timeline import Timeline
from dramatis.story import ACTIONS, CAMERAS, EMOTIONS, Cue, Direction

WHOLE = Span(0.0, 12.0)
CAST = ("Noor", "Tom")
LOW, MID, HIGH = 1 / 3, 2 / 3, 1.0


def direct(prompt: str, span: Span, cast: tuple[str, ...]) -> Direction:
    """What the words alone ask for, as a direction."""
    claims = understood(prompt, cast, Timeline(span)).claims
    wished = tuple(
        Cue(claim.kind, claim.what, claim.span, claim.who, claim.intensity)
        for claim in claims
        if claim.kind in ("emotion", "action", "camera") and claim.span is not None
    )
    return Direction(prompt, ", ".join(dict.fromkeys(claim.what for claim in claims if claim.kind == "avoid")), wished)


def cues(prompt: str, span: Span = WHOLE, cast: tuple[str, ...] = CAST) -> tuple[Cue, ...]:
    return direct(prompt, span, cast).cues


def summary(prompt: str) -> list[tuple[str, str | None, float]]:
    """What, who and intensity, in the order of the clock and then the alphabet."""
    return [(cue.what, cue.who, cue.intensity) for cue in sorted(cues(prompt), key=lambda cue: (cue.span.start, cue.what))]


@pytest.mark.parametrize(
    ("prompt", "what", "intensity"),
    [
        ("She is happy", "excitement", MID),
        ("joyfully telling a story", "excitement", MID),
        ("He is thrilled", "excitement", HIGH),
        ("extremely excited", "excitement", HIGH),
        ("a bit cheerful", "excitement", LOW),
        ("furious", "anger", HIGH),
        ("slightly annoyed", "anger", LOW),
        ("very angry", "anger", HIGH),
        ("a little sad", "sadness", LOW),
        ("She speaks with sadness", "sadness", MID),
        ("heartbroken", "sadness", HIGH),
        ("puzzled", "confusion", MID),
        ("really confused", "confusion", HIGH),
        ("somewhat surprised", "surprise", LOW),
        ("shocked", "surprise", HIGH),
        ("in a calm voice", "calm", MID),
        ("unhappy", "sadness", MID),
        ("高兴地说话", "excitement", MID),
        ("非常高兴", "excitement", HIGH),
        ("愤怒", "anger", MID),
        ("勃然大怒", "anger", HIGH),
        ("有点难过", "sadness", LOW),
        ("稍微有些困惑", "confusion", LOW),
        ("十分惊讶", "surprise", HIGH),
        ("平静", "calm", MID),
        ("她不高兴", "sadness", LOW),
    ],
)
def test_an_emotion_has_the_intensity_of_its_words_and_covers_the_span(prompt: str, what: str, intensity: float) -> None:
    assert cues(prompt, cast=("Noor",)) == (Cue("emotion", what, WHOLE, None, intensity),)


@pytest.mark.parametrize(
    ("prompt", "what", "intensity"),
    [
        ("zoom in", "push in", MID),
        ("The camera slowly pushes in.", "push in", LOW),
        ("dolly in quickly", "push in", HIGH),
        ("the camera closes in", "push in", MID),
        ("pull out", "pull out", MID),
        ("zooming out", "pull out", MID),
        ("camera pans to the left", "pan left", MID),
        ("pan slowly right", "pan right", LOW),
        ("tilt up", "tilt up", MID),
        ("the camera tilts down", "tilt down", MID),
        ("shot handheld", "handheld", MID),
        ("slightly shaky camera", "handheld", LOW),
        ("static shot", "static", MID),
        ("locked-off camera", "static", MID),
        ("no camera movement", "static", MID),
        ("the camera does not move", "static", MID),
        ("镜头缓缓推近", "push in", LOW),
        ("镜头拉远", "pull out", MID),
        ("镜头向左摇", "pan left", MID),
        ("镜头向上摇", "tilt up", MID),
        ("手持镜头", "handheld", MID),
        ("镜头不动", "static", MID),
        ("固定镜头", "static", MID),
    ],
)
def test_the_camera_moves_as_the_words_say(prompt: str, what: str, intensity: float) -> None:
    assert cues(prompt) == (Cue("camera", what, WHOLE, None, intensity),)


@pytest.mark.parametrize(
    ("prompt", "what"),
    [
        ("nods", "nod"),
        ("she shakes her head", "shake head"),
        ("look left", "look left"),
        ("he turns his head to the right", "look right"),
        ("glances up", "look up"),
        ("looking down", "look down"),
        ("leans in", "lean in"),
        ("raises an eyebrow", "brow raise"),
        ("blinks", "blink"),
        ("a deep sigh", "sigh"),
        ("smiling", "smile"),
        ("点头", "nod"),
        ("摇头", "shake head"),
        ("向左看", "look left"),
        ("低头", "look down"),
        ("挑眉", "brow raise"),
        ("叹气", "sigh"),
        ("微笑", "smile"),
    ],
)
def test_an_action_is_found(prompt: str, what: str) -> None:
    assert [(cue.kind, cue.what, cue.who) for cue in cues(prompt, cast=("Noor",))] == [("action", what, None)]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Noor is excited, Tom stays calm", [("calm", "Tom", MID), ("excitement", "Noor", MID)]),
        ("the man on the left is furious, the woman smiles", [("anger", "Noor", HIGH), ("smile", "Tom", MID)]),
        ("The second person is sad", [("sadness", "Tom", MID)]),
        ("The right one is very happy. He smiles.", [("excitement", "Tom", HIGH), ("smile", "Tom", MID)]),
        ("Noor is happy. She nods.", [("excitement", "Noor", MID), ("nod", "Noor", MID)]),
        ("The second one smiles, the first is surprised", [("smile", "Tom", MID), ("surprise", "Noor", MID)]),
        ("both are surprised", [("surprise", None, MID)]),
        ("Tom looks at Noor", [("look left", "Tom", MID)]),
        ("Noor looks at Tom and smiles", [("smile", "Noor", MID), ("look right", "Noor", MID)]),
        ("左边的女人很高兴，右边的男人愤怒", [("anger", "Tom", MID), ("excitement", "Noor", MID)]),
        ("第二个人有点生气", [("anger", "Tom", LOW)]),
    ],
)
def test_who_is_meant(prompt: str, expected: list[tuple[str, str | None, float]]) -> None:
    assert sorted(summary(prompt)) == sorted(expected)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("first calm, then surprised, finally angry", [("calm", 0, 4), ("surprise", 4, 8), ("anger", 8, 12)]),
        ("Calm at first, then excited.", [("calm", 0, 6), ("excitement", 6, 12)]),
        ("She is calm. Then she gets angry. Zoom in.", [("calm", 0, 6), ("push in", 0, 12), ("anger", 6, 12)]),
        ("from sad to very happy", [("sadness", 0, 6), ("excitement", 6, 12)]),
        ("sad, becoming angry", [("sadness", 0, 6), ("anger", 6, 12)]),
        ("calm, smiling at the end", [("calm", 0, 12), ("smile", 9, 12)]),
        ("from 3 to 5 seconds she is angry", [("anger", 3, 5)]),
        ("after 4 seconds she smiles; at 6 seconds she nods", [("smile", 4, 12), ("nod", 6, 7.2)]),
        ("sad, then angry, camera fixed", [("sadness", 0, 6), ("anger", 6, 12), ("static", 0, 12)]),
        ("zoom in, then pan left", [("push in", 0, 6), ("pan left", 6, 12)]),
        ("先平静，然后惊讶，最后微笑", [("calm", 0, 4), ("surprise", 4, 8), ("smile", 8, 12)]),
        ("从平静变到愤怒", [("calm", 0, 6), ("anger", 6, 12)]),
        ("一开始难过，后来高兴。镜头不动", [("sadness", 0, 6), ("static", 0, 12), ("excitement", 6, 12)]),
    ],
)
def test_the_order_of_telling_is_the_order_in_time(prompt: str, expected: list[tuple[str, float, float]]) -> None:
    found = sorted((cue.what, cue.span.start, cue.span.end) for cue in cues(prompt))
    assert found == [(what, pytest.approx(start), pytest.approx(end)) for what, start, end in sorted(expected)]


@pytest.mark.parametrize(
    ("prompt", "avoided", "kept"),
    [
        ("Don't smile.", "smile", []),
        ("He is calm, without smiling or nodding", "smile, nod", ["calm"]),
        ("happy but not surprised", "surprise", ["excitement"]),
        ("do not zoom in", "push in", []),
        ("不要微笑", "smile", []),
        ("没有愤怒，平静", "anger", ["calm"]),
    ],
)
def test_what_is_denied_is_avoided_and_not_wished(prompt: str, avoided: str, kept: list[str]) -> None:
    direction = direct(prompt, WHOLE, CAST)
    assert direction.avoid == avoided
    assert [cue.what for cue in direction.cues] == kept


def test_actions_that_happen_once_follow_each_other_inside_their_beat() -> None:
    nod, shake = cues("she nods and shakes her head, slowly", Span(10.0, 20.0))
    assert (nod.what, shake.what) == ("nod", "shake head")
    assert 10.0 <= nod.span.start < nod.span.end <= shake.span.start < shake.span.end <= 20.0


def test_a_span_that_begins_later_moves_its_cues() -> None:
    assert [cue.span for cue in cues("first calm, then angry", Span(30.0, 40.0))] == [Span(30.0, 35.0), Span(35.0, 40.0)]


def test_a_time_outside_the_span_is_left_out() -> None:
    assert cues("from 20 to 25 seconds she is angry") == ()


@pytest.mark.parametrize("prompt", ["", "   ", "a person talks", "The next morning, a panda in a pantry.", "他在说话"])
def test_words_that_wish_for_nothing_known_make_no_cues(prompt: str) -> None:
    assert direct(prompt, WHOLE, CAST) == Direction(prompt)


ENGLISH = (
    "first then finally at the end not very slightly a bit happy sad angry nods smiles and, but . ; zoom in pan left from to 3 "
    "seconds Noor Tom she he both look at the left man on the right"
)
SCRIPTED = "Noor: Tom: ( ) \" says when word -> after before without don't instead of both others second 4 the end"
CHINESE = "先 然后 最后 不 非常 高兴 愤怒 点头 镜头 向左 摇 从 到 秒 第二个人 ，。"
WORDS = st.sampled_from([*ENGLISH.split(" "), *CHINESE.split(" "), *SCRIPTED.split(" ")])


HOSTILE = (
    "A:" * 3000,
    "first then " * 500,
    "(" * 3000,
    '"' * 3001,
    "不" * 3000,
    "1" * 3000,
    "-> " * 2000,
    "he " * 2000,
    "Noor: " * 1000,
    "和" * 3000,
    "\ud800 she smiles",
    "\x00\x07 nod",
    "{0} %s \\1 (?P<x>",
    "she\u202e smiles",
    "at 99999 seconds nod",
    "from 9 to 3 seconds angry",
    "\ue000\ue100 says \ue001",
    "when she says '",
    "before , after , then",
    "at 0 seconds",
    "NOOR (: hi",
    "第九百个人微笑",
    "😀" * 500,
)


def check(prompt: str, span: Span, cast: tuple[str, ...]) -> None:
    direction = direct(prompt, span, cast)
    assert direction == direct(prompt, span, cast)
    for cue in direction.cues:
        assert span.start <= cue.span.start <= cue.span.end <= span.end
        assert 0 < cue.intensity <= 1
        assert cue.what in {"emotion": EMOTIONS, "camera": CAMERAS, "action": ACTIONS}[cue.kind]
        assert cue.who is None or cue.who in cast


@pytest.mark.parametrize("prompt", HOSTILE, ids=lambda prompt: ascii(prompt)[:20])
def test_hostile_texts_do_no_harm(prompt: str) -> None:
    check(prompt, WHOLE, CAST)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=24).map(" ".join), st.lists(WORDS, max_size=24).map("".join)),
    st.floats(0, 1000),
    st.floats(0, 600),
    st.lists(st.text(max_size=6), max_size=4, unique=True),
)
def test_any_text_gives_cues_inside_the_span(prompt: str, start: float, length: float, names: list[str]) -> None:
    check(prompt, Span(start, start + length), tuple(names))


@pytest.mark.parametrize(
    ("prompt", "wished"),
    [
        ("everyone except Tom smiles", {("smile", "Noor")}),
        ("除了Tom大家都笑", {("smile", "Noor")}),
        ("Noor对Tom微笑，他却摇头", {("smile", "Noor"), ("shake head", "Tom")}),
        ("While Noor speaks Tom nods", {("nod", "Tom")}),
        ("女人说话时男人点头", {("nod", "Tom")}),
        ("不是生气，而是失望", {("sadness", None)}),
        ("Noor笑不出来", set()),
        ("每隔两秒点一次头", {("nod", None)}),
        ("Noor walks in the rain, Tom walks in", {("walk in", "Tom")}),
        ("Noor waves, and Tom, visibly annoyed, shakes his head", {("wave", "Noor"), ("anger", "Tom"), ("shake head", "Tom")}),
        ("Noor waves. Then Tom turns to Noor and nods", {("wave", "Noor"), ("look left", "Tom"), ("nod", "Tom")}),
    ],
)
def test_who_does_it_and_what_nobody_does(prompt: str, wished: set[tuple[str, str | None]]) -> None:
    assert {(cue.what, cue.who) for cue in cues(prompt)} == wished


@pytest.mark.parametrize(
    ("prompt", "first", "second"),
    [
        ("At 0:03 she looks left, at 00:07 she looks right", ("look left", 3.0), ("look right", 7.0)),
        ("他先笑，她再点头", ("smile", 0.0), ("nod", 7.8)),
        ("她先平静，然后在第3秒突然大怒", ("calm", 0.0), ("anger", 3.0)),
        ("From second 2 to second 4 she is angry, otherwise calm", ("calm", 0.0), ("anger", 2.0)),
    ],
)
def test_when_it_begins(prompt: str, first: tuple[str, float], second: tuple[str, float]) -> None:
    found = sorted(cues(prompt, cast=("Noor",)), key=lambda cue: cue.span.start)
    assert [cue.what for cue in found] == [first[0], second[0]]
    assert [cue.span.start for cue in found] == pytest.approx([first[1], second[1]], abs=1.0)
