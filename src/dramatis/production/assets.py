"""Reads the files of a film, each once: pictures and their faces, sounds and their speech activity."""

from functools import partial
from pathlib import Path

from dramatis.clock import Span
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.face import Face
from dramatis.media.picture_files import MOST_PIXELS, longest_side, read_still
from dramatis.media.sound import Waveform
from dramatis.media.sound_files import read_recording, resample
from dramatis.media.still import Still
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.speech.analysis import VoiceAnalysis, analyse
from dramatis.speech.phone_times import Phones, read_phones
from dramatis.speech.spectrum import SAMPLE_RATE

_FILMS = {".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v"}


class Assets:
    """Reads files on demand and remembers them; lives as long as one film is being planned."""

    def __init__(self, cache: ValueCache = NOWHERE, most_pixels: int = MOST_PIXELS) -> None:
        self.cache = cache
        self._most_pixels = most_pixels
        self._pictures: dict[str, Still] = {}
        self._faces: dict[str, tuple[Face, ...]] = {}
        self._sounds: dict[str, Waveform] = {}
        self._analyses: dict[str, VoiceAnalysis] = {}
        self.notes: list[str] = []
        """Notes for the user about the files that were read; `close` keeps them."""

    def picture(self, path: str) -> Still:
        """The picture, upright, perhaps reduced; the best frame of a video file. Raises `PictureError`."""
        if path not in self._pictures:
            if Path(path).suffix.lower() in _FILMS:
                self._pictures[path] = self._best_frame(path)
            else:
                self._pictures[path] = read_still(path, self._most_pixels)
        return self._pictures[path]

    def faces(self, path: str) -> tuple[Face, ...]:
        """The faces in the picture as `picture` gives it, left to right."""
        if path not in self._faces:
            still = self.picture(path)
            self._faces[path] = self.cache.get(
                digest_of("faces", code_digest("dramatis.media.face_finding"), still.digest), partial(_found, still)
            )
        return self._faces[path]

    def reduced(self, path: str) -> float:
        """Pixels of `picture` for each pixel of the file, at most 1."""
        if Path(path).suffix.lower() in _FILMS:
            return 1.0
        still = self.picture(path)
        return max(still.width, still.height) / longest_side(path)

    def sound(self, path: str) -> Waveform:
        """The sound at its own rate; raises `VoiceError`."""
        if path not in self._sounds:
            recording = read_recording(path)
            self._sounds[path] = recording.sound
            self.notes += recording.notes
        return self._sounds[path]

    def close(self) -> None:
        """Free all files: by then the film's stock has what it needs."""
        for shelf in (self._pictures, self._faces, self._sounds, self._analyses):
            shelf.clear()

    def analysis(self, path: str) -> VoiceAnalysis:
        """The analysis of the sound, in seconds from its start."""
        if path not in self._analyses:
            self._analyses[path] = analyse(resample(self.sound(path), SAMPLE_RATE, mono=True), self.cache)
        return self._analyses[path]

    def phrases(self, path: str) -> tuple[Span, ...]:
        """When somebody speaks or sings in the sound."""
        return self.analysis(path).phrases

    def phones(self, path: str) -> Phones:
        """The phones of a sound that this program spoke, in seconds from its start; () for a recording."""
        phones, note = read_phones(path)
        self.notes += [note] if note else []
        return phones

    def _best_frame(self, path: str) -> Still:
        from dramatis.production.best_frame import best_frame

        still, said = best_frame(path)
        self.notes.append(said)
        return still


def _found(still: Still) -> tuple[Face, ...]:
    from dramatis.media.face_finding import find_faces

    return find_faces(still)
