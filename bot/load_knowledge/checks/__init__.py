"""The rules of sound content. Each is a small function in one of these files; `rules.RULES` lists them all."""
