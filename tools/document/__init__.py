"""The document and the window that the suites run a page in, as JavaScript."""
