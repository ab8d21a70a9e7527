"""Writes the storyline from the agreed claims.

Start with `writer.written`. `cutting` chooses where shots begin and which picture each is filmed from, at places that `timing`
finds (silences, pauses, gaps between words); `cues` turns claims into cues; `descriptions` describes the constant part of a shot;
`segments` lists what is heard inside it. Locked parts stay unchanged.
"""
