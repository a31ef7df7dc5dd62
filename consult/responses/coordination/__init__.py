"""Another department, unit or commune asked for its word on comments while their answer is prepared."""
