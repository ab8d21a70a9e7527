"""Who speaks and in which order, by the words."""

import pytest

from dramatis.director.picture.appearance import Appearance
from dramatis.director.text.known import Known
from dramatis.director.text.roles import roles
from dramatis.director.text.scripts import extracted

TWO, NAMED = ("person1", "person2"), ("Noor", "Tom")
LEFT, RIGHT = 0, 1


@pytest.mark.parametrize(
    ("words", "cast", "speakers", "listeners", "order"),
    [
        ("The woman on the left speaks, the man on the right listens", TWO, (LEFT,), (RIGHT,), ""),
        ("The man on the right listens to the woman on the left speaking", TWO, (LEFT,), (RIGHT,), ""),
        ("The one on the right talks and nods, then looks left.", TWO, (RIGHT,), (), ""),
        ("The woman on the right does not speak", TWO, (), (RIGHT,), ""),
        ("First the woman on the left speaks, then the man on the right answers", TWO, (LEFT, RIGHT), (), "in turn"),
        ("The man on the right speaks first", TWO, (RIGHT,), (), "in turn"),
        ("The woman on the left speaks after the man on the right", TWO, (RIGHT, LEFT), (), "in turn"),
        ("First she, then he answers", TWO, (LEFT, RIGHT), (), "in turn"),
        ("Tom first, then Noor", NAMED, (RIGHT, LEFT), (), "in turn"),
        ("After Tom has spoken, Noor answers", NAMED, (RIGHT, LEFT), (), "in turn"),
        ("TOM: Hello!\nNOOR: Hi.", NAMED, (RIGHT, LEFT), (), "in turn"),
        ("Anna speaks first, then Ben answers. Anna smiles.", TWO, (LEFT, RIGHT), (), "in turn"),
        ("Ben speaks, Anna listens", TWO, (LEFT,), (RIGHT,), ""),
        ("They sing together", TWO, (LEFT, RIGHT), (), "together"),
        ("Both talk at the same time", TWO, (LEFT, RIGHT), (), "together"),
        ("They sit together in a car and talk", TWO, (LEFT, RIGHT), (), ""),
        ("A man and a woman are smiling", TWO, (), (), ""),
        ("左边的女人先说，然后右边的男人回答", TWO, (LEFT, RIGHT), (), "in turn"),
        ("右边的男人说话，左边的女人听着", TWO, (RIGHT,), (LEFT,), ""),
        ("他们同时说话", TWO, (LEFT, RIGHT), (), "together"),
        ("右の男性が話し、左の女性は聞いている。", TWO, (RIGHT,), (LEFT,), ""),
        ("왼쪽 여자가 먼저 말하고, 오른쪽 남자가 대답한다.", TWO, (LEFT, RIGHT), (), "in turn"),
        ("Primero habla la mujer de la izquierda, luego responde el hombre de la derecha.", TWO, (LEFT, RIGHT), (), "in turn"),
        ("Der Mann rechts spricht, die Frau links hört zu.", TWO, (RIGHT,), (LEFT,), ""),
        ("D'abord la femme à gauche parle, puis l'homme à droite répond.", TWO, (LEFT, RIGHT), (), "in turn"),
    ],
)
def test_who_speaks(words: str, cast: tuple[str, ...], speakers: tuple[int, ...], listeners: tuple[int, ...], order: str) -> None:
    found = roles(words, cast)
    assert (found.speakers, found.listeners, found.order) == (speakers, listeners, order)


def test_one_who_only_answers_speaks_late() -> None:
    assert roles("Noor answers", NAMED).late
    assert not roles("Noor speaks", NAMED).late


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("The woman in the red sweater speaks", RIGHT),
        ("The man in blue talks", LEFT),
        ("The person with blond hair speaks", LEFT),
        ("穿红色毛衣的女人说话", RIGHT),
        ("棕发的那个人说话", RIGHT),
    ],
)
def test_people_are_told_by_clothes_and_hair(words: str, who: int) -> None:
    known = (
        Known(looks=Appearance({"blond": 0.9}, {"blue": 0.8})),
        Known(looks=Appearance({"brown": 0.9}, {"red": 0.9, "orange": 0.7})),
    )
    found = roles(words, TWO, known)
    assert found.speakers == (who,)
    assert not found.people.guesses


def test_a_guess_is_named() -> None:
    alike = (Known(looks=Appearance(clothes={"red": 0.9})), Known(looks=Appearance(clothes={"red": 0.8})))
    assert [who for _, who, _ in roles("The woman in red speaks", TWO, alike).people.guesses] == [LEFT]
    haired = (Known(), Known("f", "long hair"))
    ((_, who, why),) = roles("The woman speaks", TWO, haired).people.guesses
    assert (who, why) == (RIGHT, "long hair")
    assert not roles("The woman on the left speaks", TWO, haired).people.guesses


@pytest.mark.parametrize(
    ("words", "doer", "sexes"),
    [
        ("When the cat says fish, she waves.", "Cat", {"Cat": "f"}),
        ('当猫说"鱼"的时候，他挥手。', "猫", {"猫": "m"}),
        ('猫说"鱼"的时候挥手。', "猫", {}),
        ("When the cat says fish, the bear waves.", "bear", {}),
        ("When Mia says fish, he waves.", "he", {}),
    ],
)
def test_a_pronoun_beside_spoken_words_is_who_speaks(words: str, doer: str, sexes: dict[str, str]) -> None:
    cast = ("猫", "熊") if "猫" in words else ("Mia", "Bear") if "Mia" in words else ("Cat", "Bear")
    script = extracted(words, cast)
    assert script.words.strip(" 。.").endswith(f"{doer} waves" if doer.isascii() else f"{doer}挥手")
    assert script.sexes == sexes
