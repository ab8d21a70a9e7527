"""eSpeak NG in a process of its own: `python -I espeak_child.py`.

The engine is licensed under the GPL and keeps global state, so it never runs in the main process. It reads one JSON object
per line from stdin (`text`, `voice`, `rate`, `pitch`, `span`, `gap`, `sounds`, `library`, `data`); out goes one line of JSON
(`rate`, `phones`, or `error`; `bytes`) and then so many bytes of 16-bit little-endian mono samples; then the next line may come.
Only the standard library is imported.
"""

import ctypes
import itertools
import json
import os
import sys
from typing import Any, BinaryIO

_SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: the call returns when all sound was handed over
_PHONEME_EVENTS, _IPA, _DONT_EXIT = 0x0001, 0x0002, 0x8000  # espeakINITIALIZE_*
_RATE, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7  # espeak_PARAMETER
_UTF8, _PHONEMES, _END_PAUSE = 0x0001, 0x0100, 0x1000  # espeakCHARS_UTF8, espeakPHONEMES, espeakENDPAUSE
_LIST_END, _PHONEME = 0, 7  # espeak_EVENT_TYPE

Phone = tuple[str, float]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _EventSink:
    """Collects the engine's output: samples and the times at which phonemes begin (seconds)."""

    def __init__(self) -> None:
        self.sound = bytearray()
        self.phones: list[Phone] = []

    def hear(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        """The engine's callback; 0 means continue."""
        if samples and count > 0:
            self.sound += ctypes.string_at(samples, 2 * count)
        index = 0
        while events[index].type != _LIST_END:
            if events[index].type == _PHONEME:
                label = bytes(events[index].id.string).split(b"\0")[0].decode("utf-8", "replace")
                self.phones.append((label, events[index].audio_position / 1000))
            index += 1
        return 0


def _engine(library: str, data: str) -> tuple[ctypes.CDLL, int]:
    """The engine, ready, and its sample rate."""
    engine = ctypes.CDLL(library)
    options = _PHONEME_EVENTS | _IPA | _DONT_EXIT
    rate = int(engine.espeak_Initialize(_SYNCHRONOUS, 100, data.encode(), options))
    if rate <= 0:
        raise RuntimeError("the synthesiser's data cannot be read")
    return engine, rate


def speak(engine: ctypes.CDLL, rate: int, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Synthesise one request: the answer's header and its samples."""
    if engine.espeak_SetVoiceByName(str(request["voice"]).encode()) != 0:
        return {"error": "voice", "voice": str(request["voice"])}, b""
    for parameter, key in ((_RATE, "rate"), (_PITCH, "pitch"), (_RANGE, "span"), (_WORD_GAP, "gap")):
        engine.espeak_SetParameter(parameter, int(request[key]), 0)
    ear = _EventSink()
    callback = _Callback(ear.hear)
    engine.espeak_SetSynthCallback(callback)
    text = str(request["text"]).encode() + b"\0"
    flags = _UTF8 | _END_PAUSE | (_PHONEMES if request["sounds"] else 0)
    engine.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, 1, 0, flags, None, None)
    engine.espeak_Synchronize()
    return {"rate": rate, "phones": ear.phones}, bytes(ear.sound)


def _answer(sink: BinaryIO, header: dict[str, Any], sound: bytes) -> None:
    sink.write(json.dumps({**header, "bytes": len(sound)}).encode() + b"\n" + sound)
    sink.flush()


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until there are no more; each in a fork, since the engine keeps voice and noise state between lines.

    The first request says where the engine lies.
    """
    requests = (json.loads(line) for line in source)
    first = next(requests)
    try:
        engine, rate = _engine(str(first["library"]), str(first["data"]))
    except (OSError, RuntimeError) as fault:
        return _answer(sink, {"error": "engine", "reason": str(fault)}, b"")
    for request in itertools.chain([first], requests):
        child = os.fork()
        if child == 0:
            _answer(sink, *speak(engine, rate, request))
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            sys.exit(1)
    return None


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
