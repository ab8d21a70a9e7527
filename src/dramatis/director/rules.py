"""Loose words as timed cues, by rules alone: the text expert's claims without anybody else's."""

from dramatis.clock import Span
from dramatis.director.text import understood
from dramatis.director.timeline import Timeline
from dramatis.story import Cue, Direction

_CUES = ("emotion", "action", "camera")


def direct(prompt: str, span: Span, cast: tuple[str, ...]) -> Direction:
    """The direction that words ask for; `cast` is who is in the picture, left to right.

    Cues lie inside `span` (the film's clock) and are ordered by their start. "At 3 seconds" is on the film's clock too.
    """
    claims = understood(prompt, cast, Timeline(span)).claims
    cues = tuple(
        Cue(claim.kind, claim.what, claim.span, claim.who, claim.intensity)
        for claim in claims
        if claim.kind in {"emotion", "action", "camera"} and claim.span is not None
    )
    avoid = dict.fromkeys(claim.what for claim in claims if claim.kind == "avoid")
    return Direction(prompt, ", ".join(avoid), cues)
