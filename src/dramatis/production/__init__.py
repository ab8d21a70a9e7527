"""From a brief to a film: the only place that knows the whole route.

Begin with `produce`, the route in one function (`planning` is the same up to the storyline). In order: `casting` says which face
is whose and `speaking` whose voice is heard when (`screenplay`: what is said where nobody has a voice); `storyboard` has the
director write a storyline; `stock` loads what it needs, once (`looks`: mattes and covers); `clips` cuts shots into takes; the
pool renders them; the reel joins them; `report` tells what happened. Files are read through `assets` and written through
`output_files`. `crew` is who makes the film.
"""
