"""Channels' tests with a real server ask for this; there is none to be started."""


class DaphneProcess:
    def __init__(self, *args: object, **kwargs: object) -> None:
        raise RuntimeError("there are no processes in a browser's tab")
