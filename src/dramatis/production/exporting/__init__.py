"""What becomes of a finished film elsewhere: its settings, its project as one file, its cut for editors, its review."""
