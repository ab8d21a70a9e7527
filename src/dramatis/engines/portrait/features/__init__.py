"""Mouth and eyes: begin with `slits`, an opening between rims; then `mouth` (with `visible_teeth`) and `eyes` (with `lids`)."""
