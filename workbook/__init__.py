"""The workbook's engine: folders become steps, steps become records, records are shown."""
