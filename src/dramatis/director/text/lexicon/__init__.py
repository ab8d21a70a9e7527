"""The director's vocabulary: data, and a few functions to match it.

Start with `entries`: entries, modifiers of intensity, negations. Then the vocabulary, English and Chinese: `feelings`
(emotions), `actions` (actions and camera moves), `scenery` (settings, light, styles, looks of people).
`european_languages` and `asian_languages` translate the common words of other languages into English ones.
"""
