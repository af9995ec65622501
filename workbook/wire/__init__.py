"""What travels between browsers, a project and its channel layer: heard, named and told."""
