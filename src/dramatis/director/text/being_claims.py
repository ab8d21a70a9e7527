"""Who the characters are by the words, for engines that make people up: claims of kind "look"."""

from collections.abc import Iterator

from dramatis.director.text.known import sex_of
from dramatis.director.text.lexicon.beings import BEINGS, NAMED, PRONOUNS, STRANGER
from dramatis.director.text.lexicon.traits import told_in
from dramatis.director.text.notes import ParsedPrompt, missing
from dramatis.director.text.unrecognised import SAID
from dramatis.story import Claim

_SEXES = {"f": "a woman", "m": "a man"}


def beings(parsed: ParsedPrompt, cast: tuple[str, ...]) -> Iterator[Claim]:
    """Who each of the cast is, and everybody else of whom the words tell (`STRANGER`)."""
    nouns = [told for told in told_in(SAID.sub(" ", parsed.plain), BEINGS) if not told.denied]
    if len(cast) > 1:
        yield from (_claim(_SEXES[sex], cast[at], _SEXES[sex]) for at, sex in parsed.people.sexes.items())
    elif nouns:
        yield _claim(nouns[0].trait.what, cast[0], nouns[0].words)
    else:
        yield from (_claim(what, cast[0], words) for what, words in _called(parsed.plain))
    grown = {"woman", "man", "nobody", *(told.trait.value for told in nouns[:1])}
    others = [told.words for told in nouns[1:] if told.trait.value not in grown]
    yield from (_claim(STRANGER, None, words) for words in dict.fromkeys((*missing(parsed, len(cast)), *others)))


def _claim(what: str, who: str | None, words: str) -> Claim:
    return Claim("text", 1, "look", what, who, evidence=f'the words say "{words}"')


def _called(plain: str) -> Iterator[tuple[str, str]]:
    """Without a noun: by a name, else by a pronoun."""
    named = NAMED.search(plain)
    if named:
        yield _SEXES[sex_of(named[0])], named[0]
    else:
        yield from ((told.trait.what, told.words) for told in told_in(plain, PRONOUNS)[:1])
