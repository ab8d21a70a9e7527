"""Phone recognition without the text: PocketSphinx's phone decoder with its English phone model.

It is used for every language. Short pieces are decoded independently, so a phone
does not depend on what was decoded before it.
"""

from typing import Any

import numpy as np

from dramatis.speech.spectrum import RATE, Signal

Phone = tuple[str, float, float]
"""Label (ARPAbet; `SIL` for a pause, `NOISE` for what is no phone), start and end in seconds."""

PEAK = 0.7
"""Of full scale; the model was trained on speech at such a level."""


def decode(samples: Signal, start: float) -> tuple[Phone, ...]:
    """The phones of mono sound at 16 kHz that begins at `start` seconds."""
    peak = float(np.abs(samples).max(initial=0.0))
    if peak <= 0.0:
        return (("SIL", start, start + len(samples) / 16_000),)
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw((samples * (PEAK * 32767 / peak)).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    return tuple(_phone(part, start) for part in decoder.seg() or ())


def _phone(part: Any, start: float) -> Phone:  # noqa: ANN401 - a segment of an extension without types
    label = part.word if part.word.isalpha() else "NOISE"
    return label, start + part.start_frame / RATE, start + (part.end_frame + 1) / RATE


def _decoder() -> Any:  # noqa: ANN401 - an extension without types
    """A new decoder: a used one keeps noise and level estimates of earlier input. Making one takes 20 ms."""
    import pocketsphinx

    folder = pocketsphinx.get_model_path("en-us")
    config = pocketsphinx.Config(hmm=f"{folder}/en-us", allphone=f"{folder}/en-us-phone.lm.bin", loglevel="FATAL")
    config["lm"] = config["dict"] = None
    config["beam"], config["pbeam"], config["lw"] = 1e-20, 1e-20, 2.0
    return pocketsphinx.Decoder(config)
