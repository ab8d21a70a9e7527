"""A storyline as a table on the terminal, and what the experts said about it."""

from dramatis.director.rounds.minutes import chinese, minutes
from dramatis.story import Cue, Line, Shot, Storyline

_STEPS = ((0.5, "slightly "), (0.85, ""), (1.1, "very "))


def show(storyline: Storyline) -> None:
    """Print the storyboard, and the deliberation in the language of the words (English or Chinese)."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console = console if console.is_terminal else Console(highlight=False, width=140)
    table = Table(box=box.SIMPLE_HEAD, title=_title(storyline), title_justify="left", show_lines=True)
    for heading in ("shot", "who", "what is heard", "emotion", "action", "camera", "avoid", "why"):
        table.add_column(heading, overflow="fold", min_width=4)
    for number, shot in enumerate(storyline.shots, 1):
        table.add_row(*_row(number, shot))
    console.print(table, markup=False)
    for turn in [_turn(line) for line in storyline.lines if line.part is not None]:
        console.print(turn, markup=False)
    lines = minutes(storyline.deliberation, "zh" if chinese(storyline.concept.prompt) else "en")
    for line in lines:
        console.print(line, markup=False)


def _turn(line: Line) -> str:
    """Who speaks when in a recording of several people, and how sure that is."""
    end = line.start + (line.part.seconds if line.part else 0.0)
    return f"{line.start:.1f}-{end:.1f} {line.who} ({line.confidence:.0%} sure) {line.text}".rstrip()


def _title(storyline: Storyline) -> str:
    whole = storyline.concept
    said = [part for part in (whole.setting, whole.style, whole.mood) if part]
    canvas = storyline.canvas
    facts = f"{storyline.seconds:.1f} s, {canvas.width}x{canvas.height}, {storyline.engine}"
    return "\n".join(part for part in (whole.prompt, "; ".join(said), facts) if part)


def _row(number: int, shot: Shot) -> tuple[str, ...]:
    locked = "" if not shot.locked else "\nlocked" + (f": {', '.join(shot.locked)}" if isinstance(shot.locked, tuple) else "")
    heard = [f"{segment.who}: {segment.text or segment.heard}" if segment.who else segment.heard for segment in shot.segments]
    listening = [f"{pair.who} listens to {pair.to}" for pair in shot.listening]
    cues = shot.direction.cues
    why = [f"{reason.expert} ({reason.confidence:.0%}): {reason.claim}" for reason in shot.why[:5]]
    return (
        f"{number}  {shot.span.start:.1f}-{shot.span.end:.1f}{locked}",
        "\n".join(part for part in (", ".join(shot.cast), _framed(shot), *listening) if part),
        "\n".join(dict.fromkeys(heard)),
        *("\n".join(_cue(cue) for cue in cues if cue.kind == kind) for kind in ("emotion", "action", "camera")),
        shot.direction.avoid,
        "\n".join(why),
    )


def _framed(shot: Shot) -> str:
    return " of ".join(part for part in (shot.framing, ", ".join(shot.focus)) if part)


def _cue(cue: Cue) -> str:
    much = next(word for most, word in _STEPS if cue.intensity < most)
    who = f"{cue.who}: " if cue.who else ""
    return f"{cue.span.start:.1f}-{cue.span.end:.1f} {who}{much}{cue.what}"
