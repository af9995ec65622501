"""Keys that are pressed in the terminal."""

import os
import sys


class Keys:
    """The keys that are pressed, without waiting for one; none where there is no keyboard."""

    def __enter__(self) -> "Keys":
        self.there = sys.stdin.isatty()
        if self.there and sys.platform != "win32":
            import termios
            import tty

            self.before = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(self, *_: object) -> None:
        if self.there and sys.platform != "win32":
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self.before)

    def pressed(self) -> str:
        """The next key, or "" if none was pressed."""
        if not self.there:
            return ""
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch() if msvcrt.kbhit() else ""
        import select

        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return os.read(sys.stdin.fileno(), 1).decode(errors="replace") if ready else ""
