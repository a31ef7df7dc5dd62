"""What is counted of each room: one module, one section."""
