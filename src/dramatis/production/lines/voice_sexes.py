"""Whose voice a character of a script has where neither its name nor its look says so: "the bear shrugs ... he waves"."""

from collections.abc import Sequence
from dataclasses import replace

from dramatis.director.text.known import sex_of
from dramatis.director.text.roles import roles
from dramatis.speech.synthesis.manner import SEXES, asked_for
from dramatis.story import Character


def with_sexes(cast: Sequence[Character], prompt: str) -> tuple[Character, ...]:
    """The cast, with "woman" or "man" in what is asked of the voices of those of whom only a pronoun of the prompt says so."""
    told = {cast[at].name: sex for at, sex in roles(prompt, tuple(who.name for who in cast)).people.sexes.items()}
    words = {sex: word for word, sex in reversed(SEXES.items())}
    return tuple(
        who
        if who.voice is not None or who.name not in told or sex_of(who.name) or asked_for(who.speaks).sex
        else replace(who, speaks=", ".join(filter(None, (who.speaks, words[told[who.name]]))))
        for who in cast
    )
