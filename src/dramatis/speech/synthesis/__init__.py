"""Voices that speak, without torch. Start with `speech_lines`: texts, voices and manners go in, sound and phone times come out.

- `catalogue` lists the voices; `voice_casting` chooses one for each character; `manner` reads how a line is said.
- `markup` reads pauses and stress, `lexicon` the project's pronunciations; `english` and `mandarin` (with `numerals`) read text
  as the `symbols` of the networks.
- `kokoro` and `hibari` are the networks, opened by `onnx_graph`; `natural` makes a `spoken.TextToSpeech` of them, `espeak` of
  eSpeak NG, which runs in a process of its own (`espeak_child`); `spoken.HummingVoice` is a fake.
- `loudness` levels.
"""

from dramatis.speech.synthesis.espeak import Synthesiser, VoiceSettings, language_of, say, speak
from dramatis.speech.synthesis.spoken import Spoken

__all__ = ["Spoken", "Synthesiser", "VoiceSettings", "language_of", "say", "speak"]
