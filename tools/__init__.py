"""What the maintainer draws anew now and then."""
