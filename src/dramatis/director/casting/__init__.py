"""Who is drawn, for engines that draw people from words: begin with `portrayal`. What the words leave open is chosen by the seed
(`settling`); for what an engine cannot show, `nearest` has the nearest thing that it can.
"""
