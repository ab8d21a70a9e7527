"""A finished film, measured from its frames and its sound; the storyline beside it only says whose voice is whose.

Start with `measure`, the complete measurement, and `figures`, its result with the goals. `tracking` detects `landmarks`
in every frame, `cast` assigns voices to faces, `voice_curves` analyses the sound. The measures: `measures` (lips and sound,
motion), `recognition`, `sharpness`, `brows`, `preservation` (what a film lost of its picture); `frame_measures` collects those
that need pixels while frames are decoded. Of long films: `drift` between beginning and end, `continuity` at joins of clips.
`sheet` draws the contact sheet, `phase_sheet` that of the production's phases, whose clips `phase_footage` reads.
"""
