"""What a voice says, without torch: from sound to mouths, and from words to sound.

Begin with `score`, which a face is moved by: a voice goes in, mouth shapes, loudness, stress and phrases come out.

- `analysis` listens to a whole voice in the `spectrum` of what `activity` (with `vocals`, a small network) says is the voice
  alone.
- `phones` names what is spoken; `visemes` says how a mouth forms it; `closures` and `coarticulation` blend that into moving lips.
- `mouthshapes` are the features that the native model's speech encoder predicts and its transformer obeys.
- `synthesis` speaks a text by eSpeak NG, in a process of its own (`espeak_child`).

Shapes are `T ...` at 100 Hz (`spectrum.RATE`), of mouth features at 50 Hz; sound is mono at 16 kHz.
"""
