"""What the user asked for, before planning."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
"""x, y in pixels of the picture as it is shown (after EXIF rotation)."""

Consent = Literal["", "self", "permission", "fictional", "licensed"]
"""Why a face or a voice may be used: it is the user's own, the person gave permission, it is nobody's, a licence allows it.
Empty: not stated.
"""
CONSENTS: tuple[Consent, ...] = ("self", "permission", "fictional", "licensed")
"""What can be stated."""


CaptionStyle = Literal["none", "file", "plain", "box", "words"]
"""How the words are shown: not at all; in files beside the film; also in the picture, plain, in a box, or word by word."""


@dataclass(frozen=True)
class Character:
    """One person of the film.

    `portrait` is a picture's path; empty: the engine generates a person. `face` says which face in it: None takes them left to
    right, a point `(x, y)` the face at or nearest to it, a box `(x0, y0, x1, y1)` the face in it (or the box itself where none is
    detected). `voice` is the path of a sound; `say` is text to be spoken instead. Both None: a silent listener. `look` describes
    the character's appearance; `text` is what the voice says, if that is known. `speaks` names the voice of a
    synthesised text and how it speaks: "af_heart, slow, high". `consent` says who may use face and voice:
    they are the user's own ("self"), the person gave "permission", they are "fictional" or "licensed"; empty: not stated.
    Who is `off_screen` is heard and never seen: a narrator.
    """

    name: str
    portrait: str = ""
    face: tuple[float, ...] | None = None
    voice: str | None = None
    say: str | None = None
    look: str = ""
    text: str = ""
    speaks: str = ""
    consent: Consent = ""
    off_screen: bool = False


def on_screen(cast: Iterable[Character]) -> tuple[Character, ...]:
    """Those of a cast who can be seen, in order."""
    return tuple(who for who in cast if not who.off_screen)


@dataclass(frozen=True)
class Brief:
    """A whole request. `size` is `(width, height)`, or the short side alone with the first picture's aspect; None means
    the engine's default, as does `fps` None; `engine` None: "portrait" if somebody has a portrait, else "drawn".

    `order` says how several voices lie on the film's clock: "together" (each from 0 s), "in turn" (one after the other), or
    "auto" (in turn, unless the words say together, or the tracks are turns of one conversation or songs of one length). `music`
    is the path of a sound that plays under the voices; empty: none. `background`
    "none" leaves it out: frames have an opacity. `lexicon` is the path of a lexicon: how words are pronounced. `seconds` is how
    long the film is to last (None: as its words say, else as long as its voices): nothing that is said is cut, and texts are
    spoken at most 1.15 times as fast.
    """

    cast: tuple[Character, ...]
    prompt: str = ""
    size: tuple[int, int] | int | None = None
    fps: float | None = None
    seed: int = 0
    engine: str | None = None
    order: Literal["auto", "together", "in turn"] = "auto"
    captions: CaptionStyle = "none"
    music: str = ""
    background: Literal["shown", "none"] = "shown"
    lexicon: str = ""
    seconds: float | None = None

    @property
    def wants(self) -> str:
        """The name of the engine that was asked for, or that fits what was given."""
        return self.engine or ("portrait" if any(who.portrait for who in self.cast) else "drawn")
