"""The text expert: claims from free text in seven languages, deterministically and without a language model.

Start with `expert.read`. `languages` translates words of other languages into English, `scripts` extracts spoken text,
`people` marks the people meant (with what is `known` of them), `clauses` splits and orders the rest, `timeline` maps it to the
film's clock, and the `lexicon/` has the meaning of words. `roles` finds speakers and listeners before the voices are analysed.

`notes` reports what could not be used: `strangers`, who are not in the picture, and `unrecognised` words.
"""
