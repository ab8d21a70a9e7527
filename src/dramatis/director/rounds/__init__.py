"""How the experts agree: begin with `council`, the whole director in one function. In `dialogue` the experts answer each other
and conflicts are settled; `defaults` fills gaps, `negative` lists what to avoid, `minutes` (with `chinese`) prints it all.
"""
