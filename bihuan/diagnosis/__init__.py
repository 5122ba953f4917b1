"""Why it happened: the statement, the causes with their evidence, the chain of whys, the impact in numbers."""
