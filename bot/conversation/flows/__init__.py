"""Guided flows: questions asked step by step, a sum worked out, a result said. What a flow asks and says is content."""
