"""The pairs: the same film in one static shot, and the count of blind answers."""

from benchmarks.drawing.pairs import DIALOGUES, counted, static_film
from dramatis.clock import Rate, Span
from dramatis.story import Canvas, Character, Cue, Direction, Shot, Storyline


def test_twenty_dialogues_of_two() -> None:
    assert len(DIALOGUES) == 20
    assert all(words.count(":") == 6 for words in DIALOGUES)


def test_the_static_film_has_the_same_acting_and_no_camera() -> None:
    wave, push = Cue("action", "wave", Span(3, 4), "Ada"), Cue("camera", "push in", Span(0, 2))
    shots = (
        Shot(Span(0, 2), "", ("Ada", "Bo"), Direction("in a park", cues=(push, wave)), "wide"),
        Shot(Span(2, 5), "", ("Ada", "Bo"), Direction("in a park", cues=(wave,)), "close-up", ("Ada",)),
    )
    film = Storyline(Canvas(64, 64, Rate(25)), (Character("Ada"), Character("Bo")), (), shots)
    (shot,) = static_film(film).shots
    assert (shot.span, shot.framing, shot.focus, shot.direction.cues) == (Span(0, 5), "medium", (), (wave,))


def test_answers_are_counted_by_the_key() -> None:
    assert counted("1 a\n2 B\n\n3 a\n", {"1": "a", "2": "b", "3": "b"}).startswith("directed preferred: 2 of 3 (67%); not: 3")
