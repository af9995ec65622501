class WorkbookError(Exception):
    """What went wrong, and the command that comes next, if there is one."""

    def __init__(self, what: str, then: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.then = then
