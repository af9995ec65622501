"""What the tests, the benchmark and the tools drive the workbook with."""
