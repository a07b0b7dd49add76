"""Answers that a reader might give: right ones in many styles, and known mistakes as spelled.

Each module has `RIGHT`, task by task, and `WRONG`, task by task and mistake by mistake; it may
have `UNNAMED`, task by task, wrong ones that are no known mistake.
"""
