"""Captions: `captioning` decides what is shown when and where, `caption_lines` breaks a text into two lines, and `subtitle_files`
writes SubRip and WebVTT.
"""
