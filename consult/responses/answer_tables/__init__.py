"""Answers written in Word or Excel: taken out as a table, brought back, looked at, and saved as versions."""
