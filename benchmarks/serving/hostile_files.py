"""Files that are made to break decoders: bombs, lies about sizes, cut and shuffled bytes of good files."""

import io
import json
import struct
import wave
import zipfile
import zlib
from collections.abc import Iterator
from random import Random

import numpy as np
from PIL import Image

from dramatis.clock import Rate, Span
from dramatis.media.footage import Footage
from dramatis.media.sound import Waveform
from dramatis.media.still import Matte, Still
from dramatis.runtime.take_files import written
from dramatis.story import Canvas
from dramatis.take import Look, Role, Take


def hostile_files(random: Random) -> Iterator[tuple[str, bytes]]:
    """Names and contents, without end."""
    good, lies = list(_good()), list(_lies())
    while True:
        yield random.choice(lies)
        name, data = random.choice(good)
        yield name, data[: random.randrange(1, len(data))]
        yield name, _shuffled(data, random)
        yield f"{random.randrange(99)}.png", random.randbytes(random.randrange(1, 3000))
        head = random.choice(good)[1][: random.randrange(4, 64)]
        yield name, head + random.randbytes(random.randrange(2000))


def hostile_archive(random: Random) -> bytes:
    """A project that leads outside, unpacks to very much, or says something else than it holds."""
    name = random.choice(("assets/me.png", "../../service.key", "/etc/passwd", "C:\\x.png", "assets/\0.png", "a" * 60_000, ""))
    who = {"name": "Ada", "portrait": name}
    shot = {"span": [0, 1], "picture": name, "cast": ["Ada"], "direction": {}}
    canvas = {"width": 64, "height": 64, "rate": {"frames": 10, "per": 1}}
    story = json.dumps({"version": 2, "canvas": canvas, "cast": [who], "lines": [], "shots": [shot], "engine": "fake"})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA))) as archive:
        archive.writestr("storyline.json", random.choice((story, story, story[:-1], "[" * 99_999, "")))
        archive.writestr(zipfile.ZipInfo(name or "x"), random.choice((png(8, 8, b""), bytes(3_000_000), b"")))
        if random.random() < 0.2:
            archive.writestr("assets/me.png.phones.json", "[" * 10_000)
    content = file.getvalue()
    return random.choice((content, content, content[: random.randrange(1, len(content))], _shuffled(content, random)))


def png(width: int, height: int, rows: bytes, depth: int = 8, kind: int = 2) -> bytes:
    """A PNG that claims to be so large, whatever its rows are."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([depth, kind, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _good() -> Iterator[tuple[str, bytes]]:
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8))
    for suffix in ("png", "jpeg", "webp", "tiff", "bmp", "gif"):
        file = io.BytesIO()
        picture.save(file, suffix)
        yield f"me.{suffix}", file.getvalue()
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 16000, 0, "NONE", ""))
        sound.writeframes((np.sin(np.arange(8000) / 20) * 9000).astype(np.int16).tobytes())
    yield "me.wav", file.getvalue()
    yield "me.mp4", _film()
    yield "take.zip", written(_take())


def _take() -> Take:
    """A small one with a picture, a voice and a prior."""
    still, voice = Still(np.full((9, 12, 3), 90, np.uint8)), Waveform(np.zeros((800, 1), np.float32), 16000)
    prior = Footage(Canvas(8, 8, Rate(10)), Span(0, 0.2), [np.zeros((8, 8, 3), np.uint8)] * 3)
    roles = (Role("Ada", Look(still, matte=Matte(np.zeros((9, 12), np.uint8))), voice),)
    return Take(Canvas(64, 48, Rate(10)), Span(0, 0.2), roles, prior=prior)


def _film() -> bytes:
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for level in range(5):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((48, 64, 3), 40 * level, np.uint8), "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def _lies() -> Iterator[tuple[str, bytes]]:
    zeros = zlib.compress(bytes(30_000_000), 9)
    yield "bomb.png", png(60_000, 60_000, zeros)
    yield "bomb16.png", png(30_000, 30_000, zeros, depth=16, kind=6)
    yield "wide.png", png(2**31 - 1, 1, zeros)
    yield "none.png", png(0, 0, zeros)
    yield "text.png", png(8, 8, zlib.compress(bytes(300)))[:-12] + _ztxt(zeros)
    yield (
        "huge.gif",
        b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0xF7, 0, 0) + bytes(768) + b"," + bytes(9) + b"\x08\x01\x00\x3b",
    )
    yield "huge.bmp", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 60_000, -60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    yield "huge.tiff", b"II*\0\x08\0\0\0" + b"\xff\xff" + bytes(12 * 40)
    yield "loop.tiff", b"II*\0\x08\0\0\0\x00\x00\x08\x00\x00\x00"
    yield (
        "huge.wav",
        b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x02\0\xff\xff\xff\x7f\0\0\0\0\x04\0\x10\0data\xff\xff\xff\x7f" + bytes(99),
    )
    yield "many.wav", b"RIFF\xff\xff\xff\xffWAVE" + b"JUNK\0\0\0\0" * 5000
    yield "deep.mp4", _boxes(2000) + b"moov"
    yield "lies.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\xff\xff\xff\xffmoov" + bytes(200)
    yield "wide.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0\0\0\x01moov" + b"\xff" * 8 + bytes(100)
    yield "huge.mkv", b"\x1a\x45\xdf\xa3" + b"\x01" + b"\xff" * 7 + bytes(300)
    yield "huge.flac", b"fLaC\x80\0\0\x22" + b"\xff" * 34
    yield "huge.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\xff\xff\xff\xf0meta" + bytes(300)
    yield "page.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    yield "list.m3u8", b"#EXTM3U\n#EXTINF:1,\nhttp://169.254.169.254/latest/\nfile:///etc/passwd\n"
    yield "show.ffconcat", b"ffconcat version 1.0\nfile /etc/passwd\n"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("take.json", b'{"version": 1, "canvas": ' + b"[" * 5_000_000)
        archive.writestr("../../etc/passwd", bytes(50_000_000))
    yield "bomb.zip", file.getvalue()
    yield "empty", b""


def _ztxt(data: bytes) -> bytes:
    body = b"Comment\0\0" + data
    return len(body).to_bytes(4) + b"zTXt" + body + zlib.crc32(b"zTXt" + body).to_bytes(4) + b"\0\0\0\0IEND\xaeB`\x82"


def _boxes(depth: int) -> bytes:
    data = b""
    for _ in range(depth):
        data = (len(data) + 8).to_bytes(4) + b"moov" + data
    return b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + data


def _shuffled(data: bytes, random: Random) -> bytes:
    broken = bytearray(data)
    for _ in range(random.randrange(1, 12)):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)
