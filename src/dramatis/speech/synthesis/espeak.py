"""Offline speech synthesis: eSpeak NG through the optional extra `say`.

The synthesiser runs in a child process (`espeak_child`): its licence and its global state stay there. The language is
guessed from the script of the text, unless a voice is named. The output is bit-identical on every call.
"""

import functools
import importlib
import importlib.util
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.speech.synthesis.espeak_sounds import letters, names_of
from dramatis.speech.synthesis.spoken import Delivery, Sentence, Spoken

MOST_CHARACTERS = 20_000
WORDS_A_MINUTE = 160
_PITCH, _PITCH_SPAN, _WORD_GAP = 48, 62, 1  # 0..100, 0..100, units of 10 ms
_VARIANT = "Annie"
_TIMEOUT = 300.0  # seconds; 20,000 characters take about ten
_PEAK = 0.7
_COMMAND = (sys.executable, "-I", str(Path(__file__).with_name("espeak_child.py")))  # imports nothing from the working folder
_INSTALL = f"{sys.executable} -m pip install espeakng-loader"

_LANGUAGES = {
    "LATIN": "en-us", "CYRILLIC": "ru", "GREEK": "el", "HANGUL": "ko", "CJK": "cmn", "HIRAGANA": "ja", "KATAKANA": "ja",
    "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th", "TAMIL": "ta", "TELUGU": "te", "BENGALI": "bn",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "GUJARATI": "gu", "KANNADA": "kn", "MALAYALAM": "ml", "GURMUKHI": "pa",
    "ETHIOPIC": "am", "MYANMAR": "my", "SINHALA": "si",
}  # fmt: skip


@dataclass(frozen=True)
class VoiceSettings:
    """How to speak a text: an eSpeak voice, words per minute, pitch and its span (0..99), gap between words (10 ms)."""

    voice: str
    rate: int = WORDS_A_MINUTE
    pitch: int = _PITCH
    span: int = _PITCH_SPAN
    gap: int = _WORD_GAP
    sounds: bool = False
    """What stands in `[[` and `]]` are eSpeak's names of sounds."""


def language_of(text: str) -> str:
    """The language code to read a text with, guessed from its letters; Han letters beside kana are Japanese."""
    scripts = Counter(_script(letter) for letter in text if letter.isalpha())
    known = [(count, _LANGUAGES[script]) for script, count in scripts.items() if script in _LANGUAGES]
    totals: Counter[str] = Counter()
    for count, language in known:
        totals[language] += count
    if totals["ja"] and totals["cmn"]:
        totals["ja"] += totals.pop("cmn")
    return max(totals, key=lambda language: totals[language]) if known else "en-us"


def say(text: str, voice: str | None = None) -> Waveform:
    """Speak a text: mono sound that begins at 0 s. `voice` is an eSpeak voice (`de`, `en-us+f3`); None: by the script.

    Raises `VoiceError` for a text that is empty or too long, an unknown voice, or if the extra is not installed.
    """
    return speak(text, voice).sound


def speak(text: str, voice: str | None = None) -> Spoken:
    """As `say`, with the times of the phones."""
    clean = checked_text(text)
    return _spoken(*_ask(_request(clean, VoiceSettings(voice or f"{language_of(clean)}+{_VARIANT}"))))


def available() -> bool:
    """Whether the synthesiser's package is installed."""
    return importlib.util.find_spec("espeakng_loader") is not None


def languages() -> int:
    """How many languages and dialects are installed; raises `VoiceError` for none."""
    return sum(path.is_file() for path in Path(_parts()[1], "lang").rglob("*"))


@dataclass(frozen=True)
class EspeakVoice:
    """A voice of eSpeak as a `TextToSpeech`; it stresses no words."""

    voice: str

    def speak(self, sentence: Sentence, prosody: Delivery) -> Spoken:
        """As `TextToSpeech`."""
        given = any(words.sounds for words in sentence)
        parts = [f"[[{_sayable(self.voice, words.sounds)}]]" if words.sounds else words.text for words in sentence]
        text = checked_text(" ".join(parts))
        rate = round(float(np.clip(WORDS_A_MINUTE * prosody.rate, 80, 320)))
        pitch = round(float(np.clip(_PITCH + 60 * np.log2(prosody.pitch), 0, 99)))
        return _spoken(*_ask(_request(text, VoiceSettings(self.voice, rate, pitch, sounds=given))))


@functools.lru_cache(maxsize=256)
def _sayable(voice: str, sounds: str) -> str:
    """IPA in eSpeak's names of sounds, all of which the voice has; raises `VoiceError`."""
    for names in names_of(sounds):
        header, _ = _ask(_request(f"[[{names}]]", VoiceSettings(voice, sounds=True)))
        if "error" in header or sum(letters(label) for label, _ in header["phones"]) >= letters(sounds):
            return names
    allowed = "give IPA that it has, or a spelling"
    raise VoiceError(f'The voice "{voice}" has no sound for some of /{sounds}/ in the lexicon: {allowed}.')


class Synthesiser:
    """One child process that speaks many lines, each as if it were the first; `close` it."""

    def __init__(self) -> None:
        _parts()
        self._child = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def speak(self, text: str, settings: VoiceSettings) -> Spoken:
        """As `speak`."""
        ears, mouth = self._child.stdin, self._child.stdout
        if ears is None or mouth is None:
            raise ValueError("the synthesiser has no pipes")
        try:
            ears.write(_request(checked_text(text), settings))
            ears.flush()
        except OSError as fault:
            raise VoiceError(f"The synthesiser stopped ({fault}): try another text or voice.") from fault
        line = mouth.readline()
        if not line:
            raise VoiceError(f"The synthesiser stopped at {text[:40]!r}: try another text or voice.")
        header = json.loads(line)
        return _spoken(header, mouth.read(header["bytes"]))

    def close(self) -> None:
        """End the child process."""
        self._child.communicate()


def _request(text: str, settings: VoiceSettings) -> bytes:
    library, data = _parts()
    return json.dumps({"text": text, **asdict(settings), "library": library, "data": data}).encode() + b"\n"


def _spoken(header: dict[str, Any], pcm: bytes) -> Spoken:
    """The child's answer as sound and phones; raises `VoiceError` for an error."""
    if header.get("error") == "voice":
        allowed = "name a language such as en-us, de, fr or cmn, or name none"
        raise VoiceError(f"The synthesiser has no voice {header['voice']!r}: {allowed}.")
    if "error" in header:
        raise VoiceError(f"The synthesiser cannot start ({header['reason']}): install it again with {_INSTALL}.")
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], dtype="<i2").astype(np.float32) / 32768
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        raise VoiceError("The synthesiser found nothing to speak in the text: give words or digits.")
    rate = int(str(header["rate"]))
    sound = Waveform((samples * (_PEAK / peak))[:, None], rate)
    return Spoken(sound, _phones(header["phones"], sound.seconds))


def checked_text(text: str) -> str:
    """The text on one line; raises `VoiceError` if it is empty or too long."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not clean:
        raise VoiceError("The text to speak is empty: give at least one word.")
    if len(clean) > MOST_CHARACTERS:
        given, most = f"{len(clean):,}", f"{MOST_CHARACTERS:,}"
        raise VoiceError(f"The text to speak has {given} characters, {most} are allowed: shorten it or split it.")
    return clean


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0]


def _parts() -> tuple[str, str]:
    """Paths of the synthesiser's library and its data."""
    if importlib.util.find_spec("espeakng_loader") is None:
        raise VoiceError(f"Speaking a text needs the offline synthesiser, which is not installed: {_INSTALL}.")
    loader = importlib.import_module("espeakng_loader")
    return str(loader.get_library_path()), str(loader.get_data_path())


def _ask(request: bytes) -> tuple[dict[str, Any], bytes]:
    """One request to a child process of its own."""
    try:
        done = subprocess.run(_COMMAND, input=request, capture_output=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired as late:
        raise VoiceError(f"The synthesiser gave no answer within {_TIMEOUT:.0f} seconds: try a shorter text.") from late
    line, _, pcm = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        reason = [f"code {done.returncode}", *done.stderr.decode(errors="replace").strip().splitlines()][-1]
        raise VoiceError(f"The synthesiser stopped ({reason}): try another text or voice.")
    return json.loads(line), pcm


def _phones(events: object, seconds: float) -> tuple[tuple[str, float, float], ...]:
    """Spans from the instants at which phones begin."""
    if not isinstance(events, list):
        return ()
    starts = [min(float(start), seconds) for _, start in events]
    spans = zip((str(label) for label, _ in events), starts, [*starts[1:], seconds], strict=True)
    return tuple((label, start, end) for label, start, end in spans if label.strip(" _:;") and end > start)
