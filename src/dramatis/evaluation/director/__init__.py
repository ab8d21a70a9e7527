"""Accuracy of the director: its plans for many cases, checked feature by feature.

Start with `suite.evaluate`. `cases` reads the cases (`cases/*.toml`: tuned, fresh, held out) and defines the notation in which
they say what a correct plan must and must not contain.
"""
