"""The stage: a procedural theatre that draws what it is told and knows everything that it drew.

`script` says what happens (plain values), `casting` writes scripts by seed, `acting` turns a script into one pose for each
character and frame, `theatre` draws the frames and keeps the truth about them, `captions` puts a script into words.
"""
