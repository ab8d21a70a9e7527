"""What is heard on the stage, by number and with its exact truth.

Begin with `voices`: spoken `lines` in many voices and languages, with the times of their phones; `flite` is a second synthesiser.
`singing` sings by formants, `speech_to_song` makes song of speech; `orchestra` plays what accompanies; `augmentation` is what
happens to a voice between a mouth and a file.
"""
