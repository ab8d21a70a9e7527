"""The stage: a procedural theatre that draws what it is told and knows everything that it drew.

Begin with `play/script`, which says what happens as plain values, and `theatre`, which draws its frames and keeps the `truth`
about them; `rendering` writes both as sheets and films to look at. `lens` is the camera, `paint` the pen.

- `play/`: scripts, written by seed, and put into words.
- `people/`: from a script to poses, and from poses to drawn people.
- `places/`: sets, weather, and what moves by itself.
- `sound/`: voices, songs, accompaniment, and rooms in which they sound.
"""
