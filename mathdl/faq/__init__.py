"""Kernels of the chapter of questions: remedies against overfitting, and what they are compared with.

Each part of the package holds one idea, and this page gives them one address.
"""
