"""Words are placed on the phones that the synthesiser said, by their syllables and first consonants."""

import pytest

from dramatis.clock import Span
from dramatis.production.lines.word_times import on_phones, syllables

SAID = "t ə ð ə h ɑːɹ b ɚ t ə s iː ð ə b oʊ t s".split()  # noqa: SIM905 - read as it is said


def test_words_begin_with_their_first_phone() -> None:
    phones = [(label, 1 + 0.1 * at, 1.1 + 0.1 * at) for at, label in enumerate(SAID)]
    found = on_phones("to the harbour, to see the boats", phones)
    assert [word.text for word in found] == ["to", "the", "harbour", "to", "see", "the", "boats"]
    assert [word.span.start for word in found] == pytest.approx([1.0, 1.2, 1.4, 1.8, 2.0, 2.2, 2.4])
    assert found[-1].span.end == pytest.approx(2.8)


def test_lines_of_one_track_stay_in_their_runs() -> None:
    said = [
        "n",
        "oʊ",
        "",
        "j",
        "ɛ",
        "s",
        "aɪ",
        "d",
        "u",
        "",
        "",
        "",
        "m",
        "e",
        "b",
        "i",
    ]  # a pause of three within a second sentence
    phones = [(label, float(at), at + 1.0) for at, label in enumerate(said) if label]
    found = on_phones("No. Yes, I do! Maybe.", phones)
    assert [(word.text, word.span.start) for word in found] == [("No", 0), ("Yes", 3), ("I", 6), ("do", 7), ("Maybe", 12)]


def test_a_pause_inside_a_sentence_moves_no_word() -> None:
    said = ["n", "oʊ", "w", "aɪ", "", "w", "e", "t"]
    found = on_phones("Now I wait.", [(label, float(at), at + 1.0) for at, label in enumerate(said) if label])
    assert [word.span.start for word in found] == [0.0, 3.0, 5.0]


def test_chinese_signs_have_a_syllable_each() -> None:
    phones = [(label, 0.1 * at, 0.1 * at + 0.1) for at, label in enumerate(["n", "i", "x", "ɑu", "m", "i", "l", "a"])]
    assert [word.span.start for word in on_phones("你好，米拉", phones)] == pytest.approx([0.0, 0.2, 0.4, 0.6])


def test_words_without_vowels_share_the_run() -> None:
    assert [word.span for word in on_phones("so be", [("s", 0.0, 0.2)])] == [Span(0.0, 0.1), Span(0.1, 0.2)]
    assert on_phones("so be", []) == ()


@pytest.mark.parametrize(
    ("word", "count"), [("walked", 1), ("before", 2), ("I'm", 1), ("morning", 2), ("wanted", 2), ("2026", 4)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count
