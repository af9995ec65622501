"""What really happens while a project runs: who called what, and what came of it."""
