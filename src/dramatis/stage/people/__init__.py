"""People on the stage: their motion and their drawing.

Start with `acting`: a script becomes one `pose` per character and time, from `moods`, `gestures`, `mouths` (from known
phones) and `idle_motion` (breath, blinks, glances). Then `figure`, which draws a pose and returns its ground truth: `head`
and `skeleton` are the geometry; `facial_features`, `hair`, `arms`, `clothes` and `creatures` (non-humans) are drawn on it.
"""
