"""The audio expert: who speaks when, speech or song, and the emotion of the voices.

Start with `expert.hear`. `music` classifies speech, song, music and silence and finds the beat; `prosody` estimates emotions
from energy, pitch, brightness and pace; `transcripts` aligns a known text with its voice; `recogniser` recognises the words
of a voice without a text, if faster-whisper is installed.
"""
