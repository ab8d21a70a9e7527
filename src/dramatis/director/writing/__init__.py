"""What the experts agreed on becomes a storyline.

Begin with `writer.written`. `cutting` says where shots begin and which picture each is filmed from, at places that `timing`
finds (silences, pauses, gaps between words); `cues` turns claims into cues; `descriptions` puts into words what lasts in a shot;
`segments` tells what is heard inside it. What a person locked stays as it is.
"""
