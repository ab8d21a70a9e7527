"""Whose voice a character of a script has where neither its name nor its look says so: "the bear shrugs ... he waves"."""

from collections.abc import Sequence
from dataclasses import replace

from dramatis.director.text.being_claims import apposed
from dramatis.director.text.clauses import normal
from dramatis.director.text.known import sex_of
from dramatis.director.text.lexicon.beings import PRONOUNS
from dramatis.director.text.lexicon.traits import told_in
from dramatis.director.text.roles import roles
from dramatis.director.text.scripts import extracted
from dramatis.speech.synthesis.manner import SEXES, asked_for
from dramatis.story import Character, on_screen

_SEXES = {"woman": "f", "girl": "f", "queen": "f", "man": "m", "boy": "m", "king": "m"}
"""Of beings whose noun says it."""


def with_sexes(cast: Sequence[Character], prompt: str) -> tuple[Character, ...]:
    """The cast, with "woman" or "man" in what is asked of the voices of those of whom only a pronoun of the prompt says so."""
    told = _told(tuple(who.name for who in on_screen(cast)), prompt)
    words = {sex: word for word, sex in reversed(SEXES.items())}
    return tuple(
        who
        if who.voice is not None or who.name not in told or sex_of(who.name) or asked_for(who.speaks).sex
        else replace(who, speaks=", ".join(filter(None, (who.speaks, words[told[who.name]]))))
        for who in cast
    )


def _told(names: tuple[str, ...], prompt: str) -> dict[str, str]:
    """Who is a woman ("f") or a man ("m") by the pronouns; of one alone the first pronoun speaks."""
    plain = normal(extracted(prompt, names).words)
    called = {names[at]: _SEXES[told.trait.value] for at, told in apposed(plain, names) if told.trait.value in _SEXES}
    if len(names) != 1:
        return {names[at]: sex for at, sex in roles(prompt, names).people.sexes.items()} | called
    said = told_in(plain, PRONOUNS)
    return called or ({names[0]: SEXES[said[0].trait.value]} if said else {})
