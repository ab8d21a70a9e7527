"""The director: three experts analyse the same material, discuss it in rounds, and agree on the claims for the plan."""

from dramatis.director.audio.expert import hear
from dramatis.director.claims import Material, Verdict
from dramatis.director.picture.visual import see
from dramatis.director.rounds.dialogue import deliberate
from dramatis.director.text.expert import read


def direct(material: Material) -> Verdict:
    """What the experts agree on; a function of the material alone."""
    audio, visual = hear(material), see(material)
    text = read(material, audio, visual)
    return Verdict(audio, visual, text, deliberate(material, audio, visual, text), text.notes)
