"""A finished film, measured from its frames and its sound; the storyline beside it only says whose voice is whose.

Start with `measure`, the complete measurement, and `figures`, its result with the goals. `tracking` detects `landmarks`
in every frame, `parts` assigns voices to faces, `hearing` analyses the sound. The measures: `measures` (lips and sound, motion),
`gestures`, `sharpness`, `brows`, `keeping` (what a film lost of its picture); `glances` collects those that need pixels while
frames are decoded. `sheet` draws the contact sheet.
"""
