"""Times of phones that are known because this program spoke the line: kept in a file beside the sound.

`film.Mira.wav` has `film.Mira.phones.json`: the digest of the sound file and each phone in order as [IPA label, start, end]
in seconds. A sound that was replaced or edited has another digest; its phone times are then not used.
"""

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dramatis.media.digests import digest_of
from dramatis.media.files import fault_of_writing, written_whole
from dramatis.speech.mouthshapes import SAMPLE_RATE, Phone, atoms

Phones = tuple[Phone, ...]

_STOPS = frozenset("pbtdkɡgɓʧʤʦʣqcɟʈɖ")
_HUSHED, _CLOSURE = 30.0, 0.14  # dB below the loud; most seconds of a closure
MOST_BYTES = 20_000_000


def file_of(sound: str | Path) -> Path:
    """Where the phone times of a sound file are kept."""
    return Path(sound).with_suffix(".phones.json")


def write_phones(sound: str | Path, phones: Phones) -> None:
    """Keep the phone times of a sound file that is written; raises `OutputError`."""
    rounded = [(label, round(start, 4), round(end, 4)) for label, start, end in phones]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rounded if row[1] < row[2])
    path = file_of(sound)
    with written_whole(path) as part:
        try:
            name = digest_of(Path(sound).read_bytes())
            part.write_text(f'{{"sound": "{name}", "phones": [\n{rows}\n]}}\n', encoding="utf-8")
        except OSError as fault:
            raise fault_of_writing(path, fault) from fault


def read_phones(sound: str | Path) -> tuple[Phones, str]:
    """The phone times of a sound file, () where none are kept; and a note, if those that are kept cannot be used."""
    path = file_of(sound)
    if not path.is_file():
        return (), ""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("it is too large")
        name, phones = _checked(json.loads(path.read_text(encoding="utf-8")))
        same = name == digest_of(Path(sound).read_bytes())
    except (OSError, ValueError, RecursionError):
        return (), f"{path.name} is damaged: the mouth follows the sound instead of its phone times."
    if not same:
        return (), f"{path.name} belongs to another sound than {Path(sound).name}: its phone times are not used."
    return phones, ""


def from_closure(phones: Phones, samples: NDArray[np.float32]) -> Phones:
    """The same phones with each stop beginning where the mouth shuts; `samples` are mono at `SAMPLE_RATE`.

    A synthesiser marks a stop at its burst; the mouth shuts before, where the sound dies away, and opens with the burst.
    """
    window = SAMPLE_RATE // 200
    rows = samples[: len(samples) // window * window].reshape(-1, window).astype(np.float64)
    level = 10 * np.log10((rows**2).mean(1) + 1e-10)
    quiet = level < (float(np.percentile(level, 95)) if len(level) else 0.0) - _HUSHED
    out: list[Phone] = []
    for label, start, end in phones:
        begin = start
        if atoms(label)[:1] in _STOPS and out:
            earliest = max(start - _CLOSURE, out[-1][1] + 0.02)
            frame = int(start * 200) - 1
            while frame >= 0 and frame / 200 >= earliest and quiet[min(frame, len(quiet) - 1)]:
                begin = frame / 200
                frame -= 1
            if out[-1][2] > begin:
                out[-1] = (out[-1][0], out[-1][1], begin)
        out.append((label, begin, end))
    return tuple(out)


def _checked(data: object) -> tuple[str, Phones]:
    """The digest and the phones of a file's data; raises `ValueError` for anything else."""
    if not isinstance(data, dict) or set(data) != {"sound", "phones"} or not isinstance(data["phones"], list):
        raise ValueError("not a file of phone times")
    phones = tuple(_phone(row) for row in data["phones"])
    edges = [edge for _, start, end in phones for edge in (start, end)]
    if any(two < one for one, two in pairwise(edges)):
        raise ValueError("phones are not in order")
    return str(data["sound"]), phones


def _phone(row: object) -> Phone:
    match row:
        case [str(label), int() | float() as start, int() | float() as end] if label and 0 <= start < end and math.isfinite(end):
            return label, float(start), float(end)
    raise ValueError("not a phone")
