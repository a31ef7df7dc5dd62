"""Questions back to the sender of a comment: asked once, answered by the sender or for them; the clock waits."""
