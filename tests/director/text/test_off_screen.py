"""Who is heard and not seen, in the forms in which people write it."""

import pytest

from dramatis.clock import Span
from dramatis.director.text.expert import understood
from dramatis.director.text.scripts import extracted
from dramatis.director.text.timeline import Timeline
from dramatis.production.lines.screenplay import cast_of, heard_only


@pytest.mark.parametrize(
    ("words", "who", "said"),
    [
        ("Narrator: Once upon a time.", "Narrator", "Once upon a time."),
        ("NARRATOR (V.O.)\nOnce upon\na time.", "Narrator", "Once upon a time."),
        ("- **Narrator (V.O.):** The end.", "Narrator", "The end."),
        ("voice-over: Welcome.", "Narrator", "Welcome."),
        ("VOICEOVER (calm): Welcome.", "Narrator", "Welcome."),
        ("The narrator says: Once upon a time.", "Narrator", "Once upon a time."),
        ('A deep voice says, "Welcome, friends." The cat waves.', "Narrator", "Welcome, friends."),
        ('A cat waits. Then a voice whispers "Run!"', "Narrator", "Run!"),
        ('"Welcome," says a narrator. A bear waves.', "Narrator", "Welcome"),
        ("A voice says hello. The cat waves.", "Narrator", "hello"),
        ('Narration: a calm voice reads: "In the beginning."', "Narrator", "In the beginning."),
        ('A woman sits in an office while a narrator explains: "Every day."', "Narrator", "Every day."),
        ('The narrator, a calm old man, says: "It is silent."', "Narrator", "It is silent."),
        ("旁白：很久以前。", "旁白", "很久以前。"),
        ("视频旁白（低沉男声）：“很久以前。”", "旁白", "很久以前。"),
        ("一个声音说：“欢迎。”猫挥手。", "旁白", "欢迎。"),
        ("Erzähler: Es war einmal.", "Narrator", "Es war einmal."),
        ("Anna (V.O.): I remember.", "Anna's Voice", "I remember."),
        ("ANNA (O.S.)\n(sadly)\nCome here!", "Anna's Voice", "Come here!"),
        ("小明（画外音）：我回来了。", "小明的声音", "我回来了。"),
    ],
)
def test_who_is_heard_only(words: str, who: str, said: str) -> None:
    assert heard_only(words) == (who,)
    assert extracted(words, ("Cat", "Bear")).lines == [(who, said)]


@pytest.mark.parametrize(
    "words",
    [
        "Voice-over: none. A cat waves.",
        "Her voice breaks. A cat waves.",
        "Voice: warm and calm",
        "Narrator and Tom sing.",
        "Cat: Hi!",
    ],
)
def test_who_is_not(words: str) -> None:
    assert heard_only(words) == ()


def test_a_narrator_who_does_something_is_in_the_picture() -> None:
    assert heard_only("The narrator sits by the fire.\nNarrator: Once upon a time.") == ()
    assert heard_only("A narrator in a red sweater talks.\nNarrator: Once upon a time.") == ()
    assert heard_only("The narrator waves.\nNarrator: Once upon a time.\nTom (V.O.): Yes.") == ("Tom's Voice",)
    assert heard_only("A narrator tells a story.\nNarrator: Once upon a time.") == ("Narrator",)


def test_whom_a_narrator_tells_of_is_seen_if_nobody_else_is() -> None:
    assert cast_of("Narrator: Once upon a time there was a bear.") == ("Narrator", "Bear")
    assert cast_of("Leo: I lost it!\nNarrator: The bear looked everywhere.") == ("Leo", "Narrator")
    assert cast_of("Narrator: It is quiet here.") == ("Narrator",)


def test_a_narrator_tells_of_others_and_directions_are_what_happens_now() -> None:
    words = "Narrator: Once there was a bear. The bear was hungry. The bear waves. In a forest."
    assert extracted(words, ("Bear",)).lines == [("Narrator", "Once there was a bear. The bear was hungry.")]
    timeline = Timeline(Span(0.0, 6.0))
    report = understood(words, ("Bear",), timeline, drawn=True)
    assert {(claim.kind, claim.what) for claim in report.claims} >= {
        ("action", "wave"),
        ("setting", "forest"),
        ("look", "a bear"),
    }
    assert not report.notes


def test_how_a_narrator_speaks_is_nothing_that_others_do() -> None:
    words = "Narrator (whispering, sad): Listen.\nMia: Hello.\nA deep voice says: Go."
    report = understood(words, ("Mia",), Timeline(Span(0.0, 6.0)), drawn=True)
    assert not [claim for claim in report.claims if claim.kind in {"emotion", "action"}]
    assert not report.notes


def test_lines_of_a_narrator_stand_where_they_are_told_and_begin_scenes() -> None:
    words = "Narrator: In the forest.\nMia: Hi.\nOn a beach at sunset.\nNarrator (sad): One day.\nMia smiles.\nMia: So big!"
    lines = extracted(words, ("Mia",)).lines
    assert [(who, text.split(" ")[-1]) for who, text in lines] == [
        ("Narrator", "forest."),
        ("Mia", "Hi."),
        ("Narrator", "day."),
        ("Mia", "big!"),
    ]
