"""What is said of a film: who made it with what, from which portraits and voices, and who allowed that."""

from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Literal

from dramatis.errors import OutputError
from dramatis.story import Canvas, Consent

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHMIC, COMPOSITE, TRAINED = "algorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia"
_CHUNK = 2**20  # bytes


@dataclass(frozen=True)
class Ingredient:
    """A portrait or a voice of a character: its file's name without folders, the digest of its bytes, and who allowed its use."""

    kind: Literal["portrait", "voice"]
    who: str
    file: str
    sha256: str
    consent: Consent


@dataclass(frozen=True)
class Record:
    """The facts of a film. `generative`: a trained network made the pictures."""

    engine: str
    version: str
    canvas: Canvas
    seconds: float
    seed: int
    generative: bool
    ingredients: tuple[Ingredient, ...]

    @property
    def source_type(self) -> str:
        """IPTC's digital source type, a URL."""
        portrait = any(one.kind == "portrait" for one in self.ingredients)
        return SOURCE + (TRAINED if self.generative else COMPOSITE if portrait else ALGORITHMIC)

    @property
    def unstated(self) -> tuple[str, ...]:
        """Characters of whose face or voice nobody said who may use it."""
        return tuple(dict.fromkeys(one.who for one in self.ingredients if not one.consent))

    def payload(self, key: bytes) -> int:
        """The 64 bits of the film's watermark. They depend on engine, ingredients and seed, not on the plan: after an edit, clips
        that did not change carry them already.
        """
        parts = [self.engine, str(self.seed), *(f"{one.kind} {one.sha256}" for one in self.ingredients)]
        return int.from_bytes(blake2b("\n".join(parts).encode(), key=key, digest_size=8).digest(), "big")


def sha256_of(path: str) -> str:
    """The digest of a file's bytes; raises `OutputError` if it is gone."""
    state = sha256()
    try:
        with Path(path).open("rb") as file:
            while chunk := file.read(_CHUNK):
                state.update(chunk)
    except OSError as fault:
        raise OutputError(f"{path} cannot be read any more ({fault.strerror}); keep it until the film is finished.") from fault
    return state.hexdigest()
