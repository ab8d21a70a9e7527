"""The experts and their rounds by a language model; what it does not say, the rules say.

Begin with `experts.directing`. `client` asks a server that speaks OpenAI's chat protocol, within a budget of seconds and
tokens; `attachments` are pictures and sounds as such a server takes them; `answers` checks that an answer is claims inside the
plan and nothing else.
"""
