"""The text expert: loose words in seven languages become claims, the same for the same words, without a language model.

Begin with `expert.read`. On the way: `languages` turns other languages into English words, `scripts` lifts out what is spoken,
`people` marks who is meant (with what is `known` of them), `clauses` cuts and orders the rest, `timeline` puts it on the film's
clock, and the `lexicon/` says what words wish for. `roles` reads who speaks and who listens, before any voice is heard.

What could not be used is told to the user by `notes`: `strangers` who are not there, and what was `unrecognised`.
"""
