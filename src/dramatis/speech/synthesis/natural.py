"""A natural voice: text to symbols, symbols to sound by Hibari or Kokoro."""

from dataclasses import dataclass, replace

import numpy as np

from dramatis.errors import VoiceError
from dramatis.media.sound import Waveform
from dramatis.speech.mouthshapes import Phone
from dramatis.speech.synthesis import english, mandarin
from dramatis.speech.synthesis.catalogue import Voice
from dramatis.speech.synthesis.hibari import hibari
from dramatis.speech.synthesis.kokoro import kokoro
from dramatis.speech.synthesis.spoken import Delivery, Sentence, Spoken
from dramatis.speech.synthesis.symbols import Symbols

_CLEAR = 0.88  # the rate at which Mandarin was understood best (docs/log.md, 27 November 2026)
_STRESSED = Delivery(rate=0.84, pitch=1.1)
_MOST = 400  # symbols at once
_BREAKS = ".!?…", ",;:—", " "


@dataclass(frozen=True)
class NaturalVoice:
    """A voice of the catalogue as a `TextToSpeech`."""

    voice: Voice
    language: str

    def speak(self, sentence: Sentence, prosody: Delivery) -> Spoken:
        """As `TextToSpeech`; raises `VoiceError` if the voice is not installed."""
        pieces = [self._said(piece) for piece in _pieces(self._symbols(sentence, self._own.then(prosody)))]
        return pieces[0] if len(pieces) == 1 else _joined(pieces)

    @property
    def _own(self) -> Delivery:
        own = self.voice.own
        return replace(own, rate=min(own.rate, _CLEAR)) if self.language == "cmn" else own

    def load(self) -> None:
        """Load what the voice needs, which is then shared by all threads."""
        if self.language == "cmn" and not mandarin.available():
            raise VoiceError("Mandarin is read with pypinyin and rjieba: pip install --no-deps -r constraints-say.txt.")
        _ = hibari() if self.voice.by == "hibari" else kokoro()
        self._symbols(mandarin.WARM_UP if self.language == "cmn" else english.WARM_UP, Delivery())

    def _said(self, symbols: Symbols) -> Spoken:
        if self.voice.by == "hibari":
            return hibari().speak(symbols, self.voice.size)
        return kokoro().speak(symbols, self.voice.style)

    def _symbols(self, sentence: Sentence, prosody: Delivery) -> Symbols:
        read = mandarin.symbols_of if self.language == "cmn" else english.symbols_of
        symbols: Symbols = []
        for words in sentence:
            how = prosody.then(_STRESSED) if words.stressed else prosody
            said = read(words)
            space = " " if symbols and said[:1].isalpha() | (said[:1] in "ˈˌ") else ""
            symbols += [(sign, how.rate, how.pitch) for sign in space + said]
        return symbols


def _pieces(symbols: Symbols) -> list[Symbols]:
    """Long sentences in pieces, cut behind punctuation if there is some, else between words."""
    if len(symbols) <= _MOST:
        return [symbols]
    for signs in _BREAKS:
        cuts = [at + 1 for at, (sign, *_) in enumerate(symbols[:_MOST]) if sign in signs and at > _MOST // 3]
        if cuts:
            return [symbols[: cuts[-1]], *_pieces(symbols[cuts[-1] :])]
    return [symbols[:_MOST], *_pieces(symbols[_MOST:])]


def _joined(pieces: list[Spoken]) -> Spoken:
    rate, at = pieces[0].sound.rate, 0.0
    phones: list[Phone] = []
    for piece in pieces:
        phones += [(label, at + start, at + end) for label, start, end in piece.phones]
        at += piece.sound.seconds
    return Spoken(Waveform(np.concatenate([piece.sound.samples for piece in pieces]), rate), tuple(phones))
