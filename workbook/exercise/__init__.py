"""What happens to a learner's work: the desk, the checks, and what is said of them."""
