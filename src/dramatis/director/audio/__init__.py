"""The audio expert: who speaks when, speech or song, and what the voices feel.

Begin with `expert.hear`. `music` tells speech, song, music and silence apart and finds the beat; `prosody` reads emotions from
energy, pitch, brightness and pace; `transcripts` aligns a known text with its voice; `recogniser` finds the words of a voice
whose text nobody gave, with faster-whisper, where that is installed.
"""
