"""Words are placed on the phones that the synthesiser said, by their syllables and first consonants."""

import pytest

from dramatis.clock import Span
from dramatis.production.word_times import on_phones, syllables

SAID = "t ə ð ə h ɑːɹ b ɚ t ə s iː ð ə b oʊ t s".split()  # noqa: SIM905 - read as it is said
WORDS = ["to", "the", "harbour", "to", "see", "the", "boats"]


def test_words_begin_with_their_first_phone() -> None:
    phones = [(label, 1 + 0.1 * at, 1.1 + 0.1 * at) for at, label in enumerate(SAID)]
    guessed = [Span(1 + 0.25 * at, 1.25 + 0.25 * at) for at in range(len(WORDS))]
    found = on_phones(WORDS, guessed, phones)
    assert [span.start for span in found] == pytest.approx([1.0, 1.2, 1.4, 1.8, 2.0, 2.2, 2.4])
    assert found[-1].end == pytest.approx(2.8)


def test_words_of_two_phrases_stay_in_theirs() -> None:
    phones = [("n", 0.0, 0.1), ("oʊ", 0.1, 0.4), ("j", 1.0, 1.1), ("ɛ", 1.1, 1.2), ("s", 1.2, 1.4)]
    found = on_phones(["no", "yes"], [Span(0.05, 0.45), Span(0.9, 1.3)], phones)
    assert found == [Span(0.0, 0.4), Span(1.0, 1.4)]


def test_chinese_signs_have_a_syllable_each() -> None:
    phones = [(label, 0.1 * at, 0.1 * at + 0.1) for at, label in enumerate(["n", "i", "x", "ɑu", "m", "i", "l", "a"])]
    found = on_phones(list("你好米拉"), [Span(0.2 * at, 0.2 * at + 0.2) for at in range(4)], phones)
    assert [span.start for span in found] == pytest.approx([0.0, 0.2, 0.4, 0.6])


def test_where_phones_do_not_fit_words_stay() -> None:
    spans = [Span(0.0, 0.2), Span(0.2, 0.4)]
    assert on_phones(["so", "be"], spans, [("s", 0.0, 0.2)]) == spans


@pytest.mark.parametrize(
    ("word", "count"), [("walked", 1), ("before", 2), ("I'm", 1), ("morning", 2), ("wanted", 2), ("2026", 4)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count
