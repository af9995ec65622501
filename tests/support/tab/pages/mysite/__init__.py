"""No Django: pages from a folder, and sockets."""
