"""The output files of a film: checked before the work, written completely after it."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dramatis.errors import OutputError
from dramatis.media.files import check_folder, fault_of_writing, written_whole
from dramatis.media.pictures.captioned_frames import Caption
from dramatis.media.sound import Waveform
from dramatis.media.sounds.sound_files import write_sound
from dramatis.media.videos.exports import check_ending
from dramatis.media.videos.reel import preview_of
from dramatis.production.captions.subtitle_files import as_srt, as_vtt
from dramatis.production.lines.spoken_cast import spoken_cast, write_spoken
from dramatis.runtime.environment import folder_of
from dramatis.runtime.vault import Vault
from dramatis.speech.phone_times import file_of
from dramatis.story import Brief, Canvas, Storyline
from dramatis.story.document import relocated, to_json

UNKEPT = "Finished clips are not kept for the next film: "
_WORKSHOP = ".dramatis"
_LONGEST_NAME = 200  # bytes; files beside the film have longer names
_LEAST_BITS = 0.03  # bytes per pixel of a film with little motion
_COPIES = 3  # clips, preview, film


@dataclass(frozen=True)
class OutputFiles:
    """The output files of one film."""

    film: Path

    @property
    def storyline(self) -> Path:
        """The plan beside the film."""
        return self.film.with_suffix(".storyline.json")

    @property
    def report(self) -> Path:
        """The report beside the film."""
        return self.film.with_suffix(".report.json")

    @property
    def subtitles(self) -> tuple[Path, Path]:
        """The captions beside the film, as .srt and .vtt."""
        return self.film.with_suffix(".srt"), self.film.with_suffix(".vtt")

    @property
    def lock(self) -> Path:
        """The lock file of this film."""
        return self.film.parent / _WORKSHOP / f"{self.film.name}.lock"

    @property
    def work_folder(self) -> Vault:
        """The folder beside the film for its clips until it is finished."""
        return Vault(self.film.parent / _WORKSHOP / self.film.name)

    def vault(self, kept: Path | None) -> tuple[Vault, str]:
        """The vault of its clips: `kept`, or the workshop if that cannot be used; and a note about it, or an empty one."""
        if kept is None:
            return self.work_folder, ""
        folder = folder_of(kept)
        if folder is None:
            return self.work_folder, f"{UNKEPT}this user has no home folder; name a folder with DRAMATIS_VAULT."
        vault = Vault(folder, kept=True)
        try:
            vault.prepare()
        except OutputError as fault:
            return self.work_folder, f"{UNKEPT}{fault} DRAMATIS_VAULT names it."
        return vault, ""

    def check(self, sources: list[str]) -> None:
        """Refuse a place that is not writable, a name of no known format, or a film that would overwrite one of its inputs."""
        check_ending(self.film)
        length = len(os.fsencode(self.film.name))
        if length > _LONGEST_NAME:
            raise OutputError(
                f"The name of the film has {length} bytes, at most {_LONGEST_NAME} are allowed: choose a shorter one."
            )
        check_folder(self.film)
        for written in (self.film, preview_of(self.film), self.storyline, self.report, *self.subtitles):
            check_spared(written, sources)

    def check_room(self, canvas: Canvas, frames: int) -> None:
        """Refuse a film that does not fit on the disk; raises `OutputError`."""
        needed = canvas.width * canvas.height * frames * _LEAST_BITS / 8 * _COPIES
        free = shutil.disk_usage(self.film.parent).free
        if free < needed:
            raise OutputError(
                f"The disk is full: {self.film.parent} has {free / 1e6:.2f} MB free, "
                f"and this film needs at least {needed / 1e6:.2f} MB; "
                "free some space or choose another folder."
            )

    def voices(self, brief: Brief) -> tuple[dict[str, str], tuple[str, ...]]:
        """As `spoken`: texts are synthesised and written beside the film."""
        return spoken(brief, self.film)

    def write(self, storyline: Storyline, report: str, captions: Sequence[Caption] = ()) -> None:
        """The storyline, the report and, if there are any, the captions, beside the film."""
        write_storyline(storyline, self.storyline)
        if captions:
            for path, written in zip(self.subtitles, (as_srt, as_vtt), strict=True):
                _write_text(path, written(captions))
        _write_text(self.report, report)

    def check_stems(self, stems: Mapping[str, Waveform], sources: list[str]) -> None:
        """Refuse to write a part of the sound over an input; raises `OutputError`."""
        for name in stems:
            check_spared(self._stem(name), sources)

    def write_stems(self, stems: Mapping[str, Waveform]) -> None:
        """The parts of the sound, by name, beside the film."""
        for name, sound in stems.items():
            write_sound(sound, str(self._stem(name)))

    def _stem(self, name: str) -> Path:
        return self.film.with_suffix(f".{name}.wav")


def spoken(brief: Brief, beside: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The sound file of each speaking character, and notes; texts are synthesised and written beside a film or a plan."""
    heard = [who.voice for who in brief.cast if who.voice is not None]
    cast = spoken_cast(brief)
    voices: dict[str, str] = {}
    for number, who in enumerate(brief.cast):
        said = cast.tracks.get(who.name)
        if said is None:
            if who.voice is not None:
                voices[who.name] = who.voice
            continue
        path = beside.with_name(f"{beside.stem}.{_safe(who.name)}.wav")
        if str(path) in voices.values():  # two names that are equal as file names
            path = path.with_stem(f"{path.stem}{number + 1}")
        for written in (path, file_of(path)):
            check_spared(written, heard)
        voices[who.name] = write_spoken(said, path)
    return voices, cast.notes


def write_storyline(storyline: Storyline, path: Path) -> None:
    """The storyline as a document with paths relative to its folder."""
    _write_text(path, to_json(_portable(storyline, path.parent.resolve())))


def _write_text(path: Path, text: str) -> None:
    with written_whole(path) as part:
        try:
            part.write_text(text, encoding="utf-8")
        except OSError as fault:
            raise fault_of_writing(path, fault) from fault


def _portable(storyline: Storyline, folder: Path) -> Storyline:
    """The storyline with paths inside a folder relative to it, others absolute."""

    def placed(path: str) -> str:
        whole = Path(path).resolve()
        return str(whole.relative_to(folder)) if whole.is_relative_to(folder) else str(whole)

    return relocated(storyline, placed)


def check_spared(written: Path, sources: list[str]) -> None:
    """Refuse to overwrite an input file."""
    for source in sources:
        if written.exists() and _same(written, source):
            raise OutputError(f"The film is made from {written} itself, which would be written over; give another name with -o.")


def _safe(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)


def _same(written: Path, source: str) -> bool:
    try:
        return written.samefile(source)
    except (OSError, ValueError):  # no such file or no valid name: reading it will report that
        return False
