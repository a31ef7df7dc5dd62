"""The index: which communes are told together, and what is estimated of them."""
