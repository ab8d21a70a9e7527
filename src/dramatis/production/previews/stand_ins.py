"""A storyline for any engine, played by drawn stand-ins.

Whoever has a picture is drawn in its colours: hair, clothes and, roughly, skin. Words of the prompt and of the brief come first,
and what neither says is cast as for the engine `drawn` itself. Shots, cues, framings and voices stay as they are planned.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from dramatis.conditioning.person import clause
from dramatis.director.casting.portrayal import portrayed
from dramatis.director.claims import AudioReport, Material, VoiceReport
from dramatis.director.picture.appearance import Appearance, appearance
from dramatis.director.writing.descriptions import described, lasting
from dramatis.errors import DramatisError
from dramatis.production.assets import Assets
from dramatis.production.pictures.casting import in_sight
from dramatis.story import Character, Claim, Line, Looks, Shot, Storyline, on_screen
from dramatis.take import Limits

_CLEAR = 0.25  # least share of the pixels that have a colour
_HAIR = {
    "black": "black", "brown": "brown", "blond": "blond", "red": "red", "grey": "grey", "blue": "blue", "orange": "red",
    "yellow": "blond", "white": "grey", "pink": "red", "purple": "blue", "green": "blue",
}  # fmt: skip
_CLOTHES = {"blond": "yellow", "brown": "orange"}
_BEARDS = ("beard", "moustache", "stubble")
_NEUTRAL = (Claim("director", 1, "setting", "stage"), Claim("director", 1, "style", "shaded"))
"""Where a film from pictures is rehearsed, unless the words say where it happens and how it is drawn."""


def stand_ins(storyline: Storyline, assets: Assets, limits: Limits) -> Storyline:
    """The storyline for an engine that draws people from words, with these limits; its pictures are left out."""
    people = on_screen(storyline.cast)
    if not any(who.portrait for who in people) and all(who.look for who in people):
        return replace(storyline, engine=limits.name)  # cast already
    seen = _seen(storyline, assets)
    cast = tuple(replace(who, portrait="", face=None, look=_look(who, seen.get(who.name))) for who in people)
    material = Material(storyline.concept.prompt, cast, storyline.seconds, (), (), limits, storyline.seed)
    told = (*storyline.deliberation.outcome, *_NEUTRAL)
    claims = portrayed(material, _pitches(storyline, assets), told).claims
    shots = tuple(_shot(shot, material, claims) for shot in storyline.shots)
    drawn = tuple(replace(who, look=described(who.name, material, claims)) for who in cast)
    unseen = tuple(who for who in storyline.cast if who.off_screen)
    return replace(storyline, cast=(*unseen, *drawn), shots=shots, engine=limits.name)


def _seen(storyline: Storyline, assets: Assets) -> Mapping[str, Appearance]:
    """How everybody looks whose face is found."""
    found: dict[str, Appearance] = {}
    for picture in dict.fromkeys(who.portrait for who in storyline.cast if who.portrait):
        with suppress(DramatisError):  # filming it will report the error
            people = in_sight([who for who in storyline.cast if who.portrait == picture], assets)
            found |= {who.name: appearance(assets.picture(picture), face) for who, face in people}
    return found


def _look(who: Character, seen: Appearance | None) -> str:
    """What the plan says of somebody's looks, and then what the picture shows."""
    if seen is None:
        return who.look
    hair, clothes = _colour(seen.hair), _colour(seen.clothes)
    shown = Looks(
        species="woman",
        skin=seen.skin,
        hair=("long" if seen.long_hair else "short") if hair else "",
        hair_colour=_HAIR[hair] if hair else "",
        clothes="shirt" if clothes else "",
        colour=_CLOTHES.get(clothes, clothes),
    )
    glasses = "" if "glasses" in who.look else "no glasses"
    beard = "" if any(word in who.look for word in _BEARDS) else "a full beard" if seen.beard else "no beard"
    return ", ".join(filter(None, [who.look, clause(shown).partition(" with ")[2], glasses, beard]))


def _colour(shares: Mapping[str, float]) -> str:
    """The clearest colour; "" where none is clear."""
    best = max(shares, key=lambda name: shares[name], default="")
    return best if best and shares[best] >= _CLEAR else ""


def _pitches(storyline: Storyline, assets: Assets) -> AudioReport:
    """What voices say of who speaks: how high they are."""
    return AudioReport(tuple(VoiceReport(line.who, pitch=_pitch(line, assets)) for line in storyline.lines))


def _pitch(line: Line, assets: Assets) -> tuple[float, ...]:
    return tuple(float(value) for value in assets.analysis(line.sound, line.part).pitch[::10])


def _shot(shot: Shot, material: Material, claims: Iterable[Claim]) -> Shot:
    words = lasting(shot.cast, shot.span, material, tuple(claims))
    return replace(shot, picture="", direction=replace(shot.direction, words=words))
