"""How well our voices are understood, and how fast they speak: 40 English and 40 Mandarin sentences, read by Whisper base.

The sentences are cast in turn over all voices of their language (`voices.txt`). Nothing was mended on those of
`unseen_voices.txt`.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import word_errors
from benchmarks.running import say, table
from benchmarks.word_errors import Fault
from dramatis.media.sound_files import write_sound
from dramatis.runtime.environment import calculate_alike
from dramatis.speech.recognition.whisper import INSTALL, Whisper, packaged
from dramatis.speech.synthesis.catalogue import VOICES, Voice
from dramatis.speech.synthesis.speech_lines import LineToSpeak, speak_lines

_LISTS = {"": "voices.txt", " unseen": "unseen_voices.txt"}
_SPOKEN = {"en": "en-us", "zh": "cmn"}
_QUICK = 4


@dataclass(frozen=True)
class Read:
    """A sentence as it was said and understood, who said it, how long it lasts, and seconds that a processor worked for it."""

    group: str
    voice: str
    said: str
    heard: str
    seconds: float
    worked: float


def run(folder: Path, quick: bool) -> None:
    """Speak and read all sentences; sounds and what was understood stay in the folder."""
    say("## Voices, as Whisper base understands them\n\n")
    calculate_alike()
    weights = packaged()
    if weights is None:
        say(f"The words are not recognised: {INSTALL}\n")
        return
    reader = Whisper(weights, threads=1)
    groups: dict[str, list[Read]] = {}
    for number, (group, voice, text) in enumerate(_cast(quick)):
        line = LineToSpeak(text, voice)
        if voice.name not in {one.voice for found in groups.values() for one in found}:
            speak_lines([line])  # what is loaded once does not count
        started = time.process_time()
        sound = speak_lines([line])[0].sound
        worked = time.process_time() - started
        write_sound(sound, str(folder / f"{number:03} {group} {voice.name}.wav"))
        heard = " ".join(word.text for word in reader.hear(sound, group[:2]).words)
        groups.setdefault(group, []).append(Read(group, voice.name, text, heard, sound.seconds, worked))
    (folder / "voices.json").write_text(
        json.dumps([asdict(one) for found in groups.values() for one in found], ensure_ascii=False)
    )
    for group, found in groups.items():
        say(_told(group, found))


def _cast(quick: bool) -> Iterator[tuple[str, Voice, str]]:
    """Groups ("en", "zh unseen"), voices and texts."""
    counts: dict[str, int] = {}
    for suffix, name in _LISTS.items():
        for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
            language, _, text = line.partition(": ")
            at = counts.get(language + suffix, 0)
            counts[language + suffix] = at + 1
            voices = [voice for voice in VOICES if _SPOKEN[language] in voice.languages]
            if not quick or at < _QUICK:
                yield language + suffix, voices[at % len(voices)], text


Count = Callable[[str, str], tuple[int, list[Fault]]]


def _told(group: str, found: list[Read]) -> str:
    kinds: dict[str, Count] = {"words": word_errors.english} if group.startswith("en") else {}
    if group.startswith("zh"):
        kinds = {"characters": word_errors.mandarin, "syllables": word_errors.syllables}
    told = f"### {group}\n\n"
    for kind, count in kinds.items():
        scores = [(one, *count(one.said, one.heard)) for one in found]
        voices = dict.fromkeys(one.voice for one in found)
        rows = [
            ["all", *_row(scores)],
            *([name, *_row([score for score in scores if score[0].voice == name])] for name in voices),
        ]
        told += table(["voice", kind, "right", "processor s a second", "otherwise understood"], rows)
    return told


def _row(scores: list[tuple[Read, int, list[Fault]]]) -> list[str]:
    count, wrong = sum(score[1] for score in scores), sum(len(score[2]) for score in scores)
    work = sum(score[0].worked for score in scores) / sum(score[0].seconds for score in scores)
    faults = ", ".join(f"{said or '-'} as {heard or '-'}" for *_, found in scores for said, heard in found)
    return [str(count), f"{100 * (1 - wrong / count):.1f} %", f"{work:.2f}", faults]
