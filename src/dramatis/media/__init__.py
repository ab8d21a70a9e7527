"""Pictures, sound and moving pictures: the values, and how they are read and written."""
