"""Measures what the workbook promises."""
