"""The letters of a matter on its desk: each as one case with all its points, and the list of them."""
