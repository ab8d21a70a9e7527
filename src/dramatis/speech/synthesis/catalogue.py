"""All voices: who speaks, in which languages, and by which synthesiser."""

from dataclasses import dataclass, field
from typing import Literal

from dramatis.errors import VoiceError
from dramatis.speech.synthesis import hibari, kokoro
from dramatis.speech.synthesis.espeak import available as espeak_available
from dramatis.speech.synthesis.spoken import Delivery

Sex = Literal["woman", "man", "any"]
Age = Literal["adult", "child", "old"]
NATURAL = ("en-us", "cmn")
_LANGUAGES = {"en-us": "English", "cmn": "Chinese"}
INSTALL = "pip install --no-deps -r constraints-say.txt"


@dataclass(frozen=True)
class Voice:
    """A voice: `by` names its synthesiser, `style` the tables of Kokoro and their weights, `size` how the spectrum of Hibari is
    stretched; for eSpeak `style` is empty and the voice is the variant of a language. `liked` says how often it is cast.
    """

    name: str
    sex: Sex
    age: Age
    languages: tuple[str, ...]
    by: Literal["hibari", "kokoro", "espeak"]
    style: kokoro.Style = ()
    size: float = 1.0
    own: Delivery = field(default_factory=Delivery)
    liked: float = 1.0


def _blend(name: str, sex: Sex, age: Age, style: kokoro.Style, own: Delivery) -> Voice:
    return Voice(name, sex, age, NATURAL, "kokoro", style, own=own)


_KUMO, _ALPHA, _NEZUMI, _GON, _TEBUKURO = "jm_kumo", "jf_alpha", "jf_nezumi", "jf_gongitsune", "jf_tebukuro"
VOICES = (
    Voice("af_heart", "woman", "adult", NATURAL[:1], "hibari", liked=2.0),
    Voice("jf_alpha", "woman", "adult", NATURAL[:1], "kokoro", ((_ALPHA, 0.6), (_GON, 0.4))),
    Voice("jf_gongitsune", "woman", "adult", NATURAL, "kokoro", ((_GON, 1.0),)),
    Voice("jf_nezumi", "woman", "adult", NATURAL, "kokoro", ((_NEZUMI, 1.0),)),
    Voice("jf_tebukuro", "woman", "adult", NATURAL[:1], "kokoro", ((_TEBUKURO, 1.0),), own=Delivery(pitch=0.9)),
    Voice("jm_kumo", "man", "adult", NATURAL, "kokoro", ((_KUMO, 1.0),), own=Delivery(pitch=1.05)),
    Voice("kumo_alpha", "man", "adult", NATURAL[:1], "kokoro", ((_KUMO, 0.7), (_ALPHA, 0.3)), own=Delivery(pitch=0.97)),
    _blend("kumo_nezumi", "man", "adult", ((_KUMO, 0.7), (_NEZUMI, 0.3)), Delivery(pitch=0.92)),
    _blend("kumo_gongitsune", "man", "adult", ((_KUMO, 0.5), (_GON, 0.5)), Delivery(pitch=0.75)),
    Voice("heart_child", "any", "child", NATURAL[:1], "hibari", size=1.15, own=Delivery(pitch=1.35)),
    _blend("nezumi_child", "any", "child", ((_NEZUMI, 0.5), (_TEBUKURO, 0.5)), Delivery(pitch=1.15)),
    Voice("alpha_child", "any", "child", NATURAL[:1], "kokoro", ((_ALPHA, 0.5), (_TEBUKURO, 0.5)), own=Delivery(pitch=1.2)),
    Voice("heart_old", "woman", "old", NATURAL[:1], "hibari", size=0.95, own=Delivery(rate=0.88, pitch=0.85)),
    _blend("gongitsune_old", "woman", "old", ((_GON, 1.0),), Delivery(rate=0.88, pitch=0.85)),
    _blend("kumo_old", "man", "old", ((_KUMO, 1.0),), Delivery(rate=0.86, pitch=0.98)),
)
"""The natural voices; eSpeak speaks everything else."""
_ESPEAK: tuple[tuple[str, Sex], ...] = (("Annie", "woman"), ("Andy", "man"), ("belinda", "woman"), ("Mario", "man"))


def installed(voice: Voice) -> bool:
    """Whether a voice can be heard on this machine; English is read by Hibari's package for Kokoro, too."""
    if voice.by == "espeak":
        return espeak_available()
    return hibari.available() and (voice.by == "hibari" or kokoro.available())


def named(name: str, language: str) -> Voice | None:
    """The voice of a name: a natural one, or one of eSpeak (`de`, `en-us+f3`); None: there is none of that form."""
    found = next((voice for voice in VOICES if voice.name == name.lower()), None)
    if found is not None:
        return found
    plain = name.replace("+", "").replace("-", "").replace("_", "")
    return Voice(name, "any", "adult", (language,), "espeak") if plain.isascii() and plain.isalnum() else None


def asked(name: str, language: str) -> Voice:
    """The voice of a name for a text in a language; raises `VoiceError` if it is none, or does not speak it."""
    voice = named(name, language)
    if voice is None or (voice.by != "espeak" and language not in voice.languages):
        speaking = [one.name for one in VOICES if language in one.languages]
        listed = ", ".join(speaking) or "those of eSpeak, such as de or es"
        raise VoiceError(f'The voice "{name}" does not speak {_LANGUAGES.get(language, language)}: choose among {listed}.')
    return voice


def espeak_voices(language: str) -> tuple[Voice, ...]:
    """The voices of eSpeak for any language."""
    return tuple(Voice(f"{language}+{variant}", sex, "adult", (language,), "espeak") for variant, sex in _ESPEAK)
