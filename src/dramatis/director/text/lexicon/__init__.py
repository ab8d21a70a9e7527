"""The words that the director knows. Data, and the little that is needed to match it.

Begin with `words`: how an entry looks, how strongly modifiers step, what negates. Then what can be wished for: `feelings`
(emotions), `deeds` (actions and moves of the camera), `worlds` (settings, light, styles, looks of people), English and Chinese.
`tongues_european` and `tongues_asian` translate the common words of other languages into English ones.
"""
