"""Where a film comes from, said in the film: watermark and label before it is encoded, tags and signature once it is whole."""

import json
from dataclasses import replace
from pathlib import Path

from dramatis.errors import OutputError
from dramatis.media.videos.luma_pattern import has_even_areas
from dramatis.media.videos.video import Encoding
from dramatis.production.assets import Assets
from dramatis.production.crew import Crew, Marking, encoding_for
from dramatis.production.report import Recorder
from dramatis.provenance.credentials import credentials_of
from dramatis.provenance.installation import Installation, installation_at
from dramatis.provenance.kept_manifests import keep
from dramatis.provenance.label import LabelKind, overlays_of
from dramatis.provenance.manifest import facts_of, manifest_of
from dramatis.provenance.record import Ingredient, Record, sha256_of
from dramatis.provenance.signing import FORMATS, can_sign, sign
from dramatis.provenance.tags import SENTENCE, aigc, append_xmp
from dramatis.provenance.watermark.spread_spectrum import FAST, SLOW, pattern_of, spectrum_of
from dramatis.story import Character, Storyline
from dramatis.take import Limits

_UNSIGNED = "The C2PA library is not installed: install the extra provenance to sign films."
_NO_FORMAT = "Only .mp4, .mov and .gif files are signed; a watermark is in the picture."
_TAGGED = ".mp4"


class FilmMarks:
    """The marks of one film. `encoding` adds those that lie in the picture, `tags` are of the file; `sign` ends the work.

    A film without a background is left as it is: it is material for another one. A film of even areas, which
    its engine paints or a portrait has, gets a watermark that is not seen there. A crew without `marking` makes films that
    carry nothing. Raises `OutputError` for credentials that cannot be used.
    """

    def __init__(self, crew: Crew, storyline: Storyline, assets: Assets, limits: Limits, recorder: Recorder) -> None:
        self._record, self._recorder = record_of(storyline, limits), recorder
        self._installation = _installed(crew.marking, recorder)
        self.encoding: Encoding = encoding_for(storyline.canvas, crew.encoding)
        self._pictured = not storyline.canvas.alpha
        self.tags: dict[str, str] = {}
        recorder.provenance.update(facts_of(self._record))
        if crew.marking is None:
            return
        _note_consent(self._record, recorder)
        self.tags["comment"] = SENTENCE
        payload = self._record.payload(self._installation.key if self._installation else b"")
        if crew.marking.label is not None:
            self._show(crew.marking.label, storyline, payload)
        if self._installation is not None:
            if self._pictured:
                waves = spectrum_of(self._installation.key, SLOW if _even(storyline, assets, limits) else FAST)
                self.encoding = replace(self.encoding, pattern=pattern_of(waves, payload))
                recorder.provenance["watermark"] = f"{payload:016x}"
            if can_sign():
                credentials_of(self._installation)  # said before the work if they cannot be used

    def sign(self, film: Path) -> None:
        """Write tags and signature into the finished film, and keep its manifest. A film that cannot be signed stays as it is."""
        if not self.tags:
            return
        if film.suffix.lower() == _TAGGED:
            append_xmp(film, self._record)
        if self._installation is not None:
            self._keep(film, self._installation)

    def _keep(self, film: Path, installation: Installation) -> None:
        payload, told = self._record.payload(installation.key), self._recorder.provenance
        manifest = manifest_of(self._record, film.name, payload if self._pictured else None)
        why = _NO_FORMAT if film.suffix.lower() not in FORMATS else "" if can_sign() else _UNSIGNED
        signed = None
        try:
            if not why:
                signed = sign(film, manifest, credentials_of(installation))
            keep(installation.manifests, payload, manifest, signed)
        except OutputError as fault:
            self._recorder.note(f"The film's signature is missing, or its manifest was not kept: {fault}")
        told["signed"] = signed is not None
        if why:
            told["unsigned"] = why

    def _show(self, label: LabelKind, storyline: Storyline, payload: int) -> None:
        if self._pictured:
            self.encoding = replace(self.encoding, overlays=overlays_of(label, storyline.canvas))
            self._recorder.provenance["label"] = label
        if label == "cn":
            self.tags["AIGC"] = json.dumps(aigc(f"{payload:016x}"))


def _even(storyline: Storyline, assets: Assets, limits: Limits) -> bool:
    """Whether a film shows even areas. Only what its payload depends on counts: after an edit of a shot, the others stay."""
    portraits = {who.portrait for who in storyline.cast if who.portrait}
    return limits.even_areas or any(has_even_areas(assets.picture(path).pixels) for path in sorted(portraits))


def record_of(storyline: Storyline, limits: Limits) -> Record:
    """The facts of a film that is planned; files are read for their digests. Raises `OutputError` if one is gone."""
    return Record(
        engine=storyline.engine,
        version=limits.version,
        canvas=storyline.canvas,
        seconds=storyline.seconds,
        seed=storyline.seed,
        generative=limits.generative,
        ingredients=tuple(one for who in storyline.cast for one in _ingredients(who)),
    )


def _ingredients(who: Character) -> list[Ingredient]:
    """A portrait and a recorded voice; speech that was synthesised from text is nobody's."""
    portrait = (
        [Ingredient("portrait", who.name, Path(who.portrait).name, sha256_of(who.portrait), who.consent)] if who.portrait else []
    )
    voice = [Ingredient("voice", who.name, Path(who.voice).name, sha256_of(who.voice), who.consent)] if who.voice else []
    return portrait + voice


def _installed(marking: Marking | None, recorder: Recorder) -> Installation | None:
    if marking is None:
        return None
    try:
        return installation_at(marking.folder, marking.signing)
    except OutputError as fault:
        recorder.note(f"The film carries no watermark and no signature: {fault} DRAMATIS_CONFIG names another folder.")
        return None


def _note_consent(record: Record, recorder: Recorder) -> None:
    if record.unstated:
        whose = ", ".join(record.unstated)
        recorder.note(
            f"Nobody said who may use the face or voice of {whose}: give --consent self, permission, fictional or licensed; "
            "the film's manifest then says so."
        )
