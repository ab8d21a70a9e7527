"""Reads the files of a film, each once: pictures and their faces, sounds and their speech activity."""

from functools import partial
from pathlib import Path

from dramatis.clock import Span
from dramatis.media.digests import code_digest, digest_of
from dramatis.media.face import Face
from dramatis.media.pictures.picture_files import MOST_PIXELS, longest_side, read_still
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import read_recording, resample
from dramatis.media.still import Still
from dramatis.media.value_cache import NOWHERE, ValueCache
from dramatis.runtime.environment import keep_private
from dramatis.speech.alignment import ALIGNED, aligned_phones
from dramatis.speech.analysis import VoiceAnalysis, analyse
from dramatis.speech.phone_times import Phones, read_phones
from dramatis.speech.recognition.recognisers import NONE, Recognisers
from dramatis.speech.recognition.transcript import Transcript
from dramatis.speech.recognition.turns import Turns, turns_in
from dramatis.speech.spectrum import SAMPLE_RATE
from dramatis.speech.synthesis.espeak import language_of

_FILMS = {".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v"}


class Assets:
    """Reads files on demand and remembers them; lives as long as one film is being planned."""

    def __init__(self, cache: ValueCache = NOWHERE, most_pixels: int = MOST_PIXELS, recognise: Recognisers = NONE) -> None:
        self.cache = cache
        self._recognise = recognise
        self._most_pixels = most_pixels
        self._pictures: dict[str, Still] = {}
        self._faces: dict[str, tuple[Face, ...]] = {}
        self._sounds: dict[str, Waveform] = {}
        self._analyses: dict[tuple[str, Span | None], VoiceAnalysis] = {}
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
                digest_of("faces", code_digest("dramatis.media.faces.face_finding"), still.digest), partial(_found, still)
            )
        return self._faces[path]

    def reduced(self, path: str) -> float:
        """Pixels of `picture` for each pixel of the file, at most 1."""
        if Path(path).suffix.lower() in _FILMS:
            return 1.0
        still = self.picture(path)
        return max(still.width, still.height) / longest_side(path)

    def sound(self, path: str, part: Span | None = None) -> Waveform:
        """The sound, or a part of it, at its own rate; raises `VoiceError`."""
        if path not in self._sounds:
            recording = read_recording(path)
            self._sounds[path] = recording.sound
            self.notes += recording.notes
        return self._sounds[path].part(part)

    def close(self) -> None:
        """Free all files: by then the film's stock has what it needs."""
        for cached in (self._pictures, self._faces, self._sounds, self._analyses):
            cached.clear()

    def analysis(self, path: str, part: Span | None = None) -> VoiceAnalysis:
        """The analysis of the sound, or of a part of it, in seconds from its start."""
        if (path, part) not in self._analyses:
            heard = resample(self.sound(path, part), SAMPLE_RATE, mono=True)
            self._analyses[path, part] = analyse(heard, self.cache)
        return self._analyses[path, part]

    def phrases(self, path: str, part: Span | None = None) -> tuple[Span, ...]:
        """When somebody speaks or sings in the sound, or in a part of it."""
        return self.analysis(path, part).phrases

    def phones(self, path: str, part: Span | None = None) -> Phones:
        """The phones of a sound that this program spoke, or of a part of it, in seconds from its start; () for a recording."""
        phones, note = read_phones(path)
        self.notes += [note] if note else []
        if part is None:
            return phones
        return tuple((name, start - part.start, end - part.start) for name, start, end in phones if part.holds((start + end) / 2))

    def transcript(self, path: str) -> Transcript | None:
        """What a recording says, in seconds from its start; None: there is no recogniser. Raises `BriefError`."""
        recogniser = self._recognise.words
        if recogniser is None:
            return None
        if not self.phrases(path):
            return Transcript()
        keep_private()
        heard = self.sound(path)
        name = digest_of("transcript", recogniser.version, heard.digest)
        return self.cache.get(name, partial(recogniser.hear, heard))

    def turns(self, path: str, most: int | None = None) -> Turns | None:
        """Who speaks when in a recording, if two people do; None: nothing here tells people apart. Raises `VoiceError`."""
        told = self._recognise.turns
        if told is None:
            return None
        analysis = self.analysis(path)
        name = digest_of("turns", code_digest(turns_in.__module__), self.sound(path).digest, most)
        return self.cache.get(name, partial(told, analysis, most))

    def said(self, path: str, text: str, part: Span | None = None) -> Phones:
        """The phones of a sound, or of a part of it: as this program spoke it, else of an English or Mandarin text that is said
        there; () if neither is known.
        """
        own = self.phones(path, part)
        if own or not text or language_of(text) not in ALIGNED:
            return own
        analysis = self.analysis(path, part)
        key = digest_of("aligned", code_digest("dramatis.speech.alignment"), analysis.samples, text)
        return self.cache.get(key, partial(aligned_phones, analysis.samples, analysis.speech, text))

    def _best_frame(self, path: str) -> Still:
        from dramatis.production.pictures.best_frame import best_frame

        still, said = best_frame(path)
        self.notes.append(said)
        return still


def _found(still: Still) -> tuple[Face, ...]:
    from dramatis.media.faces.face_finding import find_faces

    return find_faces(still)
