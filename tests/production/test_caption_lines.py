"""How a text is parted into captions: at phrases, on at most two lines, long enough to be read, with no word alone."""

from itertools import pairwise

import pytest

from dramatis.clock import Span
from dramatis.director.audio.transcripts import words_of
from dramatis.media.pictures.captioned_frames import Caption, Lettering
from dramatis.media.pictures.fonts import font_for
from dramatis.production.captions.caption_lines import captions
from dramatis.production.captions.captioning import arranged
from dramatis.production.lines.spoken_words import WrittenWord, plain, with_punctuation

ENGLISH = (
    "This morning I walked down to the harbour to see the boats come in, and the old man with the white beard told me that the "
    "storm will be here before nine. I don't believe him, but I closed the windows anyway. It is the wind that I fear."
)
CHINESE = "今天我们要聊一聊人工智能如何改变我们的日常生活和工作方式，以及它会给未来的孩子们带来什么样的影响。你准备好了吗？"
BAD_ENDS = {"the", "a", "of", "to", "with", "and", "my", "I", "will", "that"}


def said(text: str, start: float = 0.2, a_word: float = 0.3, pauses: dict[str, float] | None = None) -> tuple[WrittenWord, ...]:
    """A text that is said word by word; `pauses` come after words."""
    spans, at = [], start
    for word in words_of(text):
        spans.append(Span(at, at + a_word))
        at += a_word + (pauses or {}).get(word, 0.0)
    return with_punctuation(text, spans)


def lettering(text: str, width: int = 1920, height: int = 1080) -> Lettering:
    return Lettering(font_for(text), width, height)


def shown(text: str, width: int = 1920, height: int = 1080, **how: float) -> tuple[Caption, ...]:
    return captions(said(text, **how), lettering(text, width, height).fills)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (720, 720), (320, 180)])
@pytest.mark.parametrize(("text", "most"), [(ENGLISH, 42), (CHINESE, 16)])
def test_captions_hold_the_text_on_at_most_two_lines_that_fit(size: tuple[int, int], text: str, most: int) -> None:
    found = shown(text, *size)
    letters = "".join("".join(caption.lines) for caption in found)
    assert "".join(words_of(letters)) == "".join(words_of(text))
    for caption in found:
        assert len(caption.lines) <= 2
        assert all(len(line) <= most for line in caption.lines)
        left, _, right, _ = lettering(text, *size).place(caption.lines, above=False)
        assert 0 <= left < right <= size[0]


def test_lines_end_at_phrases() -> None:
    found = shown(ENGLISH)
    lines = [line for caption in found for line in caption.lines]
    assert not [line for line in lines if line.split()[-1] in BAD_ENDS]
    assert all(len(line.split()) > 1 for line in lines)
    assert any(caption.lines[-1].endswith("before nine.") for caption in found)
    assert any(caption.lines[0].startswith("I don't believe him,") for caption in found)


def test_chinese_is_parted_at_its_marks_and_does_not_end_with_them() -> None:
    lines = [line for caption in shown(CHINESE) for line in caption.lines]
    assert lines[-1] == "你准备好了吗？"
    assert "改变我们的日常生活和工作方式" in lines
    assert not any(line.endswith(("，", "。")) for line in lines)


def test_a_caption_stays_long_enough_to_be_read() -> None:
    found = shown("Yes. " + ENGLISH, a_word=0.36)
    for caption in found:
        letters = sum(map(len, caption.lines))
        assert caption.span.seconds >= min(1.0, letters / 17)
        assert letters / caption.span.seconds <= 17.5
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


def test_no_caption_spans_a_long_pause_or_stays_through_it() -> None:
    found = captions(said("First this. Then that.", pauses={"this": 3.0}), lettering("").fills)
    assert [caption.lines for caption in found] == [("First this.",), ("Then that.",)]
    assert found[0].span.end < found[1].span.start - 1


def test_words_light_up_while_they_are_said() -> None:
    caption = shown("Hello there, Tom.")[0]
    assert [caption.lines[word.line][word.first : word.end] for word in caption.words] == ["Hello", "there,", "Tom."]
    assert [word.span.start for word in caption.words] == pytest.approx([0.2, 0.5, 0.8])


def test_a_word_that_is_longer_than_a_line_is_parted() -> None:
    found = shown("Donaudampfschifffahrtsgesellschaftskapitän sagt es.", 320, 320)
    assert all(len(line) < 42 for caption in found for line in caption.lines)
    assert "-" in found[0].lines[0]


def test_two_who_speak_at_once_have_a_line_each() -> None:
    voices = [said("I never said that at all."), said("But you did say it yesterday.", 0.4)]
    found = arranged(voices, lettering(""), 10.0)
    both = [caption for caption in found if len(caption.lines) == 2]
    assert both
    assert both[0].lines[0].startswith("– I never")
    assert both[0].lines[1].startswith("– But you")
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


def test_a_choir_has_one_caption() -> None:
    found = arranged([said("We sing together."), said("We sing together.", 0.22)], lettering(""), 10.0)
    assert [caption.lines for caption in found] == [("We sing together.",)]


def test_captions_end_with_the_film() -> None:
    assert arranged([said("The end.")], lettering(""), 0.9)[-1].span.end == 0.9


def test_marks_for_the_synthesiser_are_not_shown() -> None:
    assert plain("I *never* said [pause 0.8] that.") == "I never said that."


def test_punctuation_stays_with_its_word() -> None:
    text = "“Well,” she said — it's a well-known fact (I think)."
    assert [word.text for word in said(text)] == ["“Well,”", "she", "said", "— it's", "a", "well-known", "fact", "(I", "think)."]


def test_a_caption_gives_way_when_somebody_else_begins() -> None:
    first = said("They came to the mountains at night.")
    begins = first[-1].span.end + 0.35
    found = arranged([first, said("Are we lost, do you think?", begins)], lettering(""), 10.0)
    assert [caption.lines for caption in found] == [("They came to the mountains at night.",), ("Are we lost, do you think?",)]
    assert found[0].span.end == found[1].span.start == pytest.approx(begins)
