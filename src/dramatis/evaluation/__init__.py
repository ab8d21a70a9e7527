"""What a finished film is worth, measured by means that the engines do not use."""
