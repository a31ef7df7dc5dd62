"""The end of a matter as its publisher sees it: where every number of the sums leads, and what concluding will do."""
