"""Short sounds in the formats in which speech is sent: by libsndfile, AAC by FFmpeg."""

import numpy as np

from dramatis.media.sound import Waveform

FORMATS: dict[str, tuple[str, str, str]] = {
    "wav": ("audio/wav", "WAV", "PCM_16"),
    "mp3": ("audio/mpeg", "MP3", "MPEG_LAYER_III"),
    "flac": ("audio/flac", "FLAC", "PCM_16"),
    "opus": ("audio/ogg", "OGG", "OPUS"),
    "aac": ("audio/aac", "adts", "aac"),
    "pcm": ("audio/pcm", "RAW", "PCM_16"),
}
"""Of each format its type, and the names of container and coding."""


def write_speech(sound: Waveform, path: str, name: str) -> None:
    """Write mono sound in the format of that name."""
    _, container, coding = FORMATS[name]
    if name == "aac":
        return _write_aac(sound, path, container)
    import soundfile

    return soundfile.write(path, sound.samples, sound.rate, format=container, subtype=coding)


def _write_aac(sound: Waveform, path: str, container: str) -> None:
    import av

    with av.open(path, "w", format=container) as file:
        stream = file.add_stream("aac", rate=sound.rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.samples.T), format="fltp", layout="mono")
        frame.sample_rate = sound.rate
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
