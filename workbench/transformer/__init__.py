"""A small transformer in NumPy: the weights and pieces of a packed e5 model, its layers, and low-rank adapters learned on top.

States of single words are what a judgement about one target needs; the packed model's own engine only gives means of texts.
"""
