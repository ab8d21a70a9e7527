"""Speech analysis and synthesis without torch: from sound to mouth shapes, and from text to sound.

Start with `score`: a voice goes in; mouth shapes, loudness, stress and phrases come out.

- `analysis` analyses a whole voice in the `spectrum` of the part that `activity` (with `vocals`, a small network) assigns to
  the voice.
- `phones` recognises phones; `visemes` maps them to mouth shapes; `closures` and `coarticulation` blend these into lip motion.
- `mouthshapes` are the features that the native model's speech encoder predicts and its transformer uses.
- `synthesis` speaks a text with eSpeak NG, in a separate process (`espeak_child`).

Shapes are `T ...` at 100 Hz (`spectrum.RATE`), of mouth features at 50 Hz; sound is mono at 16 kHz.
"""
