"""A person as a clause of a caption: the same order and wording for the stage's captions and the director's casting."""

from collections.abc import Callable

from dramatis.conditioning import phrases
from dramatis.conditioning.phrases import Pair
from dramatis.story import Looks

Pick = Callable[[Pair], str]
"""Chooses one of several phrasings."""
_SHAPED = frozenset({"woman", "man"})
"""Whose faces have several shapes."""
_FURRED = frozenset({"cat", "bear", "rabbit", "robot"})


def canonical(pair: Pair) -> str:
    """The canonical English phrasing."""
    return pair[0][0]


def attributes_of(looks: Looks, pick: Pick) -> list[str]:
    """What is said of somebody, in the order of captions; of "" nothing is."""
    said = []
    if looks.build:
        said.append(pick(phrases.BUILDS[looks.build]))
    if looks.face and looks.species in _SHAPED:
        said.append(pick(phrases.FACES[looks.face]))
    if looks.skin and looks.species not in _FURRED:
        said.append(pick(phrases.SKINS[looks.skin]))
    if looks.hair and looks.species not in _FURRED:
        said.append(pick(phrases.HAIRS[looks.hair]).format(pick(phrases.COLOURS[looks.hair_colour])))
    if looks.beard and looks.species == "man":
        said.append(pick(phrases.BEARDS[looks.beard]))
    if looks.glasses:
        said.append(pick(phrases.GLASSES[looks.glasses]))
    if looks.clothes:
        said.append(pick(phrases.CLOTHES[looks.clothes]).format(pick(phrases.COLOURS[looks.colour])))
    return [words.replace("a orange", "an orange") for words in said]


def clause(looks: Looks) -> str:
    """A person in the canonical words: "a man with tan skin, short black hair, no beard, no glasses, a red shirt"."""
    name, said = canonical(phrases.SPECIES[looks.species]), attributes_of(looks, canonical)
    return f"{name} with {', '.join(said)}" if said else name
