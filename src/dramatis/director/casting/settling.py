"""Settles the attributes of a drawn character or of a place: said, nearest to what is said, or chosen by the seed."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dramatis.director.casting.nearest import KINDS, NEAREST, PRIORS
from dramatis.director.text.clauses import normal
from dramatis.director.text.lexicon.traits import Trait, told_in
from dramatis.story import Attributes, Claim

ROUND = 4
_QUOTED = re.compile(r'^the words say "(.*)"$')

_ABSENT = {"beards": "full", "glasses": "any"}
"""Values that stand for all of an attribute: without them there is none."""
_TELLING = frozenset({"hairs", "hair_colours", "clothes", "colours"})
"""Attributes by which people of one film are told apart."""


@dataclass(frozen=True)
class Said:
    """A value of an attribute, and the words for it (empty: none, it follows from something else)."""

    value: str
    words: str


@dataclass
class Settling:
    """What is known so far. `key` chooses what is left open: the same one always the same values."""

    draws: Attributes
    key: str
    said: dict[str, list[Said]] = field(default_factory=dict)
    denied: dict[str, set[str]] = field(default_factory=dict)
    chosen: list[str] = field(default_factory=list)
    """Attributes that the words leave open."""
    missed: list[tuple[str, str]] = field(default_factory=list)
    """Attributes, and the words that are not met."""
    others: dict[str, set[str]] = field(default_factory=dict)
    """Values that others of the cast have: what is left open is something else, so that people are told apart."""

    def hear(self, claims: Iterable[Claim], *tables: tuple[Trait, ...]) -> None:
        """Take up what claims say."""
        for claim in claims:
            known = [(trait, False) for table in tables for trait in table if trait.what == claim.what]
            for trait, denied in known or [(told.trait, told.denied) for told in told_in(normal(claim.what), *tables)]:
                self.take(trait.attribute, trait.value, words_of(claim), claim.kind == "avoid" or denied)

    def evidence(self, seed: int) -> str:
        """Why it is settled as it is."""
        if not self.chosen:
            return "the words say so"
        return f"chosen by the seed {seed}: {', '.join(name.replace('_', ' ') for name in self.chosen)}"

    def take(self, attribute: str, value: str, words: str, denied: bool = False) -> None:
        """Something that is said to be so, or not to be so."""
        if denied and value != "none":
            self.denied.setdefault(attribute, set()).add(value)
        else:
            self.said.setdefault(attribute, []).append(Said(value, words))

    def settle(self, attribute: str, kind: str = "") -> str:
        """The value of an attribute; words that it does not meet are noted. `kind` names priors of its own."""
        drawn, denied = getattr(self.draws, attribute), self.denied.get(attribute, set())
        allowed = [value for value in drawn if value not in denied] or list(drawn)
        if _ABSENT.get(attribute) in denied and "none" in drawn:
            allowed = ["none"]
        wished = self._specific(attribute)
        if wished:
            near = (self._nearest(attribute, one.value, allowed, kind) for one in wished)
            value = next(filter(None, near), "") or self._choice(attribute, allowed, kind)
            self.miss(attribute, {value, *(one for one, values in KINDS.items() if value in values)})
            return value
        if not denied or len(allowed) > 1:
            self.chosen.append(attribute)
        return self._choice(attribute, allowed, kind)

    def miss(self, attribute: str, shown: set[str]) -> None:
        """Note the words about an attribute that say none of the values that are shown."""
        self.missed += [(attribute, one.words) for one in self.said.get(attribute, []) if one.words and one.value not in shown]

    def _specific(self, attribute: str) -> list[Said]:
        """What is said, without words for several values beside a word for one."""
        said = self.said.get(attribute, [])
        return [one for one in said if one.value not in KINDS] or said

    def _nearest(self, attribute: str, value: str, allowed: list[str], kind: str) -> str:
        """What is drawn for a value; "" where nothing comes near to it."""
        near = (value, *NEAREST[attribute].get(value, ()))
        alike = [one for one in KINDS.get(value, ()) if one in allowed]
        if alike:
            return self._choice(attribute, alike, kind)
        return next((one for one in near if one in allowed), "")

    def _choice(self, attribute: str, values: list[str], kind: str) -> str:
        free = [value for value in values if value not in self.others.get(attribute, ())]
        values = free if attribute in _TELLING and free else values
        priors = PRIORS.get(attribute + kind, PRIORS.get(attribute, {}))
        weights = [priors.get(value, 1.0) for value in values]
        dice = random.Random(f"{attribute} {self.key}")
        return dice.choices(values, weights if any(weights) else None)[0]


def words_of(claim: Claim) -> str:
    """The user's own words, where the claim quotes them."""
    quoted = _QUOTED.match(claim.evidence)
    return quoted[1] if quoted else claim.what
