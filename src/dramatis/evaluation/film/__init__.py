"""A finished film, measured from its frames and its sound; the storyline beside it only says whose voice is whose.

Begin with `measure`, the whole way, and `figures`, what it returns with the goals beside it. `tracking` finds `landmarks` again
in every frame, `cast` says which face has which voice, `voice_curves` listens. The measures: `measures` (lips and sound, motion),
`recognition`, `sharpness`, `brows`, `preservation` (what a film lost of its picture); `frame_measures` takes those that need
pixels while frames pass by. `sheet` draws what was found.
"""
