"""từ của ý kiến: in which comments of a matter each word stands, for the lists of the desk."""
