"""The whole route from a brief to a film.

Start with `produce`, the route in one function (`planning` is the same up to the storyline). In order: `request` reads options
and documents; `pictures/` assigns faces to characters and `lines/` voices to people and times; `storyboard` lets the director
write a storyline; `stock` loads its files once; `cascade` films it phase by phase through the pool (`phases/`: the takes of each
phase); the reel joins the clips of the last phase; `report` records what was done. Beside it: `captions/`, `previews/` (what is
shown before the film is finished), `editing/` and `exporting/` (of plans and films that exist). Files are read through `assets`
and written through `output_files`. `crew` holds phases, director, workers and caches.
"""
