"""Sound of the stage, by number and with exact ground truth.

Start with `voices`: spoken `lines` in many voices and languages, with the times of their phones; `flite` is a second
synthesiser. `singing` is a formant synthesiser, `speech_to_song` makes songs from speech; `orchestra` makes accompaniment and
noise; `augmentation` adds rooms, microphones, codecs and noise.
"""
