"""Writes the storyline from the agreed claims.

Start with `writer.written`. `cutting` chooses where shots begin and which picture each is filmed from, at places that `timing`
finds (silences, pauses, gaps between words); `curves` turns claims into cues; `lasting` describes the constant part of a shot;
`segments` lists what is heard inside it. Locked parts stay unchanged.
"""
