"""Plans a film from free text, voices and pictures: emotions, actions and camera over time.

Start with `claims`, the input and output types, then `council`, which is the whole director in one
function: three experts report (`text/`, `audio/`, `visual`), `dialogue` lets them answer each other and settles conflicts,
`defaults` fills gaps, `negative` lists what to avoid. `writing/` makes a storyline from the agreed claims.

`model/` replaces the experts with a language model; `minutes` (with `chinese`) prints the deliberation.
"""

from dramatis.director.claims import Material, Verdict

__all__ = ["direct"]


def direct(material: Material) -> Verdict:
    """What the experts agree on (`council`); they are loaded on first use, since their words take a moment."""
    from dramatis.director.council import direct as agreed

    return agreed(material)
