"""Plain tags in an MP4 file: a comment that players show, and XMP with the digital source type, for readers without C2PA."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from dramatis import __version__
from dramatis.media.files import fault_of_writing
from dramatis.provenance.record import Record

SENTENCE = f"Synthetic film, made with Dramatis {__version__}."
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")  # the box's type in an MP4 file: XMP specification, part 3, 1.1.4
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 Iptc4xmpExt:DigitalSourceType="{source}" xmp:CreatorTool="{tool}"/></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_MOST = 2**20  # bytes of XMP that are read


def append_xmp(film: Path, record: Record) -> None:
    """Append the film's source type as XMP; raises `OutputError`."""
    packet = _PACKET.format(source=escape(record.source_type), tool=escape(f"Dramatis {__version__}")).encode()
    try:
        with film.open("ab") as file:
            file.write((24 + len(packet)).to_bytes(4, "big") + b"uuid" + _XMP + packet)
    except OSError as fault:
        raise fault_of_writing(film, fault) from fault


def read_xmp(film: Path) -> str:
    """The XMP of an MP4 file; empty if it has none, or is another kind of file."""
    with film.open("rb") as file:
        for kind, size in _boxes(file):
            if kind == b"uuid" and 16 <= size <= _MOST and file.read(16) == _XMP:
                return file.read(size - 16).decode("utf-8", "replace")
    return ""


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Type and content's size of the outermost boxes; the file stands at the content of each."""
    length, at = file.seek(0, 2), 0
    while at + 8 <= length:
        file.seek(at)
        size, kind, head = int.from_bytes(file.read(4), "big"), file.read(4), 8
        if size == 1:
            size, head = int.from_bytes(file.read(8), "big"), 16
        if size == 0:
            size = length - at
        if size < head:
            return
        yield kind, size - head
        at += size


def aigc(number: str) -> dict[str, str]:
    """The metadata `AIGC` of GB 45438-2025; label 1 says that the content is synthetic, `number` is the film's own."""
    made = {"Label": "1", "ContentProducer": f"Dramatis {__version__}", "ProduceID": number, "ReservedCode1": ""}
    return made | {"ContentPropagator": "", "PropagateID": "", "ReservedCode2": ""}
