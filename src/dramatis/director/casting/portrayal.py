"""Casts the characters of engines that draw people from words (`Limits.draws`).

Every attribute is settled once for the whole film: by the words, else by the character's `look` in the brief, else (a woman or a
man) by name and voice, else by the seed and the noun: "a lady" and "a woman" are two people, and either stays the same when more
is said of her. What the engine cannot draw is replaced by what is nearest, and named. The result is the director's: claims in the
captions' wording, which the engine reads as they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from dramatis.conditioning import phrases
from dramatis.conditioning.person import canonical, clause
from dramatis.director.casting.nearest import KINDS
from dramatis.director.casting.places import placed
from dramatis.director.casting.settling import ROUND, Settling, words_of
from dramatis.director.claims import AudioReport, Material
from dramatis.director.text.clauses import normal
from dramatis.director.text.known import acquaintances
from dramatis.director.text.lexicon.beings import AGED, BEINGS, STRANGER
from dramatis.director.text.lexicon.traits import TRAITS, told_in
from dramatis.story import Character, Claim, Looks, Unshown

_PARTS: dict[str, tuple[str, ...]] = {
    "skin": ("skins",), "hair": ("hairs", "hair_colours"), "hair_colour": ("hairs", "hair_colours"), "beard": ("beards",),
    "glasses": ("glasses",), "clothes": ("clothes", "colours"), "colour": ("clothes", "colours"), "build": ("builds",),
    "face": ("faces",),
}  # fmt: skip
"""What must be said of somebody with a picture for a part of their looks to be put into words."""
_UNDRESS = "take off glasses"
_CREATURES = frozenset({"cat", "bear", "rabbit", "robot"})
_BETWEEN = 160.0  # Hz; most women's voices are higher, most men's are lower
_SEXES = {"f": "woman", "m": "man"}
_ARTICLE = re.compile(r"^(?:an?|one|two|three|four|several|some) ")
_MANY = re.compile(r"\b(?:two|three|four|five|six|several|many|both|couple|[2-6])\b|[两二三四五俩几2-6]个?")


@dataclass(frozen=True)
class Portrayal:
    """The director's claims about looks and places, and what cannot be shown."""

    claims: tuple[Claim, ...] = ()
    unshown: tuple[Unshown, ...] = ()


def portrayed(material: Material, audio: AudioReport, claims: Sequence[Claim]) -> Portrayal:
    """Everybody's looks and the place, for an engine that draws them; nothing for other engines."""
    draws = material.limits.draws
    if draws is None:
        return Portrayal()
    told = [claim for claim in claims if claim.expert != "visual"]
    made, missed = list[Claim](), list[Unshown]()
    others: dict[str, set[str]] = {}
    for who, known in zip(material.cast, acquaintances(material, audio), strict=True):
        settling = Settling(draws, f"{material.seed} {who.name}", others=others)
        mine = [claim for claim in told if claim.kind in ("look", "avoid") and claim.who in (who.name, None)]
        settling.hear(mine, BEINGS, TRAITS)
        settling.key += f" {_noun(settling.said['species'][0].words)}" if "species" in settling.said else ""
        _remember(settling, who)
        _called(settling, who.name)
        _removed(settling, [claim for claim in told if claim.kind == "action" and claim.who in (who.name, None)], material)
        looks = _looks(settling, known.sex or _sounding(who.name, audio))
        looks = _said_alone(looks, settling) if who.portrait else looks
        for attribute, value in (("hairs", looks.hair), ("hair_colours", looks.hair_colour), ("colours", looks.colour)):
            others.setdefault(attribute, set()).add(value)
        if looks != Looks():
            made.append(Claim("director", ROUND, "look", clause(looks), who.name, evidence=settling.evidence(material.seed)))
        missed += _unshown(settling, looks)
    strangers = [words_of(claim) for claim in told if claim.what == STRANGER]
    missed += [Unshown(words, "one" if _MANY.search(words) else "") for words in strangers]
    places, unseen = placed(material, draws, told)
    return Portrayal((*made, *places), _listed([*missed, *unseen], normal(material.prompt)))


def _sounding(name: str, audio: AudioReport) -> str:
    """ "f" or "m", whichever a voice is more likely to be; "" without a voice."""
    pitch = [one for track in audio.tracks if track.who == name for one in track.pitch if one > 0]
    return "" if not pitch else "f" if median(pitch) >= _BETWEEN else "m"


def _noun(words: str) -> str:
    """The noun of "a woman" or "一个女人"."""
    return words.rpartition(" ")[2].lstrip("一两三四几个只位名")


def _remember(settling: Settling, who: Character) -> None:
    """What the brief or an earlier plan says of the looks holds where the words say nothing, unless they tell of another."""
    told = told_in(normal(who.look), BEINGS, TRAITS)
    species = [one.trait.value for one in told if one.trait.attribute == "species"]
    if settling.said.get("species") and species and settling.said["species"][0].value not in species:
        return
    said = {*settling.said, *settling.denied}
    for one in told:
        if one.trait.attribute not in said:
            settling.take(one.trait.attribute, one.trait.value, one.words, one.denied)


def _removed(settling: Settling, acts: Iterable[Claim], material: Material) -> None:
    """Who takes off glasses wears some."""
    if any(claim.what == _UNDRESS for claim in acts) and _UNDRESS not in material.limits.cannot:
        if "glasses" not in settling.said:
            settling.take("glasses", "any", "")
        settling.denied.pop("glasses", None)


def _called(settling: Settling, name: str) -> None:
    """What a name suggests holds where nothing else is said: Kitten is a cat, Grandpa is a man whose hair is grey."""
    plain = normal(name)
    if "species" not in settling.said:
        for told in told_in(plain, BEINGS)[:1]:
            drawn = told.trait.value in settling.draws.species or told.trait.value in KINDS
            settling.take("species", told.trait.value, "" if drawn else told.words)
    old = AGED.search(plain) or any(one.value == "age" for one in settling.said.get("things", []))
    if old and "grey" in settling.draws.hair_colours:
        settling.said["things"] = [one for one in settling.said.get("things", []) if one.value != "age"]
        if "hair_colours" not in settling.said:
            settling.take("hair_colours", "grey", "")


def _looks(settling: Settling, sex: str) -> Looks:
    """All attributes of a character; `sex` is what name and voice say ("f", "m", "")."""
    if sex:
        settling.take("species", _SEXES[sex], "")
    species = settling.settle("species")
    kind = " of a man" if species in {"man", "boy"} else " of a creature" if species in _CREATURES else ""
    for one in settling.said.get("beard_colours", [])[:1]:
        if "hair_colours" not in settling.said:
            settling.take("hair_colours", one.value, "")
    looks = Looks(
        species,
        settling.settle("skins"),
        settling.settle("hairs", kind),
        settling.settle("hair_colours"),
        settling.settle("beards") if species == "man" else "none",
        settling.settle("glasses", kind),
        settling.settle("clothes", kind),
        settling.settle("colours"),
        _drawn_only(settling, "builds"),
        _drawn_only(settling, "faces"),
    )
    if species != "man":
        settling.miss("beards", {"none"})
    settling.miss("beard_colours", {looks.hair_colour} if looks.beard != "none" else set())
    settling.miss("things", set())
    return looks


def _drawn_only(settling: Settling, attribute: str) -> str:
    """The value of an attribute that some engines have no choice of."""
    if getattr(settling.draws, attribute):
        return settling.settle(attribute)
    settling.miss(attribute, set())
    return ""


def _said_alone(looks: Looks, settling: Settling) -> Looks:
    """Of somebody with a picture, which says the rest: only what the words say."""
    given = {*settling.said, *settling.denied}
    open_parts = {part: "" for part, needed in _PARTS.items() if not given >= set(needed)}
    return replace(
        looks, **open_parts, species=looks.species if any(one.words for one in settling.said.get("species", [])) else ""
    )


def _unshown(settling: Settling, looks: Looks) -> list[Unshown]:
    """What the words say of a character and cannot be shown, and what is shown instead."""
    hair, clothes = (
        clause(Looks("woman", **{part: getattr(looks, part) for part in parts})).partition(" with ")[2]
        for parts in (("hair", "hair_colour"), ("clothes", "colour"))
    )
    beard = "no beard" if looks.beard in ("", "none") else f"a {looks.beard} {looks.hair_colour} beard"
    beard = f"{looks.hair_colour} {looks.beard}" if looks.beard in ("moustache", "stubble") else beard
    shown = {
        "species": canonical(phrases.SPECIES[looks.species]) if looks.species else "",
        "skins": canonical(phrases.SKINS[looks.skin]) if looks.skin else "",
        "hairs": hair,
        "hair_colours": hair,
        "beards": beard,
        "beard_colours": beard,
        "glasses": canonical(phrases.GLASSES[looks.glasses]) if looks.glasses else "",
        "clothes": clothes,
        "colours": clothes,
        "things": "",
        "builds": canonical(phrases.BUILDS[looks.build]) if looks.build else "",
        "faces": canonical(phrases.FACES[looks.face]) if looks.face else "",
    }
    return [Unshown(words, shown[attribute]) for attribute, words in settling.missed]


def _listed(missed: Sequence[Unshown], prompt: str) -> tuple[Unshown, ...]:
    """Each wish once, in the order of the prompt; of one that is part of another ("beard", "white beard") the longer."""
    kept = {one.wish: one for one in reversed(missed)}
    whole = [one for one in kept.values() if not any(one.wish != other and one.wish in other for other in kept)]
    return tuple(sorted(whole, key=lambda one: prompt.find(_ARTICLE.sub("", one.wish)) % (len(prompt) + 1)))
