"""The experts' claims from which a plan was made: the part of a storyline that explains the rest."""

from dataclasses import dataclass
from typing import Literal

from dramatis.clock import Span

Expert = Literal["audio", "visual", "text", "director"]
"""Who makes a claim; the director fills gaps and settles conflicts."""
Subject = Literal[
    "emotion", "action", "camera", "framing", "speaker", "listener", "look", "setting", "style", "mood", "avoid", "line"
]
"""What a claim is about. `what` is a word of EMOTIONS, ACTIONS, CAMERAS or FRAMINGS for these; a character's name for "speaker"
(who speaks) and "listener" (whom `who` listens to); words for the others; for "avoid" something that must not be seen; for "line"
a text that `who` says."""


@dataclass(frozen=True)
class Claim:
    """One statement of one expert: a fact or a wish.

    `span` is on the film's clock (None: the whole film). `at` is a spoken word or phrase on which an action lands: the writer
    finds when it is said. `supports` and `contradicts` are indices of earlier claims in `Deliberation.claims`. Intensity,
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
    to: str | None = None
    """At whom an action is aimed, where the words say so."""


@dataclass(frozen=True)
class Conflict:
    """Claims (indices) that exclude each other, a description, and how it was settled (indices of the claims that were kept)."""

    claims: tuple[int, ...]
    about: str
    kept: tuple[int, ...]
    how: str


@dataclass(frozen=True)
class Unshown:
    """What the words ask for and the engine cannot draw, and what is shown instead (empty: nothing)."""

    wish: str
    shown: str = ""


@dataclass(frozen=True)
class Deliberation:
    """All claims, round by round, and the result.

    `agreed` are the indices of the claims that the plan is written from: kept, blended and filled-in ones
    (the last two are claims of the expert "director"). `filled` are the indices of those that fill gaps.
    """

    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    agreed: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()
    unshown: tuple[Unshown, ...] = ()

    @property
    def outcome(self) -> tuple[Claim, ...]:
        """The agreed claims."""
        return tuple(self.claims[place] for place in self.agreed)
