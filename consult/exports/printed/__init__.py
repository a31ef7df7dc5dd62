"""The printed table whatever file it becomes: what stands below each other in it, and it as a workbook and a PDF."""
