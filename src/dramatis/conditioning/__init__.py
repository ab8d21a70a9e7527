"""What a take means to an engine: from sound, words and pictures to numbers."""
