"""What the notes say of Channels and of what it stands on, a claim a test."""
