"""The director: three experts look at the same material, talk it over, and agree on what the plan is written from."""

from dramatis.director.audio.expert import hear
from dramatis.director.claims import Material, Verdict
from dramatis.director.dialogue import deliberate
from dramatis.director.text.expert import read
from dramatis.director.visual import see


def direct(material: Material) -> Verdict:
    """What the experts agree on; a function of the material alone."""
    audio, visual = hear(material), see(material)
    text = read(material, audio, visual)
    return Verdict(audio, visual, text, deliberate(material, audio, visual, text), text.notes)
