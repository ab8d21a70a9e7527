"""What the experts said to each other before a plan was written: the part of a storyline that explains the rest."""

from dataclasses import dataclass
from typing import Literal

from dramatis.clock import Span

Expert = Literal["audio", "visual", "text", "director"]
"""Who claims something; the director itself fills gaps and settles conflicts."""
Subject = Literal[
    "emotion", "action", "camera", "framing", "speaker", "listener", "look", "setting", "style", "mood", "avoid", "line"
]
"""What a claim is about. `what` is a word of EMOTIONS, ACTIONS, CAMERAS or FRAMINGS for these; a character's name for "speaker"
(who speaks) and "listener" (whom `who` listens to); words for the others; for "avoid" something that must not be seen; for "line"
a text that `who` says."""


@dataclass(frozen=True)
class Claim:
    """One thing that one expert holds to be so, or wished.

    `span` is on the film's clock (None: the whole film). `at` is a spoken word or phrase on which an action lands: the writer
    finds when it is said. `supports` and `contradicts` are places of earlier claims in `Deliberation.claims`. Intensity,
    confidence: 0 to 1. `evidence` is one readable English phrase: what was heard, seen or read.
    """

    expert: Expert
    round: int
    kind: Subject
    what: str
    who: str | None = None
    span: Span | None = None
    intensity: float = 2 / 3
    confidence: float = 1.0
    evidence: str = ""
    at: str = ""
    supports: tuple[int, ...] = ()
    contradicts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Claims (their places) that cannot all be so, what the conflict is, and how it was settled (places of what was kept)."""

    claims: tuple[int, ...]
    about: str
    kept: tuple[int, ...]
    how: str


@dataclass(frozen=True)
class Deliberation:
    """Everything that was said, round by round, and what came of it.

    `agreed` are the places of the claims that the plan is written from: what was kept, what was blended and what was filled in
    (the last two are claims of the expert "director"). `filled` are the places of those that fill gaps.
    """

    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    agreed: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()

    @property
    def outcome(self) -> tuple[Claim, ...]:
        """The agreed claims."""
        return tuple(self.claims[place] for place in self.agreed)
