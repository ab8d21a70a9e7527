"""Directors for tests: they hear phrases and agree on the claims that they are made with."""

from dramatis.clock import Span
from dramatis.director.claims import AudioReport, Direct, Material, TextReport, Verdict, VisualReport, VoiceReport
from dramatis.media.sounds.sound_files import resample
from dramatis.speech.analysis import analyse
from dramatis.story import Claim, Deliberation


def director(*claims: Claim) -> Direct:
    """A director that claims so much, whatever it is given."""

    def direct(material: Material) -> Verdict:
        tracks = []
        for voice in material.voices:
            phrases = analyse(resample(voice.voice, 16000, mono=True)).phrases
            tracks.append(
                VoiceReport(voice.who, phrases=tuple(Span(voice.start + p.start, voice.start + p.end) for p in phrases))
            )
        agreed = Deliberation(claims, agreed=tuple(range(len(claims))))
        return Verdict(AudioReport(tuple(tracks)), VisualReport(), TextReport(), agreed)

    return direct


undirected = director()
"""A director without a wish."""
