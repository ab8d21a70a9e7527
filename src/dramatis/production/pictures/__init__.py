"""The pictures of a film: which frame of a video is one, whose faces it shows, how it is cropped, what lies behind its people.

Begin with `casting`, which assigns faces to characters; `framing` fits a picture to the canvas, `looks` finds mattes and covers.
"""
