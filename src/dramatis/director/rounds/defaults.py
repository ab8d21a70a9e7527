"""Fills gaps: camera behaviour, head motion from emotions, and listeners' reactions if no expert claims any."""

from collections.abc import Iterator, Sequence

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Material, VisualReport
from dramatis.story import Claim
from dramatis.story.deliberation import Subject

ROUND = 4
SHOWN = {
    "sadness": ("look down", 2.0),
    "confusion": ("look up", 2.0),
    "anger": ("lean in", 2.0),
}
"""What a feeling makes a head do, and for how many seconds; the brows of surprise are raised by the feeling itself."""
NARROW = 1.1
"""Times that a camera must be able to come closer for a move to be seen."""
_MOVING = 0.75  # intensity from which a feeling moves the camera
_BREATH = 0.4  # seconds after a feeling begins until it is acted out
_LISTENS = 2.5  # seconds that somebody must speak until a listener nods
_EVERY = 6.0  # seconds between a listener's nods


def narrow(material: Material, visual: VisualReport) -> bool:
    """Whether no camera can move in the pictures that are filmed as they are: a face fills each of them."""
    return material.limits.needs_face and bool(visual.scenes) and all(scene.camera_room < NARROW for scene in visual.scenes)


def defaults(material: Material, audio: AudioReport, visual: VisualReport, claims: Sequence[Claim]) -> list[Claim]:
    """Claims of the director where the experts left something open; never what the words deny."""
    denied = {claim.what for claim in claims if claim.kind == "avoid"} | ({"push in"} if narrow(material, visual) else set())
    filled = [*_mood(claims), *_camera(material, claims, denied), *_acted(material, claims), *_listeners(material, audio, claims)]
    return [claim for claim in filled if claim.what not in denied and claim.what not in material.limits.cannot]


def _filled(kind: Subject, what: str, who: str | None, span: Span | None, intensity: float, evidence: str) -> Claim:
    return Claim("director", ROUND, kind, what, who, span, intensity, 0.4, evidence)


def _strongest(claims: Sequence[Claim]) -> Claim | None:
    felt = [claim for claim in claims if claim.kind == "emotion"]
    return max(felt, key=lambda claim: (claim.intensity, claim.confidence), default=None)


def _mood(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The film's mood is its strongest feeling."""
    strongest = _strongest(claims)
    if strongest is not None and not any(claim.kind == "mood" for claim in claims):
        yield _filled("mood", strongest.what, None, None, strongest.intensity, f"the strongest feeling is {strongest.what}")


def _camera(material: Material, claims: Sequence[Claim], denied: set[str]) -> Iterator[Claim]:
    """An undirected camera pushes in slowly during strong emotions and where nobody is seen, and is static otherwise."""
    if any(claim.kind == "camera" for claim in claims):
        return
    strongest = _strongest(claims)
    if not material.names and "push in" not in denied:
        yield _filled("camera", "push in", None, None, 1 / 3, "nobody is seen, so the camera moves")
    elif strongest is not None and strongest.intensity >= _MOVING and strongest.what != "calm" and "push in" not in denied:
        yield _filled("camera", "push in", None, strongest.span, 1 / 3, f"{strongest.what} is strong, so the camera comes closer")
    else:
        yield _filled("camera", "static", None, None, 2 / 3, "nobody asked for a move")


def _acted(material: Material, claims: Sequence[Claim]) -> Iterator[Claim]:
    """A strong emotion without an action causes one head motion when it begins."""
    shown: list[tuple[str | None, Span]] = []
    for felt in claims:
        if felt.kind != "emotion" or felt.intensity < 0.6 or felt.what not in SHOWN or felt.expert not in {"text", "director"}:
            continue
        own = [claim for claim in claims if claim.kind == "action" and (claim.who in (None, felt.who) or felt.who is None)]
        what, seconds = SHOWN[felt.what]
        span = felt.span or Span(0.0, material.seconds)
        start = span.start + min(_BREATH, span.seconds / 4)
        acted = Span(start, min(span.end, start + seconds))
        if own or span.seconds < 1.0 or any(who == felt.who and other.overlap(acted) > 0 for who, other in shown):
            continue
        shown.append((felt.who, acted))
        yield _filled("action", what, felt.who, acted, 2 / 3, f"{felt.what} implies it")


def _listeners(material: Material, audio: AudioReport, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Those who do not speak listen to the speaker, and nod at the end of long turns."""
    for name in material.names:
        busy = [
            claim.span or Span(0.0, material.seconds) for claim in claims if claim.kind == "action" and claim.who in (None, name)
        ]
        nodded = -_EVERY
        for turn in audio.turns:
            if turn.who == name or turn.who not in material.names:
                continue
            yield _filled("listener", turn.who, name, turn.span, 2 / 3, f"{turn.who} has the floor")
            nod = Span(max(turn.span.start, turn.span.end - 1.4), max(turn.span.start, turn.span.end - 0.2))
            free = not any(span.overlap(nod) > 0 for span in busy)
            if turn.span.seconds >= _LISTENS and nod.start - nodded >= _EVERY and free:
                nodded = nod.start
                yield _filled("action", "nod", name, nod, 1 / 3, f"{name} follows what {turn.who} says")
