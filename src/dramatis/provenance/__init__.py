"""Where a film comes from, said in four layers: consent, a signed manifest (C2PA), a watermark in the picture, a visible label.

Start with `installation.py` (keys), `record.py` (what is said) and `verification.py` (what a file says). Production marks and
signs every film; `dramatis verify` reads it all back. A film whose signature was stripped still carries the watermark, whose 64
bits name the manifest that this installation keeps.
"""
