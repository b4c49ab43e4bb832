"""Reviewing what was asked and not answered: what to look at, what to do about it, and how to take it back."""
