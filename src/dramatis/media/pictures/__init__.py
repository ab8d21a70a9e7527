"""Pictures: begin with `picture_files`, which reads and writes them; `captioned_frames` draws captions with `fonts`."""
