"""The negative director: what to avoid, derived from the directions; never a word that they contain.

For every emotion its opposite, for every move the contrary one, for each framing the typical faults of generators, and
for each person the actions of others.
"""

import re
from collections.abc import Iterator, Sequence

from dramatis.story import Claim

ROUND = 5
OPPOSITE = {
    "calm": ("anger", "hectic movement"),
    "excitement": ("sadness", "blank face"),
    "confusion": ("confident look",),
    "sadness": ("excitement", "smile"),
    "surprise": ("bored face",),
    "anger": ("calm", "smile"),
    "nod": ("shake head",),
    "shake head": ("nod",),
    "look left": ("look right",),
    "look right": ("look left",),
    "look up": ("look down",),
    "look down": ("look up",),
    "turn left": ("turn right",),
    "turn right": ("turn left",),
    "lean in": ("leaning back",),
    "smile": ("frown",),
    "wave": ("hands at rest",),
    "walk in": ("walking away",),
    "sit down": ("standing up",),
    "stand up": ("sitting down",),
    "static": ("camera shake", "zoom"),
    "push in": ("pull out",),
    "pull out": ("push in",),
    "pan left": ("pan right",),
    "pan right": ("pan left",),
    "tilt up": ("tilt down",),
    "tilt down": ("tilt up",),
    "handheld": ("static",),
    "orbit": ("static",),
    "follow": ("static",),
}
"""What contradicts a feeling, an action or a move."""
FAULTS = {
    "close-up": ("distorted teeth", "asymmetric eyes", "plastic skin"),
    "medium close-up": ("distorted teeth", "asymmetric eyes", "broken neck line"),
    "medium": ("extra fingers", "fused hands", "bent arms"),
    "full": ("extra limbs", "floating feet", "smeared face"),
    "": ("distorted face", "lips out of time"),
}
"""Typical faults of generators in each framing."""
ALWAYS = ("flicker", "another person's face", "captions")
MANY = ("mixed-up faces", "wrong mouth moving")
_LEAST = 0.25  # intensity of a feeling that has an opposite


def negatives(claims: Sequence[Claim], names: Sequence[str], prompt: str = "") -> list[Claim]:
    """Claims of what to avoid, for what the experts agreed on; the writer takes those of each shot's time and people."""
    wishes = [claim for claim in claims if claim.kind != "avoid"]
    wanted = _words(" ".join([prompt.lower(), *(wish.what for wish in wishes)]))
    known = {(claim.what, claim.who) for claim in claims if claim.kind == "avoid"}
    made = [claim for claim in (*_contraries(wishes), *_faults(wishes, names)) if not _words(claim.what) & wanted]
    made += _others(wishes, names)
    return [claim for claim in dict.fromkeys(made) if (claim.what, claim.who) not in known]


def _contraries(claims: Sequence[Claim]) -> Iterator[Claim]:
    for claim in claims:
        if claim.kind in {"emotion", "action", "camera"} and claim.intensity >= _LEAST:
            for what in OPPOSITE.get(claim.what, ()):
                yield Claim("director", ROUND, "avoid", what, claim.who, claim.span, evidence=f"the contrary of {claim.what}")


def _faults(claims: Sequence[Claim], names: Sequence[str]) -> Iterator[Claim]:
    framings = dict.fromkeys(claim.what for claim in claims if claim.kind == "framing" and claim.what in FAULTS) or {"": None}
    for framing in framings:
        for what in FAULTS[framing]:
            yield Claim("director", ROUND, "avoid", what, evidence=f"a fault of {framing or 'every'} picture".strip())
    for what in (*ALWAYS, *(MANY if len(names) > 1 else ())):
        yield Claim("director", ROUND, "avoid", what, evidence="a fault of generated films")


def _others(claims: Sequence[Claim], names: Sequence[str]) -> Iterator[Claim]:
    """The actions of one character are avoided for the others, unless they are directed to do the same."""
    for claim in claims:
        if claim.kind != "action" or claim.who is None:
            continue
        doing = {other.who for other in claims if other.kind == "action" and other.what == claim.what}
        for name in names:
            if name not in doing and None not in doing:
                yield Claim("director", ROUND, "avoid", claim.what, name, claim.span, evidence=f"only {claim.who} does it")


def _words(text: str) -> set[str]:
    """Words as they count as the same: "zooms" is "zoom"."""
    return {re.sub(r"(?:ing|ed|es|s|e)$", "", word) for word in re.findall(r"[a-z]+", text) if len(word) > 2}
