"""Lines that are told in prose: who says what, and what is quoted and said by nobody."""

import pytest

from dramatis.clock import Span
from dramatis.director.claims import Turn
from dramatis.director.text.expert import understood
from dramatis.director.text.scripts import extracted
from dramatis.director.text.timeline import Timeline
from dramatis.production.lines.screenplay import cast_of
from dramatis.story import Word


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            'A man says "I lost my keys." A woman answers "They are in your hand!"',
            [("Man", "I lost my keys."), ("Woman", "They are in your hand!")],
        ),
        (
            '"I lost my keys," says Tom. "Again?" Mia replies, rolling her eyes. "They are here."',
            [("Tom", "I lost my keys"), ("Mia", "Again?"), ("Mia", "They are here.")],
        ),
        ('Mia looks at Tom and asks: "Coming?" He shakes his head and whispers "No."', [("Mia", "Coming?"), ("Tom", "No.")]),
        ("A robot waves and says hello to us.", [("Robot", "Hello!")]),
        ('A news anchor at her desk reads: "Good evening."', [("Anchor", "Good evening.")]),
        ("Tom says: Hello there! Mia answers: Hi, Tom!", [("Tom", "Hello there!"), ("Mia", "Hi, Tom!")]),
        ('小红笑着说:"你好呀!"小明挥手说再见。', [("小红", "你好呀!"), ("小明", "再见！")]),
        ('Mia apologizes: "I\'m sorry!"', [("Mia", "I'm sorry!")]),
        ('一个机器人介绍自己:"大家好。"', [("机器人", "大家好。")]),
        ('A robot meets Mia. "Hi," says Mia. "Hello," it says.', [("Mia", "Hi"), ("Robot", "Hello")]),
        ("Ann: Two? Bob: Five! The class laughs. Ann: No.", [("Ann", "Two?"), ("Bob", "Five!"), ("Ann", "No.")]),
        ("Podcast: two men talk. Tom: Hi. Bill: Ho.", [("Tom", "Hi."), ("Bill", "Ho.")]),
        ('老师说:"同学们好!"学生说:"老师好!"', [("老师", "同学们好!"), ("学生", "老师好!")]),
    ],
)
def test_lines_are_said_by_whom_the_clause_is_about(words: str, lines: list[tuple[str, str]]) -> None:
    script = extracted(words, cast_of(words))
    assert script.lines == lines
    assert not script.unclear
    assert not script.silent


def test_deeds_beside_a_line_are_its_speakers_while_it_is_said() -> None:
    words = 'A man says "I lost my keys." A woman answers "They are in your hand!" and nods.'
    report = understood(words, ("Man", "Woman"), Timeline(Span(0.0, 10.0)), drawn=True)
    nod = next(claim for claim in report.claims if claim.what == "nod")
    assert nod.who == "Woman"
    assert nod.span is not None
    assert nod.span.start > 3.0


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ('Mia smiles. A sign reads "No smoking here".', 'said by nobody, and not filmed: "No smoking here"'),
        ('Somebody in the crowd shouts "Long live the queen!" Mia and Tom smile.', 'not spoken: "Long live the queen!"'),
    ],
)
def test_a_quotation_that_is_not_spoken_is_named(words: str, note: str) -> None:
    notes = understood(words, ("Mia", "Tom"), Timeline(Span(0.0, 6.0))).notes
    assert any(note in one for one in notes)


def test_a_quotation_of_nobody_is_named_beside_lines_that_are_heard() -> None:
    words = 'Mia says "Hello there." Somebody in the crowd shouts "Long live the queen!" Mia and Tom smile.'
    heard = tuple(Word(text, Span(at, at + 0.3)) for at, text in enumerate(("Hello", "there")))
    timeline = Timeline(Span(0.0, 6.0), 1, (("Mia", heard),), (Turn("Mia", Span(0.0, 2.0)),))
    assert any('not spoken: "Long live the queen!"' in note for note in understood(words, ("Mia", "Tom"), timeline).notes)


def test_who_walks_in_the_rain_does_not_walk_in() -> None:
    told = understood("Mia walks in the rain.", ("Mia",), Timeline(Span(0.0, 6.0)), drawn=True)
    assert not [claim for claim in told.claims if claim.kind == "action"]
    assert told.notes == ('Not understood, and not filmed: "walks".',)


def test_quotation_marks_of_emphasis_are_words_as_others() -> None:
    assert "cool" in extracted('A woman with a "cool" look smiles.', ("Mia",)).words


def test_a_place_that_is_not_known_is_named_beside_what_is() -> None:
    notes = understood("She smiles on the trampoline.", ("Mia",), Timeline(Span(0.0, 6.0))).notes
    assert any('"on the trampoline"' in note for note in notes)
    assert not understood("She smiles on the left.", ("Mia",), Timeline(Span(0.0, 6.0))).notes


def test_looks_belong_to_the_person_before_them_and_deeds_to_the_subject() -> None:
    words = "A man in a black suit meets a woman in a red dress. The woman sees the man and waves. It rains outside."
    claims = understood(words, ("Man", "Woman"), Timeline(Span(0.0, 9.0)), drawn=True).claims
    assert {(claim.what, claim.who) for claim in claims if claim.kind == "look" and claim.who} >= {
        ("a jacket", "Man"),
        ("a dress", "Woman"),
        ("red clothes", "Woman"),
    }
    assert next(claim.who for claim in claims if claim.what == "wave") == "Woman"
    assert {claim.what for claim in claims if claim.kind == "setting"} == {"indoors", "rain"}


def test_one_and_the_other() -> None:
    claims = understood(
        "Two robots. One is happy, the other is sad.", ("Robot 1", "Robot 2"), Timeline(Span(0.0, 9.0)), drawn=True
    ).claims
    assert {claim.what: claim.who for claim in claims if claim.kind == "emotion"} == {
        "excitement": "Robot 1",
        "sadness": "Robot 2",
    }


def test_one_and_one_more_are_described_and_both_act() -> None:
    words = "Two men, one with a beard and one with glasses, argue."
    claims = understood(words, ("Man 1", "Man 2"), Timeline(Span(0.0, 9.0)), drawn=True).claims
    looks = {claim.what: claim.who for claim in claims if claim.kind == "look"}
    assert looks == {"a beard": "Man 1", "glasses": "Man 2"}
    assert {claim.who for claim in claims if claim.what == "anger"} == {None}


def test_whom_there_is_no_place_for_is_named() -> None:
    claims = understood("Students listen while the teacher smiles.", ("Teacher",), Timeline(Span(0.0, 9.0)), drawn=True).claims
    assert any(claim.what == "somebody else" and "students" in claim.evidence for claim in claims)
