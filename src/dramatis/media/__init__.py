"""Pictures, sound and video: value types, and reading and writing them.

Begin with the value types: `still` (pictures), `sound` (waveforms), `footage` (video as a stream of frames), `face`. `files`
writes files completely or not at all, `digests` names values and code by their content, and `value_cache` keeps computed values.

- `pictures/`: picture files, colour, captions and labels on frames.
- `faces/`: finding faces, animals, and what covers a face.
- `sounds/`: sound files, loudness, damaged and unusual files.
- `videos/`: clips, joined films, and their formats.
"""
