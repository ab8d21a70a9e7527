"""What counts as understood: spelling is no fault of a voice, other words are."""

import pytest

from benchmarks.hearing.word_errors import english, mandarin


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Room 214, at half past seven!", "room two hundred and fourteen at half past seven"),
        ("It was built in 1954.", "It was built in nineteen fifty-four."),
        ("More than two thousand stars.", "more than 2,000 stars"),
        ("It costs 35 dollars.", "It costs $35."),
        ("A grey shoe box in the centre", "a gray shoebox in the center"),
        ("On the second of May, Doctor Lee", "on the 2nd of May, Dr. Lee"),
    ],
)
def test_other_spellings_are_right(said: str, heard: str) -> None:
    assert english(said, heard)[1] == []


def test_other_missing_and_additional_words_are_not() -> None:
    count, faults = english("The train leaves at half past seven.", "The chain leaves half past seven, is it?")
    assert count == 7
    assert sorted(faults) == [("", "is"), ("", "it"), ("at", ""), ("train", "chain")]


def test_mandarin_is_counted_in_characters() -> None:
    pytest.importorskip("pypinyin")
    assert mandarin("她说得对，350块。", "他说的对三百五十块") == (9, [])
    assert mandarin("开车", "開車") == (2, [])
    assert mandarin("两幅画", "两服画") == (3, [("幅", "服")])
