"""A watermark in the luma: `spread_spectrum.py` says what is added, `residuals.py` and `detection.py` find it again."""
