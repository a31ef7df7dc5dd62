"""quy tắc giao xử lý: which comments go to which unit or person by themselves."""
