"""People on the stage: what they do, and how they are drawn.

Begin with `acting`: a script becomes one `pose` for each character and instant, from `moods`, `gestures`, `mouths` (phones that
are known) and `presence` (breath, blinks, glances). Then `figure`, which draws a pose and says what is true about it: `head`
and `body` are the geometry; `face`, `hair`, `arms`, `clothes` and `creatures` (those who are no humans) are drawn on it.
"""
