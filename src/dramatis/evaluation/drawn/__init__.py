"""The drawn engine against a hundred briefs, English and Chinese: what is asked for is looked up in the film's scripts.

Start with `suite`; `script_facts` says what a script shows, `cases.toml` holds the briefs. Nothing is rendered.
"""
