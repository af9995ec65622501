"""The pure parts of the workbook, each by itself: no process, no network, no browser."""
