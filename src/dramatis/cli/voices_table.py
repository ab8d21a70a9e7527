"""`dramatis voices`: who can speak, in which languages, and samples."""

from pathlib import Path

from dramatis.errors import OutputError
from dramatis.runtime.environment import calculate_alike, cores
from dramatis.speech.synthesis import catalogue
from dramatis.speech.synthesis.catalogue import Voice

_LANGUAGES = {"en-us": "English", "cmn": "Mandarin"}
_SAMPLES = {"en-us": "Good evening. This is how I sound; I hope that you like it.", "cmn": "晚上好。这是我的声音，希望你喜欢。"}


def listed(sample: Path | None) -> None:
    """Print the table, and speak a sample of each installed voice into a folder."""
    _table()
    if not all(map(catalogue.installed, catalogue.VOICES)):
        print(f"Natural voices are installed with: {catalogue.INSTALL}")
    print("Beside them eSpeak speaks a hundred languages: name a language (de, fr, ja), or one with a variant (en-us+Andy).")
    print('Name a voice in a script, "Noor (voice: af_heart, slow): Hello", or in a brief, "speaks": "af_heart, slow".')
    if sample is not None:
        _spoken(sample)


def _table() -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table("voice", "sex", "age", "languages", "by", "here", box=box.SIMPLE_HEAD)
    for voice in catalogue.VOICES:
        languages = ", ".join(_LANGUAGES[language] for language in voice.languages)
        here = "yes" if catalogue.installed(voice) else "no"
        table.add_row(voice.name, voice.sex, voice.age, languages, voice.by, here)
    Console(highlight=False, width=None if Console().is_terminal else 100).print(table, markup=False)


def _spoken(folder: Path) -> None:
    calculate_alike()
    from dramatis.media.sounds.sound_files import write_sound
    from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines

    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; give a folder for the samples.")
    folder.mkdir(parents=True, exist_ok=True)
    here: list[tuple[Voice, str]] = [
        (voice, language) for voice in catalogue.VOICES if catalogue.installed(voice) for language in voice.languages
    ]
    for (voice, language), said in zip(
        here, speak_lines([LineToSpeak(_SAMPLES[language], voice) for voice, language in here], workers=cores()), strict=True
    ):
        path = folder / f"{voice.name}.{language}.wav"
        write_sound(said.sound, str(path))
        print(path)
