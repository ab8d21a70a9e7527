"""The constant part of a shot in the caption language: people and their looks, place, style; one line each.

The native engine was trained on such lines ("a woman with long blond hair, round glasses, a red shirt", "on a beach"); others may
read them as they are.
"""

import re
from collections.abc import Sequence

from dramatis.clock import Span
from dramatis.director.claims import Material
from dramatis.director.pattern import Pattern
from dramatis.story import Claim

_WOMAN = Pattern(r"\b(?:woman|lady|girl|mother|grandmother|actress|queen|she|her)\b|女|她|妈|奶奶|姑娘", re.IGNORECASE)
_MAN = Pattern(r"\b(?:man|guy|boy|father|grandfather|actor|king|gentleman|he|his|him)\b|男|他(?!们)|爸|爷爷", re.IGNORECASE)
_OTHERS = {
    "girl": r"\b(?:girl|little girl)\b|女孩|小姑娘",
    "boy": r"\b(?:boy|little boy)\b|男孩",
    "cat": r"\b(?:cat|kitten)\b|猫",
    "bear": r"\bbear\b|熊",
    "rabbit": r"\b(?:rabbit|bunny)\b|兔",
    "robot": r"\brobot\b|机器人",
}
_WHERE = {
    "beach": "on a beach", "stage": "on a stage", "street": "in a street", "mountains": "in the mountains", "space": "in space",
    "sunset": "at sunset", "night": "at night", "day": "by day", "lamp": "by lamp light", "rain": "in the rain",
    "snow": "in the snow", "fog": "in fog", "wind": "in the wind",
}  # fmt: skip
_STYLES = {"shaded": "shaded drawing", "flat": "flat drawing", "outlined": "outlined drawing", "sketch": "pencil sketch"}
_HAIR = Pattern(r"(?:(?P<shade>\w+) )?hair")
_LENGTHS = ("short", "long", "curly", "spiky")
_PLAIN = ("bald", "young", "old", "slim", "broad")
_PARTS = ("skin", "hair", "bob", "ponytail", "bun", "bald", "beard", "moustache", "stubble", "glasses")
"""In the order of captions; clothes come last."""
_MISSED = ("glasses", "beard")
"""Looks whose absence captions say."""


def lasting(cast: tuple[str, ...], span: Span, material: Material, claims: Sequence[Claim]) -> str:
    """The lines for a shot with these people; empty where nobody said anything that lasts."""
    if material.limits.draws is not None:
        return "\n".join(_drawn(cast, span, claims))
    people = [line for name in cast if (line := described(name, material, claims))]
    told = [claim for claim in claims if claim.expert != "visual"]
    places = [_where(claim.what) for claim in told if claim.kind == "setting"]
    styles = [_STYLES.get(claim.what, claim.what) for claim in told if claim.kind == "style"]
    return "\n".join(dict.fromkeys([*styles, *people, *places]))


def _drawn(cast: tuple[str, ...], span: Span, claims: Sequence[Claim]) -> list[str]:
    """What the director cast, for engines that read captions alone, in the order of captions; the place is that of a scene."""
    own = [claim for claim in claims if claim.expert == "director" and (claim.span is None or claim.span.holds(span.middle))]
    people = [claim.what for name in cast for claim in own if claim.kind == "look" and claim.who == name]
    styles, places = ([claim.what for claim in own if claim.kind == kind] for kind in ("style", "setting"))
    return [*styles, *people, *places]


def described(name: str, material: Material, claims: Sequence[Claim]) -> str:
    """A character's looks: from the prompt; else from the document; else a generic noun."""
    if material.limits.draws is not None:
        return "\n".join(claim.what for claim in claims if (claim.expert, claim.kind, claim.who) == ("director", "look", name))
    who = next((character for character in material.cast if character.name == name), None)
    looks = list(dict.fromkeys(claim.what for claim in claims if claim.kind == "look" and claim.who in (name, None)))
    if who is not None and not looks and (who.look or who.portrait):
        return who.look
    if looks:
        denied = {
            claim.what for claim in claims if claim.kind == "avoid" and claim.expert == "text" and claim.who in (name, None)
        }
        looks += [f"no {look}" for look in _MISSED if look in denied]
    kind = _kind(material.prompt, material.names.index(name) if who is not None else 0)
    if not looks and not kind:
        return ""
    return f"a {kind or 'woman'}" + (f" with {', '.join(_phrases(looks))}" if looks else "")


def _kind(prompt: str, place: int) -> str:
    """What the character is that is told of as number `place`."""
    found = [(match.start(), kind) for kind, words in _OTHERS.items() for match in re.finditer(words, prompt, re.IGNORECASE)]
    found += [(match.start(), "woman") for match in _WOMAN.finditer(prompt)]
    found += [(match.start(), "man") for match in _MAN.finditer(prompt)]
    kinds = list(dict.fromkeys(kind for _, kind in sorted(found)))
    return kinds[min(place, len(kinds) - 1)] if kinds else ""


def _phrases(looks: list[str]) -> list[str]:
    """Words about hair become one phrase, clothes get an article, and all stand in the order of captions."""
    hair = [match["shade"] for look in looks if (match := _HAIR.fullmatch(look)) and match["shade"]]
    if hair:
        ordered = sorted(dict.fromkeys(hair), key=lambda shade: (shade not in _LENGTHS, shade))
        looks = [f"{' '.join(ordered)} hair", *(look for look in looks if not _HAIR.fullmatch(look))]
    looks = [{"glasses": "round glasses", "beard": "a beard", "moustache": "a moustache"}.get(look, look) for look in looks]

    def rank(look: str) -> int:
        return next((place for place, part in enumerate(_PARTS) if part in look), len(_PARTS))

    return [look if rank(look) < len(_PARTS) or look in _PLAIN else f"a {look}" for look in sorted(looks, key=rank)]


def _where(setting: str) -> str:
    if setting in _WHERE:
        return _WHERE[setting]
    return f"in {'an' if setting[:1] in 'aeio' else 'a'} {setting}"
