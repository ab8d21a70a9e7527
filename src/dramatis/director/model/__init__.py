"""The experts and their rounds by a language model; rules add what it leaves out.

Start with `experts.directing`. `client` asks a server with OpenAI's chat protocol, within a budget of seconds and
tokens; `attachments` encodes pictures and sounds for such a server; `answers` validates that an answer contains only claims
about the plan.
"""
