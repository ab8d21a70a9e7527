"""What is added to people who are seen large: the same shapes and colours, with the detail of a close-up.

Each module takes the pen and the geometry of its part: `mouth_detail`, `eye_detail`, `skin_detail`, `hair_detail`,
`beard_detail`, `hand_detail`, `cloth_detail`, `garment_detail`, `creature_detail`. Below 150 pixels of a head nothing of
it is drawn (`paint.detail_at`).
"""
