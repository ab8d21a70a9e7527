"""The whole route from a brief to a film.

Start with `produce`, the route in one function (`planning` is the same up to the storyline). In order: `casting` assigns faces
to characters and `speaking` voices to people and times (`screenplay`: dialogue scripts in the prompt); `storyboard` lets
the director write a storyline; `stock` loads its files once (`looks`: mattes and covers); `clips` cuts shots into takes;
the pool renders them; the reel joins them; `report` records what was done. Files are read through `assets` and written through
`outputs`. `crew` holds engine, director, workers and caches.
"""
