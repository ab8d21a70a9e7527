"""`dramatis verify`."""

import json
from collections.abc import Iterator
from pathlib import Path

from dramatis.provenance.installation import Installation, found_installation
from dramatis.provenance.signing import UNTRUSTED
from dramatis.provenance.verification import Findings, as_json, verify
from dramatis.runtime.environment import environment, folder_of

_VERDICTS = (
    "This is a film of Dramatis.",
    "Nothing says that this is a film of Dramatis. That does not say that it is real.",
    "The layers contradict each other: do not trust what they say.",
)


def verified(film: Path, in_json: bool) -> int:
    """Print what a file says of where it comes from; returns the verdict, 0 to 2."""
    found = verify(film, _installation())
    if in_json:
        print(json.dumps(as_json(found), indent=2, ensure_ascii=False))
    else:
        for line in sentences(found):
            print(line)
    return found.verdict


def sentences(found: Findings) -> Iterator[str]:
    """The findings in words, the verdict first."""
    yield _VERDICTS[found.verdict]
    yield from found.contradictions
    yield from _signature(found)
    yield from _watermark(found)
    yield from _facts(found)
    yield from found.changes
    yield from found.unread
    if found.tagged:
        yield "Its metadata says that it is synthetic."


def _signature(found: Findings) -> Iterator[str]:
    signature = found.signature
    if signature is None:
        if not any("signature" in line for line in found.unread):
            yield "It carries no signature."
        return
    whole = "nothing was changed since" if not signature.changes else "it does not fit the file any more"
    yield f'It was signed by "{signature.signer}" for {signature.made_by or "an unnamed program"}; {whole}.'
    if not signature.trusted:
        yield (
            f"No authority that is known here vouches for that signer ({UNTRUSTED}): "
            "the signature shows that the file is unchanged, not who made it."
        )


def _watermark(found: Findings) -> Iterator[str]:
    mark = found.mark
    if mark is None:
        if not any("watermark" in line for line in found.unread):
            yield "It carries no watermark of this installation."
        return
    spans = ", ".join(f"{span.start:.1f}-{span.end:.1f}" for span in mark.spans) or "none alone"
    how = "" if mark.decoded else " (too weak to be decoded; it fits one that is kept here)"
    yield f"It carries the watermark {mark.payload:016x} of this installation{how}; seconds that carry it: {spans}."
    if found.kept is None:
        yield "No manifest is kept for that watermark here."
    elif found.signature is None:
        yield f'The manifest of that film is kept here: "{found.kept.manifest.get("title", "")}".'


def _facts(found: Findings) -> Iterator[str]:
    facts = found.facts
    if not facts:
        return
    yield f"It was filmed by the engine {facts['engine']['name']} ({facts['source type'].rpartition('/')[2]})."
    for one in facts["ingredients"]:
        file, consent = f"{one['file']} (SHA-256 {one['sha256'][:16]}...)", one["consent"] or "not stated"
        yield f"The {one['kind']} of {one['who']} is {file}, consent: {consent}."


def _installation() -> Installation | None:
    settings = environment()
    folder = settings.config and folder_of(settings.config)
    return found_installation(folder) if folder else None
