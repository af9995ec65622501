import os

# What the tests call is not part of the `make test` that may run them.
for name in ["MAKELEVEL", "MAKEFLAGS", "MFLAGS"]:
    os.environ.pop(name, None)
