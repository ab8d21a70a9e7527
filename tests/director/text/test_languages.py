"""Other languages: their common words make the same claims as English."""

import pytest

from dramatis.clock import Span
from dramatis.director.text.expert import understood
from dramatis.director.text.languages import read_in
from dramatis.director.text.timeline import Timeline

CALM_TO_SAD = ["calm", "surprise", "sadness", "look down"]


def wished(words: str) -> list[str]:
    """Wishes in the order of time, denied ones with a "no" before them."""
    claims = understood(words, ("Ada",), Timeline(Span(0.0, 12.0))).claims
    return [f"no {claim.what}" if claim.kind == "avoid" else claim.what for claim in claims]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("女性が怒って話し、それから微笑む。カメラがゆっくり近づく。", ["anger", "push in", "smile"]),
        ("最初は穏やかに、次に驚いて、最後に悲しそうにうつむく。", CALM_TO_SAD),
        ("彼女は首を横に振り、ため息をつく。カメラは固定。", ["static", "shake head", "sigh"]),
        ("笑わないで静かに話してください。", ["calm", "no smile"]),
        ("여자가 화를 내며 말하고, 그 다음에 미소를 짓는다. 카메라가 천천히 다가간다.", ["anger", "push in", "smile"]),
        ("처음에는 차분하게, 나중에는 놀란 표정으로, 마지막에 슬프게 고개를 숙인다.", CALM_TO_SAD),
        ("매우 행복하게 말한다. 왼쪽을 보고 오른쪽을 본다.", ["excitement", "look left", "look right"]),
        ("웃지 않고 차분하게 말한다.", ["calm", "no smile"]),
        ("La mujer habla enfadada y luego sonríe. La cámara se acerca lentamente.", ["anger", "push in", "smile"]),
        ("Primero tranquila, luego sorprendida, al final triste y mira hacia abajo.", CALM_TO_SAD),
        ("Muy feliz. Mira a la izquierda, después a la derecha.", ["excitement", "look left", "look right"]),
        ("No sonríe, habla con calma.", ["calm", "no smile"]),
        ("Die Frau spricht wütend, dann lächelt sie. Die Kamera fährt langsam heran.", ["anger", "push in", "smile"]),
        ("Zuerst ruhig, dann überrascht, am Ende traurig und blickt nach unten.", CALM_TO_SAD),
        ("Sie schüttelt den Kopf und seufzt. Feste Kamera.", ["static", "shake head", "sigh"]),
        ("Sie lächelt nicht und spricht ruhig.", ["calm", "no smile"]),
        ("La femme parle en colère, puis elle sourit. La caméra se rapproche lentement.", ["anger", "push in", "smile"]),
        ("D'abord calme, puis surprise, enfin triste, elle baisse les yeux.", CALM_TO_SAD),
        ("Elle secoue la tête et soupire. Plan fixe.", ["static", "shake head", "sigh"]),
        ("Elle ne sourit pas et parle calmement.", ["calm", "no smile"]),
    ],
)
def test_a_sentence_in_another_language_is_performed_whole(words: str, what: list[str]) -> None:
    report = understood(words, ("Ada",), Timeline(Span(0.0, 12.0)))
    assert wished(words) == what
    assert report.notes == ()


def test_how_much_is_read() -> None:
    slightly, very = (
        understood(words, ("Ada",), Timeline(Span(0.0, 12.0))).claims[0] for words in ("un poco triste", "très triste")
    )
    assert (slightly.what, very.what) == ("sadness", "sadness")
    assert slightly.intensity < very.intensity


@pytest.mark.parametrize(
    "words", ["mira smiles", "no camera movement", "she is calm, and looks at me", "ada es happy", "她微笑，镜头不动"]
)
def test_english_and_chinese_stay_as_they_are(words: str) -> None:
    assert read_in(words) == words


def test_what_a_table_lacks_is_quoted_as_it_was_written() -> None:
    (note,) = understood("Die Frau lächelt, sie spielt Klavier.", ("Ada",), Timeline(Span(0.0, 12.0))).notes
    assert '"spielt Klavier"' in note
