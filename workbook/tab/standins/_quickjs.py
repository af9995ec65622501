"""QuickJS as its package offers it to Python, from the WebAssembly beside the interpreter."""

from typing import Any


class JSException(Exception):
    """An error in a script."""


class Context:
    """An engine with globals of its own."""

    def __init__(self) -> None:
        import workbook_browser as worker  # it is the worker's own, and in no memory

        self.engine = worker.quickjs()

    def eval(self, script: str) -> Any:
        return answered(self.engine.eval(script))

    def get(self, name: str) -> Any:
        return lambda *args: answered(self.engine.call(name, *args))

    def set_time_limit(self, seconds: float) -> None:
        self.engine.limit(seconds)

    def execute_pending_job(self) -> bool:
        return bool(answered(self.engine.job()))


def answered(answer: Any) -> Any:
    if answer.error is not None:
        raise JSException(answer.error)
    return answer.value
