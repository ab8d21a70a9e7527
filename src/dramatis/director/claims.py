"""Input and reports of the director's experts: the contract between them and the writer.

    Material --hear--> AudioReport --+
        |----see---> VisualReport ---+--deliberate--> Deliberation --write--> Storyline
        `----read--> TextReport -----+

All times are seconds on the film's clock; sizes and places in a picture are fractions of its width and height. Reports are
plain values, so that a language model in the role of an expert gets and returns the same data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dramatis.clock import Span
from dramatis.media.face import Face
from dramatis.media.sound import Waveform
from dramatis.media.still import Still
from dramatis.story import Character, Claim, Deliberation, Word
from dramatis.take import Limits, View

Heard = Literal["speech", "song", "music", "silence"]
CONTOUR_RATE = 10
"""Values a second of pitch, energy and feelings."""


@dataclass(frozen=True, eq=False)
class VoiceInput:
    """A voice that is heard: whose it is, its sound, when it starts on the film's clock, and its text where that is known;
    `words` only where somebody knows when each is said. A `synthetic` voice was made by this program: its melody says nothing of
    feelings. `language` is the text's ("en", "zh"); empty: its letters say.
    """

    who: str
    voice: Waveform
    start: float = 0.0
    text: str = ""
    words: tuple[Word, ...] = ()
    synthetic: bool = False
    language: str = ""


@dataclass(frozen=True, eq=False)
class PictureInput:
    """A picture that shots are filmed from, and the characters' faces in it, left to right: (name, face in pixels); `views` are
    those that are closer than the picture and that it is sharp enough for.
    """

    picture: str
    still: Still
    faces: tuple[tuple[str, Face], ...] = ()
    views: tuple[View, ...] = ()


@dataclass(frozen=True, eq=False)
class Material:
    """The experts' input. `limits` is what the engine can do: the plan prefers what can be shown. `seed` chooses looks and a
    place that nobody speaks of, for engines that draw them.
    """

    prompt: str
    cast: tuple[Character, ...]
    seconds: float
    voices: tuple[VoiceInput, ...]
    pictures: tuple[PictureInput, ...]
    limits: Limits
    seed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The cast's names, from left to right."""
        return tuple(who.name for who in self.cast)


# --- the audio expert: hear(material) -> AudioReport -------------------------------------------------------------------------


@dataclass(frozen=True)
class SoundSegment:
    """What kind of sound a stretch of a track is; stretches follow each other without gaps."""

    span: Span
    heard: Heard
    confidence: float = 1.0


@dataclass(frozen=True)
class Feeling:
    """How a voice feels around an instant: arousal and valence in -1..1, a weight for each of EMOTIONS (they add up to 1)."""

    at: float
    arousal: float
    valence: float
    emotions: tuple[float, ...]
    confidence: float


@dataclass(frozen=True)
class VoiceReport:
    """What is heard in one voice.

    `gaps` are quiet instants inside phrases, `pauses` those between phrases; cuts may lie in both. `stress` holds (seconds,
    strength 0..1); `rate` is in syllables a second of speech; `pitch` (Hz, 0: unvoiced) and `energy` (0..1) have CONTOUR_RATE
    values a second from 0 s on the film's clock. `tempo` is in beats a minute (0: no beat); `language` a code such as "en",
    "zh", "ja", "ko", or "".
    """

    who: str
    stretches: tuple[SoundSegment, ...] = ()
    phrases: tuple[Span, ...] = ()
    pauses: tuple[Span, ...] = ()
    gaps: tuple[Span, ...] = ()
    words: tuple[Word, ...] = ()
    stress: tuple[tuple[float, float], ...] = ()
    rate: float = 0.0
    pitch: tuple[float, ...] = ()
    energy: tuple[float, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    beats: tuple[float, ...] = ()
    tempo: float = 0.0
    language: str = ""


@dataclass(frozen=True)
class Turn:
    """A turn: one voice speaks."""

    who: str
    span: Span


@dataclass(frozen=True)
class AudioReport:
    """All tracks, who has the floor when, and the first claims (emotions by span, speakers)."""

    tracks: tuple[VoiceReport, ...] = ()
    turns: tuple[Turn, ...] = ()
    claims: tuple[Claim, ...] = ()


# --- the visual expert: see(material) -> VisualReport ------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonReport:
    """One person in a picture.

    `box` is the face's (x0, y0, x1, y1); `framing` one of FRAMINGS; `yaw` (to the picture's right), `pitch` (down), `roll` in
    radians; `expression` one of EMOTIONS with `strength` 0..1; `room` is what is free around the head in face heights: left,
    right, up, down; `hands`: whether hands or arms are in the picture; `speaking`: how likely this person is the speaker.
    """

    who: str
    box: tuple[float, float, float, float]
    framing: str
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    expression: str = "calm"
    strength: float = 0.0
    mouth: Literal["closed", "open", "teeth"] = "closed"
    room: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    hands: bool = False
    speaking: float = 0.0


@dataclass(frozen=True)
class PictureReport:
    """What one picture shows: people left to right, light and colours in words, sharpness 0..1, how far it can be enlarged."""

    picture: str
    people: tuple[PersonReport, ...] = ()
    light: str = ""
    palette: tuple[str, ...] = ()
    sharpness: float = 1.0

    @property
    def camera_room(self) -> float:
        """How many times closer a camera can come until a face, with a quarter of it around it, leaves the picture."""
        spans = []
        for low, high in ((0, 2), (1, 3)):
            edges = [(box[low], box[high], (box[high] - box[low]) / 4) for box in (person.box for person in self.people)]
            first = min((max(0.0, start - room) for start, _, room in edges), default=0.0)
            spans.append(max((min(1.0, end + room) for _, end, room in edges), default=0.5) - first)
        return 1 / max(*spans, 1e-3)


@dataclass(frozen=True)
class VisualReport:
    """All pictures, and the first claims (framing, looks, setting, what cannot move without leaving the picture)."""

    scenes: tuple[PictureReport, ...] = ()
    claims: tuple[Claim, ...] = ()


# --- the text expert: read(material, audio, visual) -> TextReport ------------------------------------------------------------


@dataclass(frozen=True)
class TextReport:
    """What the user's words ask for, as claims, the dialogue that they hold ((who, text) in order), and sentences about words
    that are not used.
    """

    claims: tuple[Claim, ...] = ()
    dialogue: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


# --- all of them -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """The end of the experts' work: their reports, what they agreed on, and notes for the user (such as "no answer came")."""

    audio: AudioReport
    visual: VisualReport
    text: TextReport
    deliberation: Deliberation
    notes: tuple[str, ...] = ()


Direct = Callable[[Material], Verdict]
"""`director.direct`: the experts, their rounds, and what they agree on; a function of the material alone."""
