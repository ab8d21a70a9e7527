"""Who the characters are by the words, for engines that make people up: claims of kind "look"."""

from collections.abc import Iterator

from dramatis.director.pattern import Pattern
from dramatis.director.text.clauses import normal
from dramatis.director.text.known import sex_of
from dramatis.director.text.lexicon.beings import BEINGS, NAMED, PRONOUNS, STRANGER
from dramatis.director.text.lexicon.traits import Told, told_in
from dramatis.director.text.notes import ParsedPrompt, missing
from dramatis.director.text.off_screen import is_off_screen
from dramatis.director.text.scripts import KEYS
from dramatis.director.text.told_cast import OF_MANY_KINDS, noun_of
from dramatis.director.text.unrecognised import SAID
from dramatis.story import Claim

_APPOSED = Pattern(rf"""
    (?P<before>.+?)
        (?:是一?[个位名只][^。;；!?]{{1,30}}的|,? (?:is )?(?:an? |the )|[,，]?是?一?[个位名只]|\s*{KEYS} (?:an? |the )?
            |\s*[(（](?:[^()（）]{{0,30}}[,，]\s*)?(?:an? )?)
        (?:(?!and|then)\w+ ){{0,2}}?$
""")
"""Between somebody and the noun that says who they are: "Mia, a rabbit", "Leo the bear", "Mia is a robot", "Mia (a robot)"."""
_EITHER = frozenset({"person", "role"})
"""Beings that are women or men."""
_SEXES = {"f": "a woman", "m": "a man"}


def beings(parsed: ParsedPrompt, cast: tuple[str, ...]) -> Iterator[Claim]:
    """Who each of the cast is, and everybody else of whom the words tell (`STRANGER`)."""
    nouns = [told for told in told_in(SAID.sub(" ", parsed.plain), BEINGS) if not told.denied]
    nouns = [told for told in nouns if not is_off_screen(noun_of(told)) or "narrator" in map(normal, cast)]
    if len(cast) > 1:
        nouned = {at for at, name in enumerate(cast) if told_in(normal(name), BEINGS)}
        said = {at for at, _ in apposed(parsed.plain, cast)}
        yield from (_claim(told.trait.what, cast[at], told.words) for at, told in apposed(parsed.plain, cast))
        sexes = {at: sex for at, sex in parsed.people.sexes.items() if at not in nouned | said}
        yield from (_claim(_SEXES[sex], cast[at], _SEXES[sex]) for at, sex in sexes.items())
    elif cast and nouns:
        yield _claim(nouns[0].trait.what, cast[0], nouns[0].words)
        if nouns[0].trait.value in _EITHER:
            yield from (_claim(told.trait.what, cast[0], told.words) for told in told_in(parsed.plain, PRONOUNS)[:1])
    elif cast:
        yield from (_claim(what, cast[0], words) for what, words in _called(parsed.plain))
    named = {told.trait.value for name in cast for told in told_in(normal(name), BEINGS)[:1]}
    grown = {"woman", "man", "nobody", *named, *(told.trait.value for told in nouns[:1] if not named)}
    named |= {told.trait.value for _, told in apposed(parsed.plain, cast)} if len(cast) > 1 else set()
    strange = [told for told in nouns if not _of_the_cast(told, cast)]
    if len(cast) == 1 and len(strange) == len(nouns):
        strange = strange[1:]  # the first noun says who the only character is
    others = [told.words for told in strange if told.trait.value not in grown | named or told.trait.value in OF_MANY_KINDS]
    absent = [
        words for words in missing(parsed, len(cast)) if not any(one.trait.value in named for one in told_in(words, BEINGS))
    ]
    yield from (_claim(STRANGER, None, words) for words in dict.fromkeys((*absent, *others)))


def _of_the_cast(told: Told, cast: tuple[str, ...]) -> bool:
    """Whether a noun is a name of the cast, or of all of it: "people"."""
    noun = noun_of(told)
    return noun == "person" or any(normal(name).split(" ")[0] == noun for name in cast if name.strip())


def apposed(plain: str, cast: tuple[str, ...]) -> Iterator[tuple[int, Told]]:
    """Whom the words call what, by place in the cast."""
    names = [name.strip().lower() for name in cast]
    for told in told_in(plain, BEINGS):
        found = _APPOSED.search(plain[max(0, told.at - 60) : told.at])
        at = next((at for at, name in enumerate(names) if found and name and found["before"].endswith(name)), None)
        if at is not None and not told.denied:
            yield at, told


def _claim(what: str, who: str | None, words: str) -> Claim:
    return Claim("text", 1, "look", what, who, evidence=f'the words say "{words}"')


def _called(plain: str) -> Iterator[tuple[str, str]]:
    """Without a noun: by a name, else by a pronoun."""
    named = NAMED.search(plain)
    if named:
        yield _SEXES[sex_of(named[0])], named[0]
    else:
        yield from ((told.trait.what, told.words) for told in told_in(plain, PRONOUNS)[:1])
