"""From loose words, voices and pictures to a plan: who feels and does what, when, and what the camera does.

Begin with `claims`, the values that everything here takes and returns, then `council`, which is the whole director in one
function: three experts report (`text/`, `audio/`, `visual`), `dialogue` lets them answer each other and settles conflicts,
`defaults` fills what nobody asked for, `negative` says what must not be seen. `writing/` makes a storyline of what was agreed on.

`model/` is the same council with a language model in the experts' place; `minutes` (in `chinese`, too) tells what was said.
"""

from dramatis.director.claims import Material, Verdict

__all__ = ["direct"]


def direct(material: Material) -> Verdict:
    """What the experts agree on (`council`); they are loaded on first use, since their words take a moment."""
    from dramatis.director.council import direct as agreed

    return agreed(material)
