"""What is drawn: begin with `drawn`, speed and mouths of drawn films; `pairs` prepares a blind comparison."""
