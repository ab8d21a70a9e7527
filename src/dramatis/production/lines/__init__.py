"""What is said in a film: by whom, when, and in which words.

Begin with `speaking`, which assigns voices to people and places them on the film's clock. Where they come from: `screenplay`
reads dialogue scripts, `spoken_cast` speaks them, `shared_track` and `line_division` part recordings into turns, and
`recognised_lines` asks a recogniser for their words. `spoken_words` and `word_times` say when each word is heard, `voice_tracks`
what a shot hears; `rescripting` changes the lines of a plan.
"""
