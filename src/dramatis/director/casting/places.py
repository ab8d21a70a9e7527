"""The style and the places of a film that is drawn from words: said, suggested by what is said, or chosen by the seed.

A film has one place, or one for each of its scenes (`text/scenes`): claims about the setting that hold for a span say when.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dramatis.clock import Span
from dramatis.conditioning import phrases
from dramatis.conditioning.person import canonical
from dramatis.director.casting.nearest import UNSEEN, USUAL, WINDOWLESS
from dramatis.director.casting.settling import ROUND, Settling, words_of
from dramatis.director.claims import Material
from dramatis.director.text.clauses import normal
from dramatis.director.text.lexicon.suggestions import suggested
from dramatis.director.text.lexicon.surroundings import PLACES
from dramatis.story import Attributes, Claim, Unshown
from dramatis.story.deliberation import Subject

_WEATHERS = frozenset(canonical(pair) for value, pair in phrases.WEATHERS.items() if value != "clear")


def placed(material: Material, draws: Attributes, told: Sequence[Claim]) -> tuple[list[Claim], list[Unshown]]:
    """The claims about style and places, scene by scene, and what the words say of them that no scene shows."""
    scenes = scenes_of(told, material.seconds)
    found: dict[tuple[str, str, Span | None], Claim] = {}
    missed: list[list[Unshown]] = []
    heard: list[set[str]] = []
    for scene in scenes:
        here = [claim for claim in told if claim.span is None or claim.span.overlap(scene) > 0]
        here.sort(key=lambda claim: claim.span is None)
        claims, unseen = _place(material, draws, here)
        for claim in claims:
            span = scene if len(scenes) > 1 and claim.kind == "setting" else None
            found.setdefault((claim.kind, claim.what, span), replace(claim, span=span))
        missed.append(unseen)
        heard.append({words_of(claim) for claim in here})
    shown = {
        words for known, unseen in zip(heard, missed, strict=True) for words in known if words not in {one.wish for one in unseen}
    }
    return list(found.values()), [one for unseen in missed for one in unseen if one.wish not in shown]


def scenes_of(claims: Sequence[Claim], seconds: float) -> list[Span]:
    """The film's scenes: one begins where a claim about the setting does."""
    starts = {claim.span.start for claim in claims if claim.kind == "setting" and claim.span is not None}
    return [Span(start, end) for start, end in pairwise(sorted({0.0, *starts, seconds}))]


def _place(material: Material, draws: Attributes, told: Sequence[Claim]) -> tuple[list[Claim], list[Unshown]]:
    """The claims about style and place; where a picture is given, only what the words say of them."""
    settling = Settling(draws, str(material.seed))
    settling.hear((claim for claim in told if claim.kind in ("setting", "style", "framing", "avoid")), PLACES)
    settling.said["styles"] = [one for one in settling.said.get("styles", []) if one.value not in UNSEEN]
    pictured = any(who.portrait for who in material.cast)
    hint = "" if pictured else _hinted(settling, material)
    found: list[tuple[Subject, str]] = []
    shown: dict[str, str] = {}
    kinds: tuple[tuple[Subject, str, dict[str, phrases.Pair]], ...] = (
        ("style", "styles", phrases.STYLES),
        ("setting", "sets", phrases.SETS),
        ("setting", "lights", phrases.LIGHTS),
        ("setting", "weathers", phrases.WEATHERS),
        ("setting", "happenings", phrases.HAPPENINGS),
    )
    for kind, attribute, pairs in kinds:
        usual = USUAL.get(attribute, "")
        if not settling.said.get(attribute) and (usual or pictured):
            continue
        if not getattr(draws, attribute):
            settling.miss(attribute, set())
            shown[attribute] = ""
            continue
        value = settling.settle(attribute)
        shown[attribute] = re.sub("^(?:in|on|by) ", "", canonical(pairs[value]))
        if value != usual:
            found.append((kind, canonical(pairs[value])))
    framings = material.limits.framings or draws.framings
    settling.miss("framings", set(framings))
    if shown.get("sets", "").rpartition(" ")[2] in WINDOWLESS:
        found = [(kind, what) for kind, what in found if what not in _WEATHERS]
        settling.miss("weathers", {"clear"})
    shown |= {"weathers": "", "framings": f"a {framings[0]}", "styles": f"a {shown.get('styles', '')}"}
    evidence = settling.evidence(material.seed)
    place = shown.get("sets", "")
    claims = [Claim("director", ROUND, kind, what, evidence=hint if what == place and hint else evidence) for kind, what in found]
    return claims, [Unshown(words, shown[attribute]) for attribute, words in settling.missed]


def _hinted(settling: Settling, material: Material) -> str:
    """Why a set is drawn that no word names: what is said suggests it. Weather keeps away from sets where it is not seen."""
    if settling.said.get("sets") or settling.denied.get("sets"):
        return ""
    told = normal(" ".join([material.prompt, *(voice.text for voice in material.voices)]))
    value, words = suggested(told, settling.draws.sets)
    if any(one.value != "clear" for one in settling.said.get("weathers", [])):
        settling.denied["sets"] = set(WINDOWLESS)
        value = "" if value in WINDOWLESS else value
    if not value:
        return ""
    settling.take("sets", value, "")
    return f'the words suggest it: "{words}"'
