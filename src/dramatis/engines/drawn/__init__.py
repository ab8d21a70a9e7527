"""The engine `drawn`: characters, places and actions drawn from words, at any size and rate, on a CPU.

`engine` renders takes; `shot_script` turns a take into a script of the stage, `persons` makes its characters,
`spoken_lines` their mouths, `composition` its camera.
"""

from dramatis.engines.drawn.engine import DrawnEngine

__all__ = ["DrawnEngine"]
