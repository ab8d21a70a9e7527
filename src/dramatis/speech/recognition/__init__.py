"""What recorded voices say, and how many people are heard in them. Start with `whisper`."""
