"""The workbook as a site of files, which any server of files gives out."""
