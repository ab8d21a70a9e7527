"""How well the director understands words: its plans for many cases, judged feature by feature.

Begin with `suite.evaluate`. `cases` reads the cases (`cases/*.toml`: tuned, fresh, held out) and is the small language in which
they say what a right plan must have and must not have.
"""
