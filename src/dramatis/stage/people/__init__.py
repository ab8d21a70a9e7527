"""People on the stage: what they do, and how they are drawn.

Begin with `acting`: a script becomes one `pose` for each character and instant, from `moods`, `gestures`, `mouths` (phones that
are known) and `idle_motion` (breath, blinks, glances). Then `figure`, which draws a pose and says what is true about it: `head`
and `skeleton` are the geometry; `facial_features`, `hair`, `arms`, `clothes` and `creatures` (those who are no humans) are drawn
on it.
"""
