"""The whole route from a brief to a film.

Start with `produce`, the route in one function (`planning` is the same up to the storyline). In order: `request` reads options
and documents; `casting` assigns faces to characters and `speaking` voices to people and times (`screenplay`: dialogue scripts in
the prompt); `storyboard` lets
the director write a storyline; `stock` loads its files once (`looks`: mattes and covers); `cascade` films it phase by phase
through the pool (`phases/`: the takes of each phase); the reel joins the clips of the last phase; `report` records what was
done. Files are read through `assets` and written through `outputs`. `crew` holds phases, director, workers and caches.
"""
