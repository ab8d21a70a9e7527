"""Other lines for a plan: what stays with its lines, and what is seen while a new one is said."""

from dramatis.clock import Rate, Span
from dramatis.production.lines.rescripting import NewLine, rescripted
from dramatis.story import Canvas, Character, Cue, Direction, Line, Shot, SpokenWord, Storyline
from dramatis.story.checks import check_storyline

CAST = (Character("Ada"), Character("Bo"))
LINES = (Line("Ada", "a.wav", 0.0, "one"), Line("Bo", "b.wav", 2.0, "two"), Line("Ada", "c.wav", 4.0, "three"))
LENGTHS = (1.6, 1.6, 1.6)
FELT = Cue("emotion", "calm", Span(0.0, 6.0), "Ada")
NODS = Cue("action", "nod", Span(2.2, 3.0), "Bo", at=SpokenWord(1, 0, "two", 2.2))


def plan(*shots: Shot) -> Storyline:
    whole = Shot(Span(0.0, 6.0), "", ("Ada", "Bo"), Direction(cues=(FELT, NODS)), id="whole")
    return Storyline(Canvas(64, 64, Rate(25)), CAST, LINES, shots or (whole,), engine="drawn")


def kept(at: int) -> NewLine:
    return NewLine(LINES[at], LENGTHS[at], at)


def test_a_script_that_is_not_changed_leaves_the_plan_as_it_is() -> None:
    assert rescripted(plan(), [kept(0), kept(1), kept(2)], LENGTHS) == plan()


def test_lines_that_change_places_take_their_actions_along() -> None:
    moved = check_storyline(rescripted(plan(), [kept(1), kept(0), kept(2)], LENGTHS))
    assert [line.text for line in moved.lines] == ["two", "one", "three"]
    assert moved.seconds == 6.0
    (shot,) = moved.shots
    assert shot.id == "whole"
    felt, nods = sorted(shot.direction.cues, key=lambda cue: cue.kind, reverse=True)
    assert (round(felt.span.start, 2), round(felt.span.end, 2)) == (0.0, 6.0)
    assert nods.at is not None
    assert nods.at.line == 0
    assert abs((nods.span.start - moved.lines[0].start) - 0.2) < 1e-3
    assert abs(nods.span.seconds - 0.8) < 1e-3


def test_a_longer_line_moves_what_comes_after_it() -> None:
    longer = NewLine(LINES[0], 3.6, 0)
    changed = check_storyline(rescripted(plan(), [longer, kept(1), kept(2)], LENGTHS))
    assert [line.start for line in changed.lines] == [0.0, 4.0, 6.0]
    assert changed.seconds == 8.0
    assert next(cue for cue in changed.shots[0].direction.cues if cue.what == "nod").span.start == 4.2


def test_a_line_that_is_gone_takes_its_shot_and_its_actions_along() -> None:
    shots = [Shot(Span(at, at + 2.0), "", ("Ada", "Bo"), Direction(), id=f"{at:g}") for at in (0.0, 2.0, 4.0)]
    left = check_storyline(rescripted(plan(*shots), [kept(0), kept(2)], LENGTHS))
    assert [shot.id for shot in left.shots if shot.span.seconds > 1] == ["0", "4"]
    assert abs(left.seconds - 4.0) < 0.3
    assert not [cue for shot in rescripted(plan(), [kept(0), kept(2)], LENGTHS).shots for cue in shot.direction.cues if cue.at]


def test_a_new_line_is_said_by_whoever_is_seen_or_in_a_shot_of_its_own() -> None:
    new = NewLine(Line("Bo", "d.wav", 0.0, "four"), 1.0)
    wide = check_storyline(rescripted(plan(), [kept(0), kept(1), kept(2), new], LENGTHS))
    assert len(wide.shots) == 1
    felt = next(cue for cue in wide.shots[0].direction.cues if cue.what == "calm")
    assert abs(felt.span.end - wide.seconds) < 0.04  # a frame: what lasted until the end does so still
    close = [Shot(Span(at, at + 2.0), "", ("Ada", "Bo"), Direction(), focus=("Ada",), id=f"{at:g}") for at in (0.0, 2.0, 4.0)]
    cut = check_storyline(rescripted(plan(*close), [kept(0), kept(1), kept(2), new], LENGTHS))
    assert [shot.focus for shot in cut.shots] == [("Ada",), ("Ada",), ("Ada",), ("Bo",)]
    assert len({shot.id for shot in cut.shots}) == 4
    assert cut.shots[-1].span.holds(cut.lines[-1].start + 0.5)
