"""The words that the director knows. Data, and the little that is needed to match it.

Begin with `entries`: how an entry looks, how strongly modifiers step, what negates. Then what can be wished for: `feelings`
(emotions), `actions` (actions and moves of the camera), `scenery` (settings, light, styles, looks of people), English and
Chinese. `european_languages` and `asian_languages` translate the common words of other languages into English ones.
"""
