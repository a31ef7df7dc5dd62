"""Satisfaction with the living environment, asked yearly: questions, sample, answers, index, report."""
