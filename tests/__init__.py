import os
import signal

# What the tests call is not part of the `make test` that may run them,
for name in ["MAKELEVEL", "MAKEFLAGS", "MFLAGS"]:
    os.environ.pop(name, None)
# and hears a Ctrl-C, also where the tests themselves run in the background and do not.
signal.signal(signal.SIGINT, signal.default_int_handler)
