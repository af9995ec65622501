"""The maintainer's: what has to be mended in the notes."""
