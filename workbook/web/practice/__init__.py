"""What a page may start and stop on this machine, and nobody may over the network."""
