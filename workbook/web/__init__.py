"""The walkthrough, the workbook in a browser: a Django project that shows the engine's records."""
