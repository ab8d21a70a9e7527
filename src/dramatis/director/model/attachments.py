"""Pictures and sounds as attachments for a language model, reduced, inside the message."""

import base64
import io

from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import resample
from dramatis.media.still import Still

LONG_SIDE = 768
"""Pixels."""
MOST_SECONDS = 60.0
"""Of a sound."""
_RATE = 16000


def picture_part(still: Still) -> dict[str, object]:
    """A picture as a part of a message: a JPEG of at most LONG_SIDE pixels."""
    from PIL import Image

    image = Image.fromarray(still.pixels)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    data = io.BytesIO()
    image.save(data, "JPEG", quality=85)
    return {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{_base64(data)}"}}


def sound_part(voice: Waveform) -> dict[str, object]:
    """The first minute of a voice as a part of a message: WAV, 16 kHz mono."""
    import soundfile

    samples = resample(voice, _RATE, mono=True).samples[: int(MOST_SECONDS * _RATE)]
    data = io.BytesIO()
    soundfile.write(data, samples, _RATE, format="WAV", subtype="PCM_16")
    return {"type": "input_audio", "input_audio": {"data": _base64(data), "format": "wav"}}


def _base64(data: io.BytesIO) -> str:
    return base64.b64encode(data.getvalue()).decode()
