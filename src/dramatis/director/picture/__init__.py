"""The expert for pictures: begin with `visual`, what is seen in them; `appearance` reads colours of hair and clothes."""
