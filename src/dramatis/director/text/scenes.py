"""Scenes: when a film of a free camera changes its place.

    INT. KITCHEN ... EXT. PARK          headings of a screenplay
    Then they are in the park.          words between the lines
    First on a beach, then in space.    words of order alone

A place that is told behind some lines begins with the next line; light and weather last until others of their kind are told.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from dramatis.clock import Span
from dramatis.director.pattern import Pattern
from dramatis.director.text.lexicon.entries import NOT, NOT_CHINESE
from dramatis.director.text.lexicon.surroundings import PLACES
from dramatis.director.text.lexicon.traits import Told, told_in
from dramatis.story import Claim

_ATTRIBUTES = {trait.what: trait.attribute for trait in PLACES}
_ARRIVED = Pattern(r"""
    (?:^|(?<!look )(?<!looks )(?<!point )(?<!points )(?<!stares )(?<!smiles )
        \b(?:in|on|at|to|into|inside|outside|under|by|through|reach(?:es)?|enters?|leaves? for|cut to|back)\b
        (?: (?:in|at|to))?)
        (?: (?:the|an?|his|her|their|another|some|\w+y|big|small|old|quiet|dark|green|nearby|same))* ?$
    |(?:在|到|去|回|进|入|来|往|于|^|[,，])(?:一[个座片间家条])?[^,，在到]{0,4}$
""")
"""What stands before a place where people are or arrive, in its clause."""
_AT = Pattern(r"(?:in|on|at|by|under) ")
_FURNITURE = Pattern(r"sofa|couch|desk|black-?board|bookshel(?:f|ves)|podium|by the fireplace|沙发|办公桌|黑板|讲台|书架|灶台")
"""Words for a place that are things in it: no scene begins with them."""
_SHORTEST = 1.0  # s of a film's last scene
_ELSEWHERE = Pattern(r"""
    \b(?:remember|imagin|wish|hope|want|refus)\w*\b|\b(?:born|grew up|can see|miss(?:es|ed)?)\b
    |\b(?:dream|think|thought|talk|tell|told|speak|photo|picture|postcard|poster|painting)\w* (?:\w+ )?(?:of|about)\b
    |\b(?:his|her|their|my|our) (?:\w+ )?(?:father|mother|parents|brother|sister|wife|husband|boss|son|daughter|family)\b
    |想|梦|忆|照片|图片|看见|看到|长大|出生|打电话|听说
""")
"""What tells of a place where nobody of the film is."""
_APART = 0.8  # s; places that begin closer together are one scene


def begins_scene(before: str, what: str, words: str) -> bool:
    """Whether a place, behind these words of its clause, is where people are; light and weather always hold from there on."""
    if _ATTRIBUTES.get(what, "") != "sets":
        return True
    if _FURNITURE.fullmatch(words) or any(elsewhere.search(before) for elsewhere in (NOT, NOT_CHINESE, _ELSEWHERE)):
        return False
    return (_AT.match(words) or _ARRIVED.search(before)) is not None


def surroundings(words: str) -> list[Told]:
    """Places to which people come in plain words, light and weather."""
    kinds = {"sets", "lights", "weathers"}
    told = [one for one in told_in(words, PLACES) if one.trait.attribute in kinds and not one.denied]
    clauses = (re.split(r"[.;:!?\n,，。；：]", words[: one.at])[-1] for one in told)
    return [one for one, before in zip(told, clauses, strict=True) if begins_scene(before, one.trait.what, one.words)]


def place_in(words: str) -> str:
    """The last place to which people come in plain words; "" if they come to none."""
    come = [one.trait.what for one in surroundings(words) if one.trait.attribute == "sets"]
    return come[-1] if come else ""


def in_scenes(claims: Sequence[Claim], film: Span, cut: Callable[[float], float] | None) -> tuple[Claim, ...]:
    """Claims about the setting with the spans of their scenes; without a span where the film has one.

    `cut` says where the film is cut near an instant; None: the engine's camera is not free, and films have one scene.
    """
    starts = scene_starts(claims, film.end - _SHORTEST) if cut is not None else []
    edges = _edges(starts, film, cut) if cut is not None and len(starts) > 1 else []
    found: dict[tuple[str, Span | None] | int, Claim] = {}
    for number, claim in enumerate(claims):
        if claim.kind != "setting":
            found[number] = claim
        else:
            span = _lasts(claim, claims, starts, edges) if edges else None
            found.setdefault((claim.what, span), replace(claim, span=span))
    return tuple(found.values())


def _edges(starts: Sequence[float], film: Span, cut: Callable[[float], float]) -> list[float]:
    """When scenes begin, and the film's end: near the instants at which places are told, and apart."""
    edges = [film.start]
    for start, after in pairwise([*starts[1:], film.end]):
        at = cut(start)
        edges.append(at if edges[-1] + _APART <= at <= after - _APART else start)
    return [*edges, film.end]


def scene_starts(claims: Sequence[Claim], last: float) -> list[float]:
    """When the film comes to each place, at the latest at `last`."""
    sets = [(claim.span.start, claim.what) for claim in claims if _is_set(claim) and claim.span is not None]
    told = sorted(sets, key=lambda one: one[0])
    starts, here = list[float](), ""
    for at, place in told:
        if place != here and (not starts or (at - starts[-1] >= _APART and at <= last)):
            starts.append(at)
            here = place
    return starts


def _lasts(claim: Claim, claims: Sequence[Claim], starts: Sequence[float], edges: Sequence[float]) -> Span | None:
    """From the scene in which a claim is told to the one in which another of its attribute is; scenes lie between `edges`."""
    if claim.span is None:
        return None
    told = _scene_at(claim.span.start, starts)
    attribute = _ATTRIBUTES.get(claim.what, "")
    others = [
        _scene_at(other.span.start, starts)
        for other in claims
        if other.kind == "setting" and other.span is not None and _ATTRIBUTES.get(other.what, "") == attribute
    ]
    return Span(edges[told], edges[min((other for other in others if other > told), default=len(starts))])


def _scene_at(at: float, starts: Sequence[float]) -> int:
    return max((number for number, start in enumerate(starts) if start <= at + _APART), default=0)


def _is_set(claim: Claim) -> bool:
    return claim.kind == "setting" and _ATTRIBUTES.get(claim.what, "") == "sets"
