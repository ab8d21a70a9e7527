"""The director's vocabulary: data, and a few functions to match it.

Start with `words`: entries, modifiers of intensity, negations. Then the vocabulary, English and Chinese: `feelings`
(emotions), `deeds` (actions and camera moves), `worlds` (settings, light, styles, looks of people).
`tongues_european` and `tongues_asian` translate the common words of other languages into English ones.
"""
