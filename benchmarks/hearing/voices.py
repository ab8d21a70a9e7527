"""How well our voices are understood, and how fast they speak: 40 English and 40 Mandarin sentences, read by Whisper base.

The sentences are cast in turn over all voices of their language (`voices.txt`). Nothing was mended on those of
`unseen_voices.txt`.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.hearing import word_errors
from benchmarks.hearing.word_errors import Fault
from benchmarks.running import say, table
from dramatis.media.sounds.sound_files import write_sound
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
    """Speak and read all sentences; sounds and what was understood stay in the folder, and a second run goes on there."""
    say("## Voices, as Whisper base understands them\n\n")
    calculate_alike()
    weights = packaged()
    if weights is None:
        say(f"The words are not recognised: {INSTALL}\n")
        return
    reader = Whisper(weights, threads=1)
    kept = folder / "voices.jsonl"
    found = [Read(**json.loads(line)) for line in kept.read_text(encoding="utf-8").splitlines()] if kept.exists() else []
    known = {(one.group, one.voice, one.said) for one in found}
    loaded: set[str] = set()
    for number, (group, voice, text) in enumerate(_cast(quick)):
        if (group, voice.name, text) in known:
            continue
        if voice.by not in loaded:
            speak_lines([LineToSpeak(text, voice)])  # what is loaded once does not count
            loaded.add(voice.by)
        found.append(_read(reader, group, voice, text, folder / f"{number:03} {group} {voice.name}.wav"))
        say(_line(found[-1]))
        with kept.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(found[-1]), ensure_ascii=False) + "\n")
    for group in dict.fromkeys(one.group for one in found):
        say(_told(group, [one for one in found if one.group == group]))


def _read(reader: Whisper, group: str, voice: Voice, text: str, file: Path) -> Read:
    started = time.process_time()
    sound = speak_lines([LineToSpeak(text, voice)])[0].sound
    worked = time.process_time() - started
    write_sound(sound, str(file))
    heard = " ".join(word.text for word in reader.hear(sound, group[:2]).words)
    return Read(group, voice.name, text, heard, sound.seconds, worked)


def _line(one: Read) -> str:
    counts = {kind: count(one.said, one.heard) for kind, count in _kinds(one.group).items()}
    faults = "; ".join(f"{kind} {len(wrong)}/{of}" for kind, (of, wrong) in counts.items())
    return f"{one.group} {one.voice}: {one.said} -> {one.heard} [{faults}]\n"


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


def _kinds(group: str) -> dict[str, Count]:
    if group.startswith("en"):
        return {"words": word_errors.english}
    return {"characters": word_errors.mandarin, "syllables": word_errors.syllables}


def _told(group: str, found: list[Read]) -> str:
    told = f"### {group}\n\n"
    for kind, count in _kinds(group).items():
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
