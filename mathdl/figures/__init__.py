"""Figures: what each chapter draws, in one look.

A cell of a notebook makes panels, hands them to a function that draws, and shows them::

    figure, axes = panels(2)
    draw_folding(axes[0], layer)
    show(figure, "Alternative text that says what is seen.")
"""
