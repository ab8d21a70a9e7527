"""What is shown of a film before it is finished.

`animatic` draws a whole plan for any engine with the `stand_ins` of its people, `shot_preview` films one shot small, and
`growing` shows the film itself while it is made.
"""
