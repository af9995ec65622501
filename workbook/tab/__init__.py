"""What runs in a browser tab instead of processes on a machine."""
