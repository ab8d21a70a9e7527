"""Faces in pictures: begin with `face_finding`; `animals` and `covers` say what a found face is, and what hides it."""
