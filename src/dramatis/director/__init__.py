"""Plans a film from free text, voices and pictures: emotions, actions and camera over time.

Start with `claims`, the input and output types, then `rounds/council`, which is the whole director in one function: three
experts report (`text/`, `audio/`, `picture/`), in `rounds/` they answer each other and settle conflicts, and `writing/` makes a
storyline from the agreed claims.

`casting/` decides what drawn people look like; `model/` replaces the experts with a language model; `pattern` compiles the
regular expressions of all of them.
"""

from dramatis.director.claims import Material, Verdict

__all__ = ["direct"]


def direct(material: Material) -> Verdict:
    """What the experts agree on (`rounds/council`); they are loaded on first use, since their words take a moment."""
    from dramatis.director.rounds.council import direct as agreed

    return agreed(material)
