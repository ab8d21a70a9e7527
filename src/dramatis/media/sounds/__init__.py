"""Sound: begin with `sound_files`, which reads and writes it. What it cannot read itself goes to `tracks` (any file that FFmpeg
decodes), `riff` and `chunked` (damaged or concatenated files). `sound_levels` measures loudness, `speech_files` encodes speech.
"""
